/** The keyboard of a card: write, select, delete, walk to its neighbours, move it; and the same for several chosen together. */
import { useCallback, type KeyboardEvent } from 'react'
import { moveCardStep, stepOfKey } from '@/editor/moves'
import { deleteCards, shiftCards } from '@/editor/manyCards'
import { between, neighbour } from '@/editor/reach'
import { useLocale, useT } from '@/i18n/locale'
import { usePlaceName } from '../cards/placeName'
import { focusPart } from '../focus'
import { useChoosing } from '../selection'
import { useSession } from '../session'

export function useCardKeys(id: string, text: string): (event: KeyboardEvent) => void {
  const t = useT('maps')
  const { dir } = useLocale()
  const { map, run, readOnly, announce } = useSession()
  const { picks, select, edit, pick } = useChoosing()
  const placeName = usePlaceName()
  return useCallback(
    (event) => {
      if (event.target !== event.currentTarget) return
      const many = picks.has(id) && picks.ids.size > 1 ? picks.ids : null
      const mod = event.ctrlKey || event.metaKey
      const step = stepOfKey(event.key, dir)
      const done = () => event.preventDefault()
      if (event.key === 'Enter' || event.key === 'F2') {
        done()
        if (readOnly) select({ kind: 'card', id })
        else edit(`card:${id}`)
      } else if (event.key === ' ') {
        done()
        if (mod) {
          const next = new Set(picks.ids.size > 0 ? picks.ids : picks.selected ? [picks.selected] : [])
          if (!next.delete(id)) next.add(id)
          pick(next, id)
          announce(t('maps/cards:selected_n', { count: next.size }))
        } else select({ kind: 'card', id })
      } else if (event.key === 'Delete' && !readOnly) {
        done()
        if (many) {
          const commands = deleteCards(map, many)
          run(commands)
          select(null)
          announce(t('maps/cards:deleted_n', { count: commands.length }))
        } else {
          run({ do: 'delete_card', id })
          announce(t('said.card_deleted', { text }))
        }
      } else if (step && event.altKey && !readOnly) {
        done()
        const one = many ? null : moveCardStep(map, id, step)
        const commands = many ? shiftCards(map, many, step) : one && [one]
        if (!commands) return many ? announce(t('maps/cards:at_edge')) : undefined
        run(commands)
        const place = placeName(map.card(id)!)
        announce(many ? t('maps/cards:moved_n', { count: commands.length, ...place }) : t('said.card_moved', { text, ...place }))
        focusPart('card', id)
      } else if (step && !event.altKey && !mod) {
        done()
        const next = neighbour(map, id, step)
        if (!next) return
        if (event.shiftKey) {
          if (picks.ids.size === 0) picks.anchor = id
          const reached = between(map, picks.anchor ?? id, next)
          pick(reached, next)
          announce(t('maps/cards:selected_n', { count: reached.length }))
        }
        focusPart('card', next)
      }
    },
    [id, text, t, dir, map, run, readOnly, announce, picks, select, edit, pick, placeName],
  )
}
