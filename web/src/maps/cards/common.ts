import type { Card } from '@/editor/model'

/** What all the cards say of a field; undefined when they differ. */
export function common<Field extends keyof Card>(cards: readonly Card[], field: Field): Card[Field] | undefined {
  const first = cards[0]?.[field]
  return cards.every((card) => JSON.stringify(card[field]) === JSON.stringify(first)) ? first : undefined
}
