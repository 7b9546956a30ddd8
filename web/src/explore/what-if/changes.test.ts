import { describe, expect, it } from 'vitest'
import { readChanges, room, withChange, writeChanges } from './changes'

describe('changes in the address', () => {
  it('come back as they were, with any characters in names', () => {
    const changes = [{ source: 'a->b', target: 'خرید "ویژه"', value: 0.35 }]
    expect(readChanges(writeChanges(changes))).toEqual(changes)
  })

  it('that cannot be read are left out', () => {
    expect(readChanges(['x', '["a","b"]', '["a","b",-1]', '{}', '["a","b",0.5]'])).toEqual([
      { source: 'a', target: 'b', value: 0.5 },
    ])
  })

  it('replace an earlier one of the same transition', () => {
    const one = { source: 'a', target: 'b', value: 0.1 }
    expect(withChange([one], { ...one, value: 0.2 })).toEqual([{ ...one, value: 0.2 }])
    expect(withChange([one], { ...one, target: 'c' })).toHaveLength(2)
  })

  it('of one source cannot pass 100% together', () => {
    expect(room([{ source: 'a', target: 'b', value: 0.7 }], 'a', 'c')).toBeCloseTo(0.3)
    expect(room([{ source: 'a', target: 'b', value: 0.7 }], 'a', 'b')).toBe(1)
  })
})
