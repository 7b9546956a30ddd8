/** The answers of `stages` and `deviations` as they cross the door. */
import type { RateValue } from '@/ui/Values'

export interface Quantiles {
  n: number
  p25: number | null
  p50: number | null
  p75: number | null
  p90: number | null
}

interface OnMapAnswer {
  map: { id: string; title: string }
  events: number
  bound_events: number
  persons: number
  instances: number
  relative_error: number
  reason: { en: string; fa: string } | null
}

export interface StageRow {
  stage: string
  name: string
  entered: number
  persons: number
  went_on: number
  left: number
  still_open: number
  skipped: number
  share_went_on: RateValue
  stays: number
  seconds: Quantiles
  open_after_seconds: number
}

export interface Move {
  from: string
  to: string
  count: number
  instances: number
  persons: number
  share: RateValue
}

export interface StagesAnswer extends OnMapAnswer {
  whole: { begun: number; completed: number; left: number; still_open: number; completion: RateValue }
  rows: StageRow[]
  moves: Move[]
  regressions: Move[]
}

export const KINDS = ['missing', 'out_of_sequence', 'ad_hoc', 'failing', 'late'] as const
export type Kind = (typeof KINDS)[number]

export interface DeviationRow {
  kind: Kind
  stage: string
  name: string
  card: string | null
  touchpoint: string | null
  group: string | null
  cards: string[]
  from_card: string | null
  from_name: string | null
  event: string | null
  count: number
  of: number
  share: RateValue
  instances: number
  persons: number
  target_seconds: number | null
  since: string | null
  seconds: Quantiles | null
}

export interface DeviationsAnswer extends OnMapAnswer {
  fitness: { conforming: RateValue; conforming_persons: RateValue; mean: RateValue }
  kinds: { kind: Kind; deviations: number; instances: number; persons: number; share: RateValue }[]
  rows: DeviationRow[]
}

export interface PersonDeviation {
  kind: Kind
  instance: number
  at: string
  event: string
  stage: string
  name: string
  card: string | null
  touchpoint: string | null
  group: string | null
  cards: string[]
  from_card: string | null
  seconds: number | null
  target_seconds: number | null
}
