import { describe, expect, it } from 'vitest'
import { dayWeights, hoursIn, lastsOf, timeFrom } from './day'

describe('the hours of a day', () => {
  it('are typed in any digits', () => {
    expect(['7', '7:30', '۰۷:۳۰', '23.05', '', '24:00', 'noon'].map(timeFrom)).toEqual(['07:00', '07:30', '07:30', '23:05', null, undefined, undefined])
  })

  it('may run over midnight', () => {
    expect(lastsOf({ begins: '22:00', ends: '06:30' })).toBe(510)
    expect(lastsOf({ begins: '08:00' })).toBeNull()
    expect(hoursIn({ begins: '22:30', ends: '01:30' }).map((hour) => hour.time)).toEqual(['23:00', '00:00', '01:00'])
    expect(hoursIn({ begins: '08:00', ends: '10:00' })).toEqual([{ time: '09:00', share: 0.5 }])
  })

  it('weigh the stages; one without times counts as an average one', () => {
    const stages = [{ id: 'a', name: '', begins: '06:00', ends: '07:00' }, { id: 'b', name: '', begins: '07:00', ends: '10:00' }, { id: 'c', name: '' }]
    expect([...dayWeights(stages)]).toEqual([['a', 60], ['b', 180], ['c', 120]])
  })
})
