/** What a drop of cards does: the dragged one, or all that are chosen with it, stand together at the new place. */
import { useCallback } from 'react'
import { moveCards } from '@/editor/manyCards'
import type { Place } from '@/editor/reach'
import { useT } from '@/i18n/locale'
import { usePlaceName } from '../cards/placeName'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import type { Dragged } from './drag'

export function useDropCards(): (what: Dragged, place: Place, before: string | null) => void {
  const t = useT('maps/cards')
  const { map, run, announce } = useSession()
  const { picks } = useChoosing()
  const placeName = usePlaceName()
  return useCallback(
    (what, place, before) => {
      const many = picks.has(what.id) ? picks.ids : new Set([what.id])
      const commands = moveCards(map, many, place, before)
      run(commands)
      const moved = map.card(what.id)
      if (moved && commands.length > 1) announce(t('moved_n', { count: commands.length, ...placeName(moved) }))
    },
    [t, map, run, announce, picks, placeName],
  )
}
