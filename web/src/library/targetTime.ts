/** A target time as it is typed, and as it is kept. */
export const UNITS = { minutes: 60, hours: 3600, days: 86_400 } as const
export type Unit = keyof typeof UNITS

export const MOST_SECONDS = 10 * 366 * 86_400

/** The largest unit in which the time is a whole number; days for none. */
export function unitOf(seconds: number | null): Unit {
  if (seconds === null) return 'days'
  return (['days', 'hours'] as const).find((unit) => seconds % UNITS[unit] === 0) ?? 'minutes'
}

/** Seconds; null for an empty text, undefined for what is no length of time. */
export function secondsOf(text: string, unit: Unit): number | null | undefined {
  const plain = text.trim().replace('٫', '.').replace(',', '.')
  if (plain === '') return null
  if (!/^\d{1,9}(\.\d{1,3})?$/.test(plain)) return undefined
  const seconds = Number(plain) * UNITS[unit]
  return seconds >= 1 && seconds <= MOST_SECONDS ? seconds : undefined
}
