/** Where on the map the reader is: the cell of the focus, else that of the selected card. */
import type { MapDoc } from '@/editor/document'
import type { Place } from '@/editor/reach'
import { stepOfCard } from '@/editor/moves'
import type { Picks } from '../picks'

/** `after`: the card itself, when the focus or the selection is on one. */
export function currentPlace(map: MapDoc, picks: Picks): { place: Place; after: string | null } | null {
  const focus = document.activeElement
  const focused = focus?.closest<HTMLElement>('[data-card]')?.dataset.card
  const cell = focus?.closest<HTMLElement>('[data-cell]')?.dataset.cell
  const card = map.card(focused ?? (cell ? '' : (picks.selected ?? [...picks.ids].at(-1) ?? '')))
  if (card) return { place: { stage: card.stage, step: stepOfCard(map, card), lane: card.lane }, after: card.id }
  if (!cell) return null
  const [stage, lane, step] = cell.split('|')
  return { place: { stage: stage!, lane: lane!, step: step ?? null }, after: null }
}
