/** What a presentation shows of a map, and the way through it. */
import type { Lane } from '@/editor/model'
import { holdsCards } from '@/editor/moves'

/** Everything but notes to ourselves; or only what the customer sees, does and feels. */
export type Whose = 'team' | 'customer'

const CUSTOMERS = ['problem', 'goals', 'expectations', 'actions', 'touchpoints', 'thoughts', 'feelings', 'quotes', 'pains', 'gains', 'evidence_physical']

export const lanesShown = (lanes: readonly Lane[], whose: Whose): Lane[] =>
  lanes.filter((lane) => !lane.hidden && holdsCards(lane.kind) && lane.kind !== 'text' && (whose === 'team' || CUSTOMERS.includes(lane.kind)))

/** The place a key leads to, of `count` places from 0; null for a key that means nothing here. `forward` mirrors in Persian. */
export function placeOfKey(key: string, shift: boolean, at: number, count: number, dir: 'ltr' | 'rtl'): number | null {
  const [forward, back] = dir === 'rtl' ? ['ArrowLeft', 'ArrowRight'] : ['ArrowRight', 'ArrowLeft']
  const to = (next: number) => Math.max(0, Math.min(count - 1, next))
  if (key === forward || key === 'PageDown' || (key === ' ' && !shift)) return to(at + 1)
  if (key === back || key === 'PageUp' || (key === ' ' && shift)) return to(at - 1)
  if (key === 'Home') return 0
  return key === 'End' ? count - 1 : null
}
