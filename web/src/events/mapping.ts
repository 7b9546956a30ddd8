/** From what the user says of each column to the mapping the server takes. No React here. */
import type { FileColumn, Inspection, Mapping, Role } from './types'

/** Roles that only one column can have. */
const SINGLE: Role[] = ['person', 'event', 'time', 'time_of_day', 'channel']

export interface Choices {
  roles: Record<string, Role>
  eventConstant: string
  timeFormat: string | null
  timezone: string
  encoding: string | null
  delimiter: string | null
  sheet: string | null
}

/** Offsets are rare in exports: a Persian workspace's times without one are Tehran's. */
export function firstChoices(inspection: Inspection, language: 'fa' | 'en'): Choices {
  const { guess, columns } = inspection
  const roles: Record<string, Role> = {}
  for (const column of columns) roles[column.name] = roleIn(guess, column)
  return {
    roles,
    eventConstant: guess.event_constant ?? '',
    timeFormat: guess.time_format,
    timezone: guess.timezone === 'UTC' && language === 'fa' ? 'Asia/Tehran' : guess.timezone,
    encoding: guess.encoding,
    delimiter: guess.delimiter,
    sheet: guess.sheet,
  }
}

/** The choices for a file that is now read otherwise: its new guess; a time zone the user had said stays said. */
export function chooseAgain(choices: Choices, before: Inspection, after: Inspection, language: 'fa' | 'en'): Choices {
  const fresh = firstChoices(after, language)
  const said = choices.timezone !== firstChoices(before, language).timezone
  return { ...fresh, timezone: said ? choices.timezone : fresh.timezone }
}

function roleIn(guess: Mapping, column: FileColumn): Role {
  for (const role of SINGLE) if (role !== '' && guess[role as keyof Mapping] === column.name) return role
  return guess.properties.includes(column.name) ? 'property' : ''
}

/** One column takes a role; whoever had it before becomes a property. */
export function giveRole(choices: Choices, column: string, role: Role): Choices {
  const roles = { ...choices.roles }
  if (SINGLE.includes(role)) {
    for (const [name, had] of Object.entries(roles)) if (had === role) roles[name] = 'property'
  }
  roles[column] = role
  // Another time column is another format, unless it is said again.
  const timeFormat = role === 'time' || choices.roles[column] === 'time' ? null : choices.timeFormat
  return { ...choices, roles, timeFormat }
}

export function columnOf(choices: Choices, role: Role): string {
  return Object.entries(choices.roles).find(([, has]) => has === role)?.[0] ?? ''
}

export function mappingOf(choices: Choices, guess: Mapping): Mapping {
  const event = columnOf(choices, 'event')
  const properties = Object.keys(choices.roles).filter((name) => choices.roles[name] === 'property')
  return {
    person: columnOf(choices, 'person'),
    event,
    time: columnOf(choices, 'time'),
    event_constant: event ? null : choices.eventConstant.trim() || null,
    properties,
    channel: columnOf(choices, 'channel') || null,
    time_of_day: columnOf(choices, 'time_of_day') || null,
    time_format: choices.timeFormat,
    timezone: choices.timezone,
    numbers: guess.numbers?.filter((name) => properties.includes(name)) ?? null,
    encoding: choices.encoding,
    delimiter: choices.delimiter,
    sheet: choices.sheet,
  }
}

export type Missing = 'person' | 'event' | 'time' | 'date_order'

/** What the user still has to say before the file can be read. */
export function missing(mapping: Mapping, inspection: Inspection): Missing[] {
  const asked = inspection.questions.some(
    (question) => question.code === 'ambiguous_date_order' && question.column === mapping.time,
  )
  return [
    ...(mapping.person ? [] : ['person' as const]),
    ...(mapping.event || mapping.event_constant ? [] : ['event' as const]),
    ...(mapping.time ? [] : ['time' as const]),
    ...(asked && !mapping.time_format ? ['date_order' as const] : []),
  ]
}

/** "03/04/2024 10:00" read both ways, for the question which it is; null where only one reading is possible. */
export function bothReadings(sample: string): { dmy: Date; mdy: Date } | null {
  const [, first, second, year] = /^\D*(\d{1,2})\D(\d{1,2})\D(\d{2,4})/.exec(sample) ?? []
  if (!first || !second || !year) return null
  const [a, b] = [Number(first), Number(second)]
  const full = year.length === 2 ? 2000 + Number(year) : Number(year)
  if (a > 12 || b > 12 || a === b) return null
  return { dmy: new Date(full, b - 1, a, 12), mdy: new Date(full, a - 1, b, 12) }
}
