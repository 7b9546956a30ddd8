/** What the server measured of a map, as it crosses the door. Rates are null when nobody counts. */
import type { RateValue } from '@/ui/Values'

export interface StageMeasured {
  stage: string
  entered: number
  persons: number
  went_on: number
  left: number
  still_open: number
  /** Those of `went_on` that did the exit action and reached no later stage. */
  not_seen_after: number
  skipped: number
  achieved: number | null
  share_went_on: RateValue
  median_seconds_to_next: number | null
  n_time: number
  open_after_seconds: number
  open_after_source: 'set' | 'measured' | 'default'
  gap_n: number
}

export interface NextStep {
  card: string
  touchpoint: string | null
  count: number
  persons: number
  share: number
}

export interface Missing {
  instances: number
  persons: number
  of: number
}

export interface OutOfSequence {
  events: number
  instances: number
  persons: number
}

/** Visits that the failure matcher fits, of all visits. */
export interface Failing {
  events: number
  instances: number
  persons: number
  of: number
  share: RateValue
}

/** Visits that took longer than their target, of those whose time is known. */
export interface Late extends Failing {
  target_seconds: number
  /** The touchpoint since which the time runs; null: the one before, whichever it is. */
  since: string | null
  seconds: { n: number; p25: number | null; p50: number | null; p75: number | null; p90: number | null }
}

export type TouchpointBucket = 'visited' | 'last' | 'missing' | 'out_of_sequence' | 'failing' | 'late'

export interface TouchpointMeasured {
  card: string
  touchpoint: string
  stage: string
  persons: number
  share_of_persons: RateValue
  visits: number
  instances: number
  median_seconds_since_previous: number | null
  n_time: number
  next: NextStep[]
  last: number
  deviations: { missing: Missing | null; out_of_sequence: OutOfSequence; failing: Failing | null; late: Late | null }
}

export interface AdHoc {
  event: string
  from_card: string
  to_card: string
  instances: number
  persons: number
  of: number
  share: RateValue
}

export interface MeasuredMap {
  range: { from_at: string | null; to_at: string | null }
  data_end_at: string | null
  events: number
  bound_events: number
  unbound_events: number
  persons: number
  medians: { exact: boolean; relative_error: number }
  whole: {
    begun: number
    completed: number
    left: number
    still_open: number
    persons: number
    completion: RateValue
    median_seconds_to_complete: number | null
    n_time: number
  }
  stages: StageMeasured[]
  touchpoints: TouchpointMeasured[]
  groups: { group: string; stage: string; cards: string[]; missing: Missing | null }[]
  ad_hoc: AdHoc[]
  overlaps: { event: string; touchpoints: string[]; events: number; given_to: string }[]
  unbound_touchpoints: string[]
  unknown_events: { touchpoint: string; pattern: string }[]
}

export type StageBucket = 'entered' | 'went_on' | 'left' | 'still_open' | 'not_seen_after' | 'skipped' | 'achieved'

/** Which of the persons behind a number. */
export type WhoSelector =
  | { kind: 'map'; bucket: 'begun' | 'completed' | 'left' | 'still_open' }
  | { kind: 'stage'; stage: string; bucket: StageBucket }
  | { kind: 'touchpoint'; card: string; bucket: TouchpointBucket }
  | { kind: 'group'; group: string; bucket: 'missing' }
  | { kind: 'next'; card: string; to: string }
  | { kind: 'ad_hoc'; event: string; from_card: string; to_card: string }
