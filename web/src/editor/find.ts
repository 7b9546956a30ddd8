/** Finding in a map: stages, steps and cards, by what they say, their tags and who owns them. */
import { searchKey } from '@/i18n/searchKey'
import type { Snapshot } from './document'
import { partKey, type Card } from './model'
import { plainText } from './richText'

export interface Match {
  kind: 'stage' | 'step' | 'card'
  id: string
}

/**
 * Matches in reading order: stage by stage, step by step, lane by lane; hidden lanes are left out. `touchpoint` gives the
 * library's name of a card's touchpoint. Nothing but spaces finds nothing.
 */
export function findInMap(snapshot: Snapshot, query: string, touchpoint: (id: string) => string | undefined): Match[] {
  const key = searchKey(query)
  if (key === '') return []
  const has = (...texts: (string | undefined)[]) => texts.some((text) => text !== undefined && searchKey(text).includes(key))
  const cardHas = (card: Card) =>
    has(plainText(card.text), card.owner?.name, card.touchpoint && touchpoint(card.touchpoint), ...(card.tags ?? []).map((tag) => `#${tag}`))
  const lanes = snapshot.lanes.filter((lane) => !lane.hidden)
  const found: Match[] = []
  for (const stage of snapshot.stages) {
    if (has(stage.name, stage.description, stage.owner?.name)) found.push({ kind: 'stage', id: stage.id })
    for (const step of [null, ...snapshot.steps.filter((one) => one.stage === stage.id)]) {
      if (step && has(step.name, step.description)) found.push({ kind: 'step', id: step.id })
      for (const lane of lanes) {
        for (const id of snapshot.parts.get(partKey(stage.id, step?.id ?? null, lane.id)) ?? []) {
          if (cardHas(snapshot.cards.get(id)!)) found.push({ kind: 'card', id })
        }
      }
    }
  }
  return found
}
