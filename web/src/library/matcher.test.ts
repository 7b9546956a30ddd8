import { describe, expect, it } from 'vitest'
import { conditionOf, draftOf, sameMatcher } from './matcher'
import { initials } from './Portrait'

describe('conditions as they are typed', () => {
  it('read numbers in any digits, and leave all else text', () => {
    expect(conditionOf({ property: 'amount', op: '>', value: '۱۲۳٫۵' })).toEqual({ property: 'amount', op: '>', value: 123.5 })
    expect(conditionOf({ property: 'city', op: '=', value: ' تهران ' })).toEqual({ property: 'city', op: '=', value: 'تهران' })
    expect(conditionOf({ property: 'phone', op: '=', value: '0912-1' })).toEqual({ property: 'phone', op: '=', value: '0912-1' })
  })

  it('split lists at commas of both languages', () => {
    expect(conditionOf({ property: 'score', op: 'in', value: '۱، 2,بد' })).toEqual({ property: 'score', op: 'in', value: [1, 2, 'بد'] })
  })

  it.each([
    { property: '', op: '=', value: 'x' },
    { property: 'a', op: '=', value: '  ' },
    { property: 'a', op: '<', value: 'many' },
    { property: 'a', op: 'in', value: '،' },
  ] as const)('are unfinished: %o', (draft) => {
    expect(conditionOf(draft)).toBeNull()
  })

  it('need no value to ask whether there is one', () => {
    expect(conditionOf({ property: 'coupon', op: 'exists', value: '' })).toEqual({ property: 'coupon', op: 'exists' })
  })

  it('come back as they were typed', () => {
    const persian = (text: string) => text.replace(/\d/g, (d) => '۰۱۲۳۴۵۶۷۸۹'[Number(d)]!)
    for (const condition of [
      { property: 'a', op: 'in', value: [1, 'دو'] },
      { property: 'a', op: '<', value: 20 },
      { property: 'a', op: 'exists' },
    ] as const) {
      const draft = draftOf({ ...condition, value: 'value' in condition ? condition.value : undefined }, persian)
      expect(conditionOf(draft)).toEqual(condition)
    }
  })
})

it('matchers are the same when their events and conditions are', () => {
  const matcher = { events: ['a'], conditions: [] }
  expect(sameMatcher(matcher, { conditions: [], events: ['a'] })).toBe(true)
  expect(sameMatcher(matcher, null)).toBe(false)
  expect(sameMatcher(null, null)).toBe(true)
})

it('initials are of the name, not of what follows a comma', () => {
  expect(initials('Maryam, the loyal reader')).toBe('M')
  expect(initials('سارا احمدی')).toBe('س\u200cا')
  expect(initials('Local owner')).toBe('LO')
})
