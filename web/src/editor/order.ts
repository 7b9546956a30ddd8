/**
 * Fractional keys: the place of an item among its neighbours, as text that compares bytewise.
 * Moving an item writes one key, so two people moving different items never collide.
 * The same algorithm as `maps/order.py`.
 */

const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'
const BASE = DIGITS.length

const digitAt = (key: string, index: number): number => DIGITS.indexOf(key.charAt(index))

/**
 * A key between two keys: `before < result < after`; null means no neighbour on that side.
 * Never ends with the lowest digit, so there is always room below it.
 */
export function keyBetween(before: string | null, after: string | null): string {
  const low = before ?? ''
  if (after !== null && low >= after) throw new RangeError(`No key between ${low} and ${after}`)
  let key = ''
  let bounded = after !== null
  for (let index = 0; ; index++) {
    const from = index < low.length ? digitAt(low, index) : 0
    const to = bounded ? digitAt(after as string, index) : BASE
    if (from === to) {
      key += DIGITS.charAt(from)
    } else if (to - from > 1) {
      return key + DIGITS.charAt(Math.floor((from + to) / 2))
    } else {
      // The next lower digit already makes it smaller than `after`: only `before` still matters.
      key += DIGITS.charAt(from)
      bounded = false
    }
  }
}

/** `count` rising keys between two neighbours. */
export function keysBetween(before: string | null, after: string | null, count: number): string[] {
  if (count <= 0) return []
  const middle = Math.floor(count / 2)
  const key = keyBetween(before, after)
  return [
    ...keysBetween(before, key, middle),
    key,
    ...keysBetween(key, after, count - middle - 1),
  ]
}

export interface Placed {
  id: string
  order: string
}

/** Reading order: by key, bytewise, ties by id. */
export function compareOrder(a: Placed, b: Placed): number {
  if (a.order !== b.order) return a.order < b.order ? -1 : 1
  return a.id < b.id ? -1 : a.id > b.id ? 1 : 0
}
