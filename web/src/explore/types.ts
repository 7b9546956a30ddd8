/** The engine's answers as they cross the door (the OpenAPI document has no shape for them), and persons. */
import type { components } from '@/api/schema'
import type { RateValue } from '@/ui/Values'

export const START = '(start)'
export const END = '(end)'

export interface OverviewAnswer {
  events: number
  persons: number
  event_names: number
  first_at: string | null
  last_at: string | null
  events_per_person: Record<string, number | null>
  rows: { event: string; events: number; persons: number }[]
  /** Of each row, the share of persons. */
  intervals: { share: RateValue }[]
}

export interface Transition {
  source: string
  target: string
  count: number
  persons: number
  median_gap_seconds: number | null
}

export interface TransitionsAnswer {
  events: number
  persons: number
  median_relative_error: number
  rows: Transition[]
}

export type PathUnit = 'person' | 'session' | 'instance'

/** What is counted are paths; where a path is a person, paths and persons are the same. */
export interface VariantsAnswer {
  unit: PathUnit
  events: number
  paths: number
  persons: number
  variants: number
  /** Null where a group is too small to be shown. */
  other_paths: number | null
  other_persons: number | null
  rows: { path: string[]; paths: number; persons: number }[]
  /** Of each row, the share of paths. */
  intervals: { share: RateValue }[]
}

export type FunnelQuantiles = Record<'p10' | 'p25' | 'median' | 'p75' | 'p90', number | null>

/** Figures are null where the group is too small to be shown. */
export interface FunnelStep {
  step: string
  paths: number | null
  persons: number | null
  share_of_first: number | null
  share_of_previous: number | null
  median_seconds_from_first: number | null
  seconds_from_first: FunnelQuantiles
  seconds_from_previous: FunnelQuantiles
}

/** What came directly after step `after` in the paths that stop there. */
export interface FunnelNext {
  after: number
  kind: 'event' | 'end' | 'other'
  next: string
  paths: number
  persons: number
  share: number
}

export interface FunnelGroup {
  kind: 'value' | 'other' | 'none'
  value: unknown
  rows: { step: string; paths: number | null; persons: number | null; interval: RateValue | null }[]
}

export interface FunnelAnswer {
  unit: PathUnit
  events: number
  paths: number
  persons: number
  within_seconds: number | null
  median_relative_error: number
  rows: FunnelStep[]
  intervals: { of_first: RateValue | null; of_previous: RateValue | null }[]
  next: FunnelNext[]
  breakdown: { property: string; groups: FunnelGroup[] } | null
}

export type Person = components['schemas']['PersonOut']
export type PathEvent = components['schemas']['PathEventOut']
