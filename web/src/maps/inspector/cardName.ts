/** What a card is called in a sentence: its own text, else its touchpoint's name. */
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { isolate } from '../isolate'
import { useLibrary } from '../library'
import { useMap } from '../session'

export function useCardName(): (card: string) => string {
  const cards = useMap((snapshot) => snapshot.cards)
  const { touchpoints } = useLibrary()
  return (card) => {
    const one = cards.get(card)
    return plainText(one?.text ?? '') || (one?.touchpoint ? touchpoints.get(one.touchpoint)?.name : '') || ''
  }
}

/** Where an event off the map stands: the same one often lies between several pairs of touchpoints. */
export function useBetween(): (passage: { from_card: string; to_card: string }) => string {
  const t = useT('maps')
  const nameOf = useCardName()
  return ({ from_card, to_card }) =>
    t('between', { from: isolate(nameOf(from_card)), to: isolate(nameOf(to_card)) })
}
