/** The shapes that cross the door. */
import type { Calendar, Language } from '@/i18n/format'

export type Role = 'owner' | 'admin' | 'editor' | 'viewer'

export interface User {
  id: string
  name: string
  email: string
  language: Language
  calendar: Calendar
  theme: 'auto' | 'light' | 'dark'
  has_password: boolean
}

export interface Workspace {
  id: string
  name: string
  role: Role
  is_sample: boolean
  language: Language
}

export interface Session {
  user: User | null
  workspaces: Workspace[]
  setup_needed: boolean
  version: string
}

export interface Page<T> {
  items: T[]
  next: string | null
  total?: number | null
}

export interface Member {
  id: string
  user_id: string
  name: string
  email: string
  role: Role
  joined: boolean
  created_at: string
}

export interface Job {
  id: string
  kind: string
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled'
  done: number
  total: number | null
  error: Record<string, unknown> | null
  created_at: string
  finished_at: string | null
}

export interface Condition {
  property: string
  op: '=' | 'in' | '<' | '>' | 'exists'
  value?: string | number | boolean | (string | number)[]
}

export interface EventName {
  name: string
  events: number
  persons: number
}

export interface EventProperty {
  name: string
  values: (string | number | boolean)[]
  kind: string
}

export interface WhoItem {
  person: string
  instances?: number | null
  events?: number | null
}
