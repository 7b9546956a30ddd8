export interface Group {
  group: string | null
  paths: number
  persons: number
  reached: number
  censored: number
  median_seconds: number | null
  median_low_seconds: number | null
  median_high_seconds: number | null
}

export interface Point {
  group: string | null
  seconds: number
  at_risk: number
  reached: number
  survival: number
  low: number | null
  high: number | null
}

export interface SurvivalAnswer {
  events: number
  paths: number
  persons: number
  unit: string
  by: string | null
  started: number
  time_relative_error: number
  groups: Group[]
  log_rank: { chi_square: number; degrees: number; p: number } | null
  at_risk: { group: string | null; seconds: number; at_risk: number }[]
  rows: Point[]
}
