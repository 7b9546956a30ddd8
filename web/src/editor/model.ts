/** The words of a map, as the exchange format `hamsafar-map/1` writes them. Data only. */

export const FORMAT = 'hamsafar-map/1'

export type MapKind = 'current_state' | 'day_in_the_life' | 'future_state' | 'service_blueprint'
export type Need = 'required' | 'optional' | 'any_of'
export type Emotion = -2 | -1 | 0 | 1 | 2

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
  status?: 'draft' | 'in_review' | 'approved'
  owner?: Owner
  review_on?: string
  level?: number
  current_map?: string
  instances?: Instances
  /** Rules of the review that are not for this map, and why. */
  review_off?: { rule: string; reason: string }[]
}

export interface Step {
  id: string
  name: string
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
  steps?: Step[]
}

export interface Lane {
  id: string
  kind: string
  name?: string
  description?: string
  persona?: string
  hidden?: boolean
}

export interface Evidence {
  kind: 'assumption' | 'observed' | 'stale'
  [detail: string]: unknown
}

export interface Card {
  id: string
  lane: string
  stage: string
  step?: string
  text: string
  touchpoint?: string
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
export const ORDERED = ['personas', 'stages', 'lanes', 'cards', 'branches', 'lines', 'arrows', 'targets'] as const
export const COLLECTIONS = [...ORDERED, 'emotions'] as const
export type Collection = (typeof COLLECTIONS)[number]

export const emotionKey = (persona: string | null, stage: string, step?: string): string =>
  `${persona ?? ''}:${stage}:${step ?? ''}`

export const cellKey = (stage: string, lane: string): string => `${stage}|${lane}`
