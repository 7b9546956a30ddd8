import { useCallback } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { isolated } from '../isolated'
import { END, START } from '../types'
import { OTHER } from './types'

/** The nodes that are not events have names of ours. */
export function useFlowName(): (name: string) => string {
  const t = useT('explore/flow')
  return useCallback(
    (name) => (name === START ? t('start') : name === END ? t('end') : name === OTHER ? t('other') : name),
    [t],
  )
}

/** Each name keeps its own direction, so that the arrow between two points where reading goes. */
export function useLinkName(): (link: { source: string; target: string }) => string {
  const t = useT('explore/flow')
  const nameOf = useFlowName()
  return useCallback(
    ({ source, target }) => t('link', { source: isolated(nameOf(source)), target: isolated(nameOf(target)) }),
    [t, nameOf],
  )
}

export function useStepName(): (step: number) => string {
  const t = useT('explore/flow')
  const shown = useFormats()
  return useCallback(
    (step) =>
      step === 0
        ? t('anchor')
        : step < 0
          ? t('steps_before', { n: shown.num(-step) })
          : t('steps_after', { n: shown.num(step) }),
    [t, shown],
  )
}
