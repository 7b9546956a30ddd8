import { describe, expect, it } from 'vitest'
import { measured } from '@/testing/board'
import { measuredOf, plainValue, verdict } from './targets'

const same = (stage: string) => stage

describe('targets', () => {
  it('are shares, seconds or emotions', () => {
    expect(plainValue({ value: 60, unit: '%' })).toBe(0.6)
    expect(plainValue({ value: 2, unit: 'hours' })).toBe(7200)
    expect(plainValue({ value: 1.5 })).toBe(1.5)
  })

  it('find what was measured of a map, a stage or a touchpoint', () => {
    const of = (metric: string, scope: Record<string, unknown>) => measuredOf({ id: 't', metric, scope, value: 1 }, measured, same)
    expect(of('completion', { map: true })).toMatchObject({ value: 0.47, n: 85 })
    expect(of('went_on', { stage: 's1' })).toMatchObject({ value: 0.67, n: 90 })
    expect(of('median_time', { stage: 's1' })).toMatchObject({ value: 7200, n: 60 })
    expect(of('median_time', { stage: 's2' })).toBeNull()
    expect(of('persons_share', { touchpoint: 't1' })).toMatchObject({ value: 0.98 })
    expect(of('emotion', { stage: 's1' })).toBeNull()
    expect(of('went_on', { stage: 'unknown' })).toBeNull()
  })

  it('are met or missed only when the interval leaves no doubt', () => {
    const target = (metric: string, value: number, unit: string) => ({ id: 't', metric, scope: { map: true }, value, unit })
    const rate = { value: 0.6, low: 0.55, high: 0.65, n: 100 }
    expect(verdict(target('completion', 50, '%'), rate)).toBe('met')
    expect(verdict(target('completion', 60, '%'), rate)).toBe('unsure')
    expect(verdict(target('completion', 70, '%'), rate)).toBe('missed')
    const time = { value: 7200, low: null, high: null, n: 5 }
    expect(verdict(target('median_time', 3, 'hours'), time)).toBe('met')
    expect(verdict(target('median_time', 1, 'hours'), time)).toBe('missed')
  })
})
