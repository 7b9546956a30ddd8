import type { Language } from '@/i18n/format'

interface Side {
  unit: string
  events: number
  paths: number
  persons: number
}

export interface Compared {
  /** What names the row in the question compared. */
  row: string[]
  figure: 'share' | 'seconds'
  a: number | null
  a_low: number | null
  a_high: number | null
  a_n: number
  b: number | null
  b_low: number | null
  b_high: number | null
  b_n: number
  difference: number | null
  difference_low: number | null
  difference_high: number | null
  p: number | null
  p_corrected: number | null
}

export interface CompareAnswer {
  of: string
  a: Side
  b: Side
  overlap: number | null
  comparisons: number
  tests: { name: string; p: number }[]
  names: Record<Language, string[]>
  rows: Compared[]
}

/** Who is behind a row of the question compared, as its own "who?" takes it; null: the question does not say. */
export function selectorOf(
  of: string,
  row: string[],
  asked: Record<string, unknown>,
): Record<string, unknown> | null {
  switch (of) {
    case 'overview':
      return { event: row[0] }
    case 'transitions':
      return { source: row[0], target: row[1] }
    case 'variants':
      return { path: row }
    case 'funnel':
      return { ...asked, step: Number(row[0]) }
    case 'retention':
      return { ...asked, back_in: Number(row[0]) }
    case 'survival':
      return {
        ...asked,
        bucket: 'reached',
        ...(row[0] === 'median' ? {} : { within_seconds: Number.parseFloat(row[0]!) }),
      }
    case 'correlates':
      return { goal: asked.goal, kind: row[0], name: row.slice(1) }
    default:
      return null
  }
}
