import { describe, expect, it } from 'vitest'
import { FUNNEL, funnelRequest, moved, withAlternative } from './funnel/funnelAddress'
import { readAddress, writeAddress } from './question/address'
import { alternatives, EVERYTHING, pathBody, readPathScope, writePathScope } from './scope/pathScope'
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
  it('keeps steps in order, repeats included, and how they are asked', () => {
    const address = writeAddress(FUNNEL, new URLSearchParams('from=2026-01-01&step=old'), {
      step: ['visit', 'a|b', 'visit'], within: 7 * 86_400, order: 'strict', exclude: ['x|y'], by: 'city',
    })
    expect(address.get('from')).toBe('2026-01-01')
    const asked = readAddress(FUNNEL, new URLSearchParams(address.toString()))
    expect(funnelRequest(asked)).toEqual({
      steps: ['visit', 'a|b', 'visit'], within_seconds: 604_800, order: 'strict', exclude: ['x\\|y'], breakdown: 'city',
    })
    expect(funnelRequest(readAddress(FUNNEL, new URLSearchParams()))).toBeNull()
  })

  it('gives a step another name that will do', () => {
    expect(withAlternative('visit', 'a|b')).toBe('visit|a\\|b')
    expect(alternatives('visit|a\\|b')).toEqual(['visit', 'a|b'])
    expect(withAlternative('visit|c', 'c')).toBe('visit|c')
  })

  it('moves a step among the others', () => {
    expect(moved(['a', 'b', 'c'], 0, 2)).toEqual(['b', 'c', 'a'])
    expect(moved(['a', 'b', 'c'], 2, 1)).toEqual(['a', 'c', 'b'])
    expect(moved(['a'], 0, 1)).toEqual(['a'])
  })
})

describe('persons and the cut in the address', () => {
  it('come back as they were written', () => {
    const scope = {
      ...EVERYTHING,
      who: [{ property: 'city', op: '=' as const, value: 'Qom' }],
      wholast: [{ property: 'score', op: 'exists' as const }],
      unit: 'session' as const, gap: 7200, cut: 'session_id', match: 'a -> b', nomatch: 'c', mingroup: 5,
    }
    const address = writePathScope(new URLSearchParams('step=visit&gap=1h'), scope)
    expect(readPathScope(new URLSearchParams(address.toString()))).toEqual(scope)
    expect(address.get('step')).toBe('visit')
    expect(pathBody(scope)).toEqual({
      person_conditions: scope.who, person_last_conditions: scope.wholast,
      unit: 'session', session_gap_seconds: 7200, session_column: 'session_id',
      pattern: 'a -> b', without_pattern: 'c', min_group: 5,
    })
  })

  it('an instance that nothing begins yet is still a person', () => {
    expect(pathBody({ ...EVERYTHING, unit: 'instance' })).toEqual({})
    expect(pathBody({ ...EVERYTHING, unit: 'instance', restart: ['a|b'] })).toEqual({ restart: ['a\\|b'] })
    expect(pathBody({ ...EVERYTHING, unit: 'instance', cut: 'order' })).toEqual({ instance_column: 'order' })
    expect(pathBody(readPathScope(new URLSearchParams('unit=day&mingroup=-3&gap=soon')))).toEqual({})
  })
})
