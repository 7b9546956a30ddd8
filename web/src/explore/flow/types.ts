import type { RateValue } from '@/ui/Values'

export const OTHER = '(other)'

export interface FlowNode {
  step: number
  node: string
  count: number
  persons: number
  share: number | null
  interval: RateValue
}

/** From a node at `step` to one at the next step. */
export interface FlowLink {
  step: number
  source: string
  target: string
  count: number
  persons: number
}

export interface FlowAnswer {
  events: number
  persons: number
  anchor: string
  before: number
  after: number
  unit: 'person' | 'session' | 'instance'
  paths: number
  occurrences: number
  anchor_paths: number
  anchor_persons: number
  nodes: FlowNode[]
  links: FlowLink[]
}

export type Chosen = { step: number; node: string }
