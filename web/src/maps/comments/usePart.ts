/** What a thread is about: its name in words, and the way to it on the map. */
import { useCallback } from 'react'
import { useT } from '@/i18n/locale'
import { useCardName } from '../inspector/cardName'
import { focusCell, focusPart } from '../focus'
import { isolate } from '../isolate'
import { useChoosing } from '../selection'
import { useMap } from '../session'
import type { About } from './api'

type Details = Readonly<Record<string, unknown>>
const NOTHING: Details = {}

/** As it is called now; what is gone, as it was last called (`details`). */
export function usePartName(): (about: About, details?: Details) => string {
  const t = useT('maps/comments')
  const stages = useMap((snapshot) => snapshot.stages)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const cardName = useCardName()
  return ({ part, target }, details = NOTHING) => {
    const known = (name: string) => (typeof details[name] === 'string' ? details[name] : '')
    const stageName = (id: string | undefined, field: string) => stages.find((one) => one.id === id)?.name || known(field)
    const laneName = (id: string | undefined, field: string) => {
      const lane = lanes.find((one) => one.id === id)
      const kind = lane?.kind ?? known('lane_kind')
      return lane?.name || known(field) || (kind ? t(`maps:lane.${kind}`) : '')
    }
    if (part === 'map') return t('part.map')
    if (part === 'cell') {
      const [stage, lane] = target.split('|')
      return t('part.cell', { lane: isolate(laneName(lane, 'lane')), stage: isolate(stageName(stage, 'stage')) })
    }
    const name = part === 'card' ? cardName(target) || known('name') : part === 'stage' ? stageName(target, 'name') : laneName(target, 'name')
    return t(`part.${part}`, { name: isolate(name || t('maps:card_empty')) })
  }
}

/** Selects what a thread is about, and puts the focus on it; null when there is nothing to show. */
export function useShowPart(): (about: About) => (() => void) | null {
  const { select } = useChoosing()
  return useCallback(
    ({ part, target }) => {
      if (part === 'card' || part === 'stage') {
        return () => {
          select({ kind: part, id: target })
          focusPart(part === 'card' ? 'card' : 'stage-head', target)
        }
      }
      if (part === 'lane') return () => focusPart('lane-head', target)
      return part === 'cell' ? () => focusCell(target) : null
    },
    [select],
  )
}
