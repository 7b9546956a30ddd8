export type Kind = 'event' | 'transition' | 'property'

export interface Feature {
  kind: Kind
  name: string[]
  paths: number
  persons: number
  reached_with: number
  share_with: number | null
  share_with_low: number | null
  share_with_high: number | null
  without: number
  reached_without: number
  share_without: number | null
  share_without_low: number | null
  share_without_high: number | null
  odds_ratio: number
  low: number
  high: number
  half_added: boolean
  p: number
  p_corrected: number
}

export interface CorrelatesAnswer {
  events: number
  paths: number
  persons: number
  unit: string
  goal: string
  min_paths: number
  reached: number
  others: number
  began_with_goal: number
  not_watched: number
  tested: number
  empty: 'nobody_reached' | 'all_reached' | 'no_feature' | null
  rows: Feature[]
}

/** Beyond chance, at the level that is usual. */
export const sure = (row: Feature): boolean => row.p_corrected < 0.05
