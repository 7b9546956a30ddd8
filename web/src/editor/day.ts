/** The hours of a day in the life: times as they are written in the document, `07:30`, and how they share the day. */
import { latinDigits } from '@/i18n/format'
import type { Stage } from './model'

const DAY = 24 * 60

/** Minutes since midnight. */
export function minutesOf(time: string): number {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 60 + minutes
}

export const timeOf = (minutes: number): string => {
  const within = ((minutes % DAY) + DAY) % DAY
  return `${String(Math.floor(within / 60)).padStart(2, '0')}:${String(within % 60).padStart(2, '0')}`
}

/** A time from what was typed in any digits: `7`, `7:30`, `۰۷:۳۰`. Null when it is empty, undefined when it is no time. */
export function timeFrom(text: string): string | null | undefined {
  const plain = latinDigits(text).trim()
  if (plain === '') return null
  const found = /^(\d{1,2})(?:[:.٫](\d{1,2}))?$/.exec(plain)
  if (!found) return undefined
  const [hours, minutes] = [Number(found[1]), Number(found[2] ?? 0)]
  return hours < 24 && minutes < 60 ? timeOf(hours * 60 + minutes) : undefined
}

/** How long a stage lasts in minutes, over midnight if it must; null while its times are not both said. */
export function lastsOf({ begins, ends }: Pick<Stage, 'begins' | 'ends'>): number | null {
  if (begins === undefined || ends === undefined || begins === ends) return null
  return (minutesOf(ends) - minutesOf(begins) + DAY) % DAY
}

/** What each stage takes of the width when the axis is true to the hours; the untimed take the average. */
export function dayWeights(stages: readonly Stage[]): Map<string, number> {
  const lasting = stages.map(lastsOf)
  const said = lasting.filter((one) => one !== null)
  const average = said.length > 0 ? said.reduce((sum, one) => sum + one, 0) / said.length : 1
  return new Map(stages.map((stage, index) => [stage.id, lasting[index] ?? average]))
}

/** The full hours within a stage, with the share of it that has passed by then; its own beginning aside. */
export function hoursIn(stage: Pick<Stage, 'begins' | 'ends'>, every = 1): { time: string; share: number }[] {
  const lasts = lastsOf(stage)
  if (lasts === null) return []
  const begins = minutesOf(stage.begins!)
  const hours: { time: string; share: number }[] = []
  for (let at = Math.ceil((begins + 1) / 60) * 60; at < begins + lasts; at += 60) {
    if ((at / 60) % every === 0) hours.push({ time: timeOf(at), share: (at - begins) / lasts })
  }
  return hours
}
