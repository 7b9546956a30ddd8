import { useT } from '@/i18n/locale'
import { alternatives } from '../scope/pathScope'

/** How a step is called: its names joined by "or". */
export function useStepName(): (step: string) => string {
  const t = useT('explore/funnel')
  return (step) => alternatives(step).join(t('or'))
}
