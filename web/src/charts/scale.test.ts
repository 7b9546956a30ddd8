import { describe, expect, it } from 'vitest'
import { linear, logarithmic, roundTicks } from './scale'

describe('ticks', () => {
  it('are round and lie within', () => {
    expect(roundTicks(0, 1, 5)).toEqual([0, 0.2, 0.4, 0.6, 0.8, 1])
    expect(roundTicks(0, 0.3, 3)).toEqual([0, 0.1, 0.2, 0.3])
    expect(roundTicks(3, 97, 5)).toEqual([20, 40, 60, 80])
    expect(roundTicks(0, 4, 8, true)).toEqual([0, 1, 2, 3, 4])
  })

  it('of a single value are that value', () => {
    expect(roundTicks(7, 7, 5)).toEqual([7])
    expect(roundTicks(NaN, NaN, 5)).toEqual([])
  })

  it('of ratios are powers when there are many', () => {
    expect(logarithmic(0.5, 4).ticks).toEqual([0.5, 1, 2])
    expect(logarithmic(0.01, 100).ticks).toEqual([0.01, 0.1, 1, 10, 100])
  })
})

it('places values', () => {
  expect(linear(10, 20, []).at(15)).toBe(0.5)
  expect(linear(5, 5, []).at(5)).toBe(0)
  expect(logarithmic(0.1, 10).at(1)).toBeCloseTo(0.5)
})
