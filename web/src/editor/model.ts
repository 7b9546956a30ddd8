/** The words of a map, as the exchange format `hamsafar-map/1` writes them. Data only. */

export const FORMAT = 'hamsafar-map/1'

export type MapKind = 'current_state' | 'day_in_the_life' | 'future_state' | 'service_blueprint'
export type Need = 'required' | 'optional' | 'any_of'
export type Emotion = -2 | -1 | 0 | 1 | 2
/** How well we can serve a customer's goal. */
export type Fit = 'can' | 'partly' | 'cannot'

export interface Owner {
  kind: 'member' | 'team' | 'text'
  id?: string
  name: string
}

export interface Condition {
  property: string
  op: '=' | 'in' | '<' | '>' | 'exists'
  value?: unknown
}

export interface Matcher {
  events: string[]
  conditions: Condition[]
}

export interface Instances {
  begin: 'first_stage_again' | 'idle'
  idle_seconds?: number
}

/** The fields of the map itself; whatever is absent has its default. */
export interface MapMeta {
  title: string
  kind: MapKind
  language: 'fa' | 'en'
  description?: string
  objective?: string
  scope?: string
  /** What the team knew before it drew. */
  research?: { title: string; link?: string; note?: string }[]
  status?: 'draft' | 'in_review' | 'approved'
  owner?: Owner
  review_on?: string
  level?: number
  current_map?: string
  instances?: Instances
  /** Rules of the review that are not for this map, and why. */
  review_off?: { rule: string; reason: string }[]
}

/** A column within a stage. */
export interface Step {
  id: string
  stage: string
  name: string
  description?: string
}

export interface Stage {
  id: string
  name: string
  description?: string
  owner?: Owner
  exit_touchpoint?: string
  open_after_seconds?: number | null
  target_seconds?: number
  color?: string
  detail_map?: string
  /** The part of the day this stage of a day in the life covers, `07:30`. */
  begins?: string
  ends?: string
  /** How wide its column is drawn, in CSS pixels; else as wide as the others. */
  width?: number
  collapsed?: boolean
}

export interface Lane {
  id: string
  kind: string
  name?: string
  description?: string
  persona?: string
  hidden?: boolean
  collapsed?: boolean
  /** The least height it is drawn with, in CSS pixels. */
  height?: number
}

export interface Evidence {
  kind: 'assumption' | 'observed' | 'stale'
  /** What was asked of whom or what. */
  query?: string
  /** A moment with its offset. */
  observed_at?: string
  n?: number
  note?: string
}

export interface Card {
  id: string
  lane: string
  stage: string
  step?: string
  text: string
  touchpoint?: string
  /** An item of the library of contents. */
  content?: string
  need?: Need
  group?: string
  owner?: Owner
  evidence?: Evidence
  tags?: string[]
  color?: string
  emoji?: string
  link?: string
  /** How far the customer commits themselves by this action, 1 to 6, as the author confirmed it. */
  commitment?: number
  /** The customer complains here. */
  complaint?: boolean
  moment_of_truth?: boolean
  hidden_need?: boolean
  /** When it happens, on a day in the life: `07:30`. */
  at?: string
  /** Of a goal: whether we can serve it. */
  fit?: Fit
  /** Of an opportunity, 1 (least) to 5. */
  impact?: number
  effort?: number
  confidence?: number
  /** Uploaded pictures and files. */
  files?: CardFile[]
}

export interface CardFile {
  id: string
  name: string
  alt?: string
}

export interface EmotionPoint {
  persona: string | null
  stage: string
  step?: string
  value: number
  intensity?: number
  note?: string
}

export interface MapPersona {
  id: string
  persona?: string
  name: string
  color?: string
}

export interface Branch {
  id: string
  name: string
  from_stage: string
  to_stage: string
  condition?: string
}

export interface BlueprintLine {
  id: string
  kind: 'interaction' | 'visibility' | 'internal_interaction'
  after_lane: string
}

export interface Arrow {
  id: string
  from_card: string
  to_card: string
  label?: string
}

export interface Target {
  id: string
  metric: string
  scope: Record<string, unknown>
  value: number
  unit?: string
  due_on?: string
}

export interface Touchpoint {
  id: string
  name: string
  channel?: string | null
  matcher?: Matcher | null
}

export type ChannelKind =
  | 'web' | 'app' | 'phone' | 'sms' | 'email' | 'social' | 'messenger' | 'search' | 'store' | 'courier' | 'ads' | 'other'

export interface Channel {
  id: string
  name: string
  kind: ChannelKind
}

/** A whole map as it is exchanged: what the document holds, in reading order. */
export interface MapDocument extends MapMeta {
  format: typeof FORMAT
  id?: string
  personas: MapPersona[]
  stages: Stage[]
  steps: Step[]
  lanes: Lane[]
  cards: Card[]
  emotions: EmotionPoint[]
  touchpoints?: Touchpoint[]
  channels?: Channel[]
  branches: Branch[]
  lines: BlueprintLine[]
  arrows: Arrow[]
  targets: Target[]
}

/** The collections of the document that are kept in an order of their own. */
export const ORDERED = ['personas', 'stages', 'steps', 'lanes', 'cards', 'branches', 'lines', 'arrows', 'targets'] as const
export const COLLECTIONS = [...ORDERED, 'emotions'] as const
export type Collection = (typeof COLLECTIONS)[number]

export const emotionKey = (persona: string | null, stage: string, step?: string): string =>
  `${persona ?? ''}:${stage}:${step ?? ''}`

export const cellKey = (stage: string, lane: string): string => `${stage}|${lane}`

export const partKey = (stage: string, step: string | null, lane: string): string => `${stage}|${step ?? ''}|${lane}`
