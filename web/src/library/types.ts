/** The workspace's library: what maps share. */
import type { ChannelKind, Matcher, Owner } from '@/editor/model'

export interface Channel {
  id: string
  name: string
  kind: ChannelKind
  touchpoints: number
}

export interface Touchpoint {
  id: string
  name: string
  description: string
  channel: string | null
  matcher: Matcher | null
  /** Like a matcher: what it fits are visits that failed. */
  failure: Matcher | null
  /** A visit that takes longer is late: since the touchpoint before it, or since the one `target_from` names. */
  target_seconds: number | null
  target_from: string | null
  profile: TouchpointProfile
  /** The maps it stands on. */
  maps: { id: string; title: string }[]
}

/** What may be said of a touchpoint besides where it is and which events it is; what is not said is absent. */
export interface TouchpointProfile {
  /** The sentence: I [doing] on [channel] because [reason]. */
  doing?: string
  reason?: string
  /** 1 (least) to 5. */
  importance_to_customer?: number
  importance_to_company?: number
  /** How well we do there, as we judge ourselves: 1 to 5. */
  performance?: number
  owner?: Owner
  medium?: 'physical' | 'digital'
  device?: string
  surroundings?: string
  initiator?: 'customer' | 'company'
}

export type TouchpointFields = Omit<Touchpoint, 'id' | 'maps' | 'profile'> & {
  [K in keyof TouchpointProfile]-?: TouchpointProfile[K] | null
}

export const CONTENT_KINDS = ['article', 'video', 'guide', 'offer', 'tool', 'event', 'other'] as const
export type ContentKind = (typeof CONTENT_KINDS)[number]

export interface Content {
  id: string
  name: string
  kind: ContentKind
  link: string
  persona: string | null
  stage: string
  question: string
  /** The maps it stands on. */
  maps: { id: string; title: string }[]
}

/** What a matcher finds among the recorded events. */
export interface MatchResult {
  events: number
  persons: number
  examples: { person: string; at: string; name: string; properties: Record<string, unknown> }[]
  /** Event names (or patterns) of the matcher that no recorded event has. */
  never_seen: string[]
  unknown_properties: string[]
  also_matched_by: { id: string; name: string; events: number }[]
}

export const PERSONA_TEXTS = ['archetype', 'gender', 'age_range', 'job_title', 'education', 'location', 'income'] as const
export const PERSONA_LONG = ['quote', 'description', 'lifestyle', 'scenario'] as const
export const PERSONA_LISTS = ['values', 'goals', 'motivations', 'needs', 'pains', 'barriers', 'channels', 'brands'] as const

/** The features of a drawn portrait, as `maps/personas.py` knows them; what is not chosen is drawn as the first of its kind. */
export const PORTRAIT_FEATURES = {
  skin: ['light', 'fair', 'olive', 'tan', 'brown', 'dark'],
  hair: ['short', 'side', 'curly', 'long', 'bun', 'none'],
  hair_color: ['black', 'brown', 'light', 'gray', 'white'],
  cover: ['none', 'scarf', 'maghnae', 'chador', 'cap'],
  cover_color: ['navy', 'teal', 'plum', 'sand', 'gray', 'black'],
  glasses: ['none', 'round', 'square'],
  beard: ['none', 'stubble', 'moustache', 'full'],
  clothes: ['shirt', 'jacket', 'sweater', 'manteau'],
  clothes_color: ['teal', 'navy', 'plum', 'sand', 'gray', 'black'],
  background: ['mint', 'sky', 'rose', 'sun', 'stone', 'lilac'],
} as const
export type PortraitFeature = keyof typeof PORTRAIT_FEATURES
export type PortraitFeatures = { [F in PortraitFeature]?: (typeof PORTRAIT_FEATURES)[F][number] }

export interface Trait {
  name: string
  /** 1 to 5 */
  value: number
}

export type Persona = {
  id: string
  name: string
  photo?: string | null
  portrait?: PortraitFeatures | null
  traits?: Trait[] | null
} & { [K in (typeof PERSONA_TEXTS)[number] | (typeof PERSONA_LONG)[number]]?: string | null } & {
  [K in (typeof PERSONA_LISTS)[number]]?: string[] | null
}
