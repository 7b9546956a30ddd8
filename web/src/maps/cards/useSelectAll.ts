/** Ctrl+A: first the cards of the cell where the focus is, then of its lane, then of the map. */
import { useCallback } from 'react'
import { stepOfCard } from '@/editor/moves'
import { allCards, laneCards } from '@/editor/reach'
import { useT } from '@/i18n/locale'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import { currentPlace } from './currentPlace'

export function useSelectAll(): () => boolean {
  const t = useT('maps/cards')
  const { map, announce } = useSession()
  const { picks, pick } = useChoosing()
  return useCallback(() => {
    const at = currentPlace(map, picks)
    const card = at?.after ? map.card(at.after) : undefined
    const cell = at ? map.part(at.place.stage, at.place.step, at.place.lane) : []
    const sets = [card ? map.part(card.stage, stepOfCard(map, card), card.lane) : cell, at ? laneCards(map, at.place.lane) : [], allCards(map)]
    const next = sets.find((ids) => ids.length > 0 && !(ids.length <= picks.ids.size && ids.every((id) => picks.has(id)))) ?? sets[2]!
    if (next.length === 0) return false
    pick(next, at?.after ?? next[0]!)
    announce(t('selected_n', { count: next.length }))
    return true
  }, [t, map, announce, picks, pick])
}
