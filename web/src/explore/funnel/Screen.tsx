/** How far people come along steps of one's own choice. */
import { useSearchParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'
import { QuestionPage, useQuestion } from '../question'
import { useEventNames } from '../queries'
import type { FunnelAnswer } from '../types'
import { readFunnel } from './funnelAddress'
import { FunnelBars } from './FunnelBars'
import { FunnelSteps } from './FunnelSteps'

export function Component() {
  const t = useT('explore')
  const [params] = useSearchParams()
  const asked = readFunnel(params)
  const names = useEventNames()
  const answer = useQuestion<FunnelAnswer>(
    asked.steps.length === 0
      ? null
      : { steps: asked.steps, ...(asked.within === null ? {} : { within_seconds: asked.within }) },
  )
  return (
    <QuestionPage
      asked={answer}
      builder={<FunnelSteps asked={asked} names={names.data?.items ?? []} />}
      unasked={<EmptyState picture="funnel" title={t('funnel_empty')} text={t('funnel_empty_text')} />}
    >
      {(answer) => <FunnelBars answer={answer} asked={asked} />}
    </QuestionPage>
  )
}
