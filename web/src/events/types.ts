/** Files, uploads and imports as they cross the door. */

export type ColumnKind = 'time' | 'time_of_day' | 'number' | 'boolean' | 'text' | 'empty'
export type Role = 'person' | 'event' | 'time' | 'time_of_day' | 'channel' | 'property' | ''

export const TIME_FORMATS = [
  'iso', 'ymd', 'dmy', 'mdy', 'named_month', 'jalali_ymd', 'jalali_dmy',
  'unix_s', 'unix_ms', 'unix_us', 'unix_ns', 'excel',
] as const

export interface Mapping {
  person: string
  event: string
  time: string
  event_constant: string | null
  properties: string[]
  channel: string | null
  time_of_day: string | null
  time_format: string | null
  timezone: string
  numbers: string[] | null
  encoding: string | null
  delimiter: string | null
  sheet: string | null
}

export interface FileColumn {
  name: string
  kind: ColumnKind
  samples: string[]
  role_guess: Role
}

export interface Question {
  code: string
  column: string
  options: string[]
}

export interface Inspection {
  format: string
  compression: string | null
  encoding: string | null
  delimiter: string | null
  sheets: string[]
  columns: FileColumn[]
  guess: Mapping
  questions: Question[]
  rows_estimate: number
}

export interface Upload {
  id: string
  filename: string
  size: number
  inspection: Inspection
}

export interface PreviewRow {
  line: number
  person: string
  event: string
  at: string
  channel: string | null
  properties: Record<string, unknown>
  error: { code: string; column: string; value_excerpt: string; detail: string } | null
}

export interface Preview {
  rows: PreviewRow[]
  rejected_in_sample: number
  questions: Question[]
}

export interface Import {
  id: string
  filename: string
  size: number
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled' | 'undone'
  job_id: string
  progress: number | null
  error: { title?: string; detail?: string; code?: string } | null
  rows_read: number
  rows_added: number
  rows_duplicate: number
  rows_rejected: number
  reasons: { code: string; column: string; count: number; first_line: number; detail: string }[]
  mapping: Mapping
  created_at: string
  created_by: string | null
}
