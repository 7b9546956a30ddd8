import { describe, expect, it } from 'vitest'
import { bothReadings, firstChoices, giveRole, mappingOf, missing } from './mapping'
import type { Inspection, Mapping } from './types'

const guess: Mapping = {
  person: 'customer',
  event: 'action',
  time: 'date',
  event_constant: null,
  properties: ['amount', 'city'],
  channel: null,
  time_of_day: null,
  time_format: null,
  timezone: 'UTC',
  numbers: ['amount'],
  encoding: null,
  delimiter: ',',
  sheet: null,
}
const inspection: Inspection = {
  format: 'csv',
  compression: null,
  encoding: 'utf-8',
  delimiter: ',',
  sheets: [],
  columns: ['customer', 'action', 'date', 'amount', 'city', 'empty'].map((name) => ({
    name,
    kind: 'text',
    samples: [],
    role_guess: '',
  })),
  guess,
  questions: [{ code: 'ambiguous_date_order', column: 'date', options: ['dmy', 'mdy'] }],
  rows_estimate: 10,
}

describe('the choice of columns', () => {
  it('begins with the guess and comes back as it was', () => {
    expect(mappingOf(firstChoices(inspection, 'en'), guess)).toEqual(guess)
  })

  it('takes Tehran for times without a zone in a Persian workspace', () => {
    expect(firstChoices(inspection, 'fa').timezone).toBe('Asia/Tehran')
  })

  it('gives a role to one column only', () => {
    const mapping = mappingOf(giveRole(firstChoices(inspection, 'en'), 'city', 'person'), guess)
    expect(mapping.person).toBe('city')
    expect(mapping.properties).toEqual(['customer', 'amount'])
  })

  it('forgets the format of another time column', () => {
    const answered = { ...firstChoices(inspection, 'en'), timeFormat: 'dmy' }
    expect(mappingOf(giveRole(answered, 'city', 'time'), guess).time_format).toBeNull()
    expect(mappingOf(giveRole(answered, 'city', 'channel'), guess).time_format).toBe('dmy')
  })

  it('uses one name for all rows only without a column of events', () => {
    const choices = { ...firstChoices(inspection, 'en'), eventConstant: ' purchase ' }
    expect(mappingOf(choices, guess).event_constant).toBeNull()
    const without = mappingOf(giveRole(choices, 'action', ''), guess)
    expect([without.event, without.event_constant]).toEqual(['', 'purchase'])
    expect(without.properties).not.toContain('action')
  })

  it('says what is still missing, the order of dates included', () => {
    expect(missing(guess, inspection)).toEqual(['date_order'])
    expect(missing({ ...guess, time_format: 'mdy' }, inspection)).toEqual([])
    expect(missing({ ...guess, person: '', event: '', time: '' }, inspection)).toEqual(['person', 'event', 'time'])
  })
})

it('reads an ambiguous date both ways', () => {
  const read = bothReadings('03/04/2024 10:00')!
  expect([read.dmy.getMonth(), read.dmy.getDate()]).toEqual([3, 3])
  expect([read.mdy.getMonth(), read.mdy.getDate()]).toEqual([2, 4])
  expect(bothReadings('25/04/2024')).toBeNull()
  expect(bothReadings('04/04/2024')).toBeNull()
})
