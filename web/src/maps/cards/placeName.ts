/** Where a card stands, as a sentence names it. */
import { useCallback } from 'react'
import { stepOfCard } from '@/editor/moves'
import type { Card } from '@/editor/model'
import { useT } from '@/i18n/locale'
import { useSession } from '../session'

export function usePlaceName(): (card: Card) => { stage: string; lane: string } {
  const t = useT('maps')
  const { map } = useSession()
  return useCallback(
    (card) => {
      const { stages, steps, lanes } = map.snapshot
      const stage = stages.find((one) => one.id === card.stage)?.name ?? ''
      const step = steps.find((one) => one.id === stepOfCard(map, card))
      const lane = lanes.find((one) => one.id === card.lane)
      return {
        stage: step ? t('maps/board:in_step', { stage, step: step.name }) : stage,
        lane: lane ? lane.name || t(`lane.${lane.kind}`) : '',
      }
    },
    [map, t],
  )
}
