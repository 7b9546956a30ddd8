/** Short names for the shapes that cross the door; the OpenAPI document is where they are defined. */
import type { components } from './schema'

type Schemas = components['schemas']

export type User = Schemas['UserOut']
export type Workspace = Schemas['WorkspaceOut']
export type Session = Schemas['SessionOut']
export type Member = Schemas['MemberOut']
export type Role = Member['role']
export type Teams = Schemas['TeamsOut']
export type OwnedPart = Schemas['OwnedOut']
export type OwnedCount = Schemas['OwnedCountOut']
export type OwnedTouchpoint = Schemas['OwnedTouchpointOut']
export type Team = Schemas['TeamOut']
export type MapStyle = Schemas['StyleOut']
export type MapLogo = Schemas['LogoOut']
export type MapFile = Schemas['MapFileOut']
export type Job = Schemas['JobOut']
export type EventName = Schemas['EventNameOut']
export type EventProperty = Schemas['PropertyOut']

export interface Page<T> {
  items: T[]
  next: string | null
  total?: number | null
}

/** A rule over an event's property, as `lib.conditions` reads it. */
export interface Condition {
  property: string
  op: '=' | 'in' | '<' | '>' | 'exists'
  value?: string | number | boolean | (string | number)[]
}

/** A person behind a number: with their events, or their instances of a map. */
export interface WhoItem {
  person: string
  instances?: number | null
  events?: number | null
}
