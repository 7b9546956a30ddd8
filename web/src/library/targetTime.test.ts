import { describe, expect, it } from 'vitest'
import { secondsOf, unitOf } from './targetTime'

describe('a target time', () => {
  it('is read in its unit', () => {
    expect(secondsOf('2', 'days')).toBe(172_800)
    expect(secondsOf(' 1.5 ', 'hours')).toBe(5400)
    expect(secondsOf('1٫5', 'hours')).toBe(5400)
  })
  it('may be none', () => expect(secondsOf('', 'days')).toBeNull())
  it.each(['0', '-1', 'soon', '1e9', '99999999'])('is not %s', (text) => expect(secondsOf(text, 'days')).toBeUndefined())
  it('is shown in the largest unit that leaves nothing over', () => {
    expect([172_800, 5400, 7200, null].map(unitOf)).toEqual(['days', 'minutes', 'hours', 'days'])
  })
})
