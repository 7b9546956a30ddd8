import { describe, expect, it } from 'vitest'
import { compareOrder, keyBetween, keysBetween } from './order'

/** A small repeatable stream of chance, so a failure can be seen again. */
function chance(seed: number): () => number {
  let state = seed
  return () => {
    state = (state * 1664525 + 1013904223) >>> 0
    return state / 2 ** 32
  }
}

describe('order keys', () => {
  it('stand between their neighbours', () => {
    expect(keyBetween(null, null)).toBe('V')
    expect(keyBetween('V', null)).toBe('k')
    expect(keyBetween(null, 'V')).toBe('F')
    expect(keyBetween('A', 'B')).toBe('AV')
    expect(keyBetween(null, '1')).toBe('0V')
  })

  it('refuse neighbours that are not in order', () => {
    expect(() => keyBetween('b', 'a')).toThrow(RangeError)
    expect(() => keyBetween('a', 'a')).toThrow(RangeError)
  })

  it('stay in order after two thousand random insertions', () => {
    for (let seed = 1; seed <= 10; seed++) {
      const random = chance(seed)
      const keys: string[] = []
      for (let i = 0; i < 200; i++) {
        const at = Math.floor(random() * (keys.length + 1))
        const key = keyBetween(keys[at - 1] ?? null, keys[at] ?? null)
        expect(key.endsWith('0')).toBe(false)
        keys.splice(at, 0, key)
      }
      expect([...keys].sort((a, b) => (a < b ? -1 : 1))).toEqual(keys)
      expect(new Set(keys).size).toBe(keys.length)
    }
  })

  it('are short when many are made at once', () => {
    const keys = keysBetween(null, null, 300)
    expect([...keys].sort((a, b) => (a < b ? -1 : 1))).toEqual(keys)
    expect(Math.max(...keys.map((key) => key.length))).toBeLessThanOrEqual(3)
  })

  it('break ties by id', () => {
    expect(compareOrder({ id: 'a', order: 'V' }, { id: 'b', order: 'V' })).toBe(-1)
    expect(compareOrder({ id: 'a', order: 'Z' }, { id: 'b', order: 'a' })).toBe(-1)
  })
})
