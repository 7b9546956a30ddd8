/** The workspace's library: what maps share. */
import type { ChannelKind, Matcher } from '@/editor/model'

export interface Channel {
  id: string
  name: string
  kind: ChannelKind
  touchpoints?: number
}

export interface Touchpoint {
  id: string
  name: string
  description: string
  channel: string | null
  matcher: Matcher | null
  /** On how many maps it stands. */
  maps?: number
}

/** What a matcher finds among the recorded events. */
export interface MatchResult {
  events: number
  persons: number
  examples: { person: string; at: string; name: string; properties: Record<string, unknown> }[]
  never_seen: string[] | boolean
  also_matched_by: { id: string; name: string; events?: number }[]
}
