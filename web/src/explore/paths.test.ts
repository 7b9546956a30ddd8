import { describe, expect, it } from 'vitest'
import { moved, readFunnel, windowSeconds, writeSteps } from './funnel/funnelAddress'
import { runs } from './variants/runs'
import { constants, days } from './timeline'
import type { PathEvent } from './types'

const event = (day: number, hour: number, properties: Record<string, unknown> = {}): PathEvent => ({
  at: new Date(2026, 2, day, hour).toISOString(), name: 'visit', channel: null, properties,
})

describe('a path as days', () => {
  it('groups by the reader’s day and counts the quiet days between', () => {
    const found = days([event(1, 9), event(1, 23), event(2, 0), event(6, 10)])
    expect(found.map((day) => [day.moments.length, day.quiet])).toEqual([[2, 0], [1, 0], [1, 3]])
    expect(found[0]!.moments.map(({ gap }) => gap)).toEqual([null, 14 * 3600])
    expect(found[1]!.moments[0]!.gap).toBe(3600)
  })

  it('nothing is nothing', () => {
    expect(days([])).toEqual([])
    expect(constants([])).toEqual({})
  })

  it('tells once what every event says', () => {
    const path = [event(1, 9, { city: 'Tehran', page: 'a' }), event(2, 9, { city: 'Tehran' }), event(3, 9, { city: 'Tehran', page: 'a' })]
    expect(constants(path)).toEqual({ city: 'Tehran' })
    expect(constants(path.slice(0, 1))).toEqual({})
  })
})

it('folds repeats that follow each other', () => {
  expect(runs(['a', 'a', 'b', 'a'])).toEqual([
    { name: 'a', times: 2 },
    { name: 'b', times: 1 },
    { name: 'a', times: 1 },
  ])
})

describe('the funnel in the address', () => {
  it('keeps steps in order, repeats included', () => {
    const address = writeSteps(new URLSearchParams('from=2026-01-01&step=old'), ['visit', 'پرداخت', 'visit'])
    expect(address.get('from')).toBe('2026-01-01')
    expect(readFunnel(new URLSearchParams(`${address}&within=7d`))).toEqual({
      steps: ['visit', 'پرداخت', 'visit'],
      within: 7 * 86_400,
    })
  })

  it('reads no window out of what is none', () => {
    for (const text of [null, '', '7', 'd', '0d', '-3d', '7w']) expect(windowSeconds(text)).toBeNull()
    expect(windowSeconds('90m')).toBe(5400)
  })

  it('moves a step among the others', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a'], 0, 1)).toEqual(['a'])
  })
})
