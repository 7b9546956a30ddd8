import { useCallback } from 'react'
import { useT } from '@/i18n/locale'
import { END, START } from './types'

/** The two ends of every path have names of ours; all others are the events' own. */
export function useNodeName(): (name: string) => string {
  const t = useT('explore')
  return useCallback((name) => (name === START ? t('start') : name === END ? t('end') : name), [t])
}
