/** A path cut into days of the reader's time zone, with the pauses between. */
import type { PathEvent } from './types'

export interface Moment {
  event: PathEvent
  /** Seconds since the event before; null for the very first. */
  gap: number | null
}

export interface Day {
  /** Local noon: a moment that surely lies in the day. */
  at: Date
  moments: Moment[]
  /** Whole days without any event between this day and the one before; 0 for neighbours and the first. */
  quiet: number
}

export function days(events: PathEvent[]): Day[] {
  const found: Day[] = []
  let before: Date | null = null
  for (const event of events) {
    const at = new Date(event.at)
    const noon = new Date(at.getFullYear(), at.getMonth(), at.getDate(), 12)
    let day = found.at(-1)
    if (day?.at.getTime() !== noon.getTime()) {
      const apart = day ? Math.round((noon.getTime() - day.at.getTime()) / 86_400_000) : 1
      day = { at: noon, moments: [], quiet: Math.max(0, apart - 1) }
      found.push(day)
    }
    day.moments.push({ event, gap: before ? (at.getTime() - before.getTime()) / 1000 : null })
    before = at
  }
  return found
}

/** Properties that every event has with the same value: they tell of the person, so they are shown once. */
export function constants(events: PathEvent[]): Record<string, unknown> {
  if (events.length < 2) return {}
  return Object.fromEntries(
    Object.entries(events[0]!.properties).filter(([name, value]) =>
      events.every((event) => name in event.properties && same(event.properties[name], value)),
    ),
  )
}

const same = (one: unknown, other: unknown): boolean => one === other || JSON.stringify(one) === JSON.stringify(other)
