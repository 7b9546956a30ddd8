/** Which parts of a map somebody should answer for; the same lanes as the server's `maps/owned.py`. */
import type { Snapshot } from './document'
import type { Card } from './model'

/** Lanes whose cards are somebody's work; what the customer thinks and feels belongs to nobody of ours. */
export const WORK_LANES: ReadonlySet<string> = new Set([
  'actions', 'touchpoints', 'content', 'opportunities', 'evidence_physical', 'frontstage', 'backstage', 'support',
])

/** The work of a stage that nobody answers for. */
export function unownedIn({ cards, lanes }: Snapshot, stage: string): Card[] {
  const work = new Set(lanes.filter((lane) => WORK_LANES.has(lane.kind)).map((lane) => lane.id))
  return [...cards.values()].filter((card) => card.stage === stage && !card.owner && work.has(card.lane))
}
