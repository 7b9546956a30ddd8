/** The opportunities of a map and their scores: what each brings, how sure we are, and what it costs. */
import type { Snapshot } from './document'
import { cellKey, type Card } from './model'

export const SCORES = [1, 2, 3, 4, 5] as const

/** impact × confidence / effort, from 0.2 to 25; null until all three are said. */
export function opportunityScore({ impact, effort, confidence }: Pick<Card, 'impact' | 'effort' | 'confidence'>): number | null {
  if (impact === undefined || effort === undefined || confidence === undefined) return null
  return (impact * confidence) / effort
}

export interface Opportunity {
  card: Card
  /** The name of its stage. */
  stage: string
  score: number | null
}

/** The cards of the opportunities lanes, in the order of the map. */
export function opportunitiesOf({ lanes, stages, cells, cards }: Pick<Snapshot, 'lanes' | 'stages' | 'cells' | 'cards'>): Opportunity[] {
  const own = lanes.filter((lane) => lane.kind === 'opportunities')
  return stages.flatMap((stage) =>
    own.flatMap((lane) =>
      (cells.get(cellKey(stage.id, lane.id)) ?? []).map((id) => {
        const card = cards.get(id)!
        return { card, stage: stage.name, score: opportunityScore(card) }
      }),
    ),
  )
}

export const SORTS = ['score', 'impact', 'effort', 'confidence', 'map'] as const
export type Sort = (typeof SORTS)[number]

/** Best first: effort from the least, all else from the most; what is not said comes last, and equals keep the map's order. */
export function byScore(found: readonly Opportunity[], sort: Sort): Opportunity[] {
  if (sort === 'map') return [...found]
  const value = ({ card, score }: Opportunity): number => {
    const one = sort === 'score' ? score : (card[sort] ?? null)
    if (one === null) return -Infinity
    return sort === 'effort' ? -one : one
  }
  return [...found].sort((a, b) => (value(a) === value(b) ? 0 : value(b) - value(a)))
}
