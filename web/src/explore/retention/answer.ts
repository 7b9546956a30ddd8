export type Period = 'day' | 'week' | 'month' | 'jalali_month'

interface Back {
  period: number
  size: number
  persons: number
  share: number | null
  low: number | null
  high: number | null
}

export interface Row extends Back {
  cohort: string
  begins_at: string
  complete: boolean
}

export interface Overall extends Back {
  cohorts: number
}

export interface RetentionAnswer {
  events: number
  persons: number
  period: Period
  timezone: string
  began: number
  rows: Row[]
  overall: Overall[]
}

export interface Cohort {
  cohort: string
  begins_at: string
  size: number
  /** By period; a hole where the data have ended, or where a figure is withheld. */
  periods: (Row | undefined)[]
}

/** The rows of each cohort together, in the order of time. */
export function cohorts(rows: Row[]): Cohort[] {
  const found = new Map<string, Cohort>()
  for (const row of rows) {
    const cohort = found.get(row.cohort) ?? { ...row, periods: [] }
    cohort.periods[row.period] = row
    found.set(row.cohort, cohort)
  }
  return [...found.values()]
}
