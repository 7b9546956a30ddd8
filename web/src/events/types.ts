/** Files, uploads and imports as they cross the door. */
import type { components } from '@/api/schema'

type Schemas = components['schemas']

export type Role = 'person' | 'event' | 'time' | 'time_of_day' | 'channel' | 'property' | ''

/** As `TIME_FORMATS` of `events.files`. */
export const TIME_FORMATS = [
  'iso', 'ymd', 'dmy', 'mdy', 'named_month', 'jalali_ymd', 'jalali_dmy',
  'unix_s', 'unix_ms', 'unix_us', 'unix_ns', 'excel',
] as const

export type Mapping = Schemas['MappingOut']
export type FileColumn = Schemas['ColumnOut']
export type Question = Schemas['QuestionOut']
export type Inspection = Schemas['InspectionOut']
/** How a file is said to be read; null is recognised. */
export type Reading = Required<Schemas['InspectIn']>
export type Upload = Schemas['UploadOut']
export type PreviewRow = Schemas['PreviewRowOut']
export type Preview = Schemas['PreviewOut']
export type Import = Schemas['ImportOut']
