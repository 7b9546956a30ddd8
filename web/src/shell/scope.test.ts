import { describe, expect, it } from 'vitest'
import { readScope, scopeBody, writeScope, type Scope } from './scope'

const scope: Scope = {
  from: '2026-03-21',
  to: '2026-04-20',
  conditions: [
    { property: 'استان', op: '=', value: 'تهران' },
    { property: 'utm:source', op: 'in', value: ['insta|gram', 'sms'] },
    { property: 'amount', op: '>', value: '100' },
    { property: 'score', op: 'exists' },
  ],
}

describe('the scope in the address', () => {
  it('comes back as it was written, whatever the names hold', () => {
    const address = writeScope(new URLSearchParams('tab=flow'), scope).toString()
    expect(readScope(new URLSearchParams(address))).toEqual(scope)
    expect(new URLSearchParams(address).get('tab')).toBe('flow')
  })

  it('ignores what it cannot read', () => {
    const read = readScope(new URLSearchParams('from=yesterday&to=2026-13-45&where=a&where=b:~:c&where=:=:x'))
    expect(read).toEqual({ from: null, to: null, conditions: [] })
  })

  it('asks for whole days of the reader', () => {
    const body = scopeBody({ from: '2026-03-21', to: '2026-03-21', conditions: [] })
    expect(Date.parse(body.to!) - Date.parse(body.from!)).toBe(24 * 3600 * 1000)
    expect(scopeBody({ from: null, to: null, conditions: [] })).toEqual({})
  })
})
