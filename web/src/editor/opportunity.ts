/** The score of an opportunity: what it brings, how sure we are, and what it costs. */
import type { Card } from './model'

export const SCORES = [1, 2, 3, 4, 5] as const

/** impact × confidence / effort, from 0.2 to 25; null until all three are said. */
export function opportunityScore({ impact, effort, confidence }: Pick<Card, 'impact' | 'effort' | 'confidence'>): number | null {
  if (impact === undefined || effort === undefined || confidence === undefined) return null
  return (impact * confidence) / effort
}
