/** How far people come along steps of one's own choice, how fast, and what the others do. */
import { useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'
import { QuestionPage, useAsked, useQuestion } from '../question'
import type { FunnelAnswer } from '../types'
import { FUNNEL, funnelRequest } from './funnelAddress'
import { FunnelBars } from './FunnelBars'
import { FunnelSteps } from './FunnelSteps'
import { FunnelGroups, FunnelTimes } from './FunnelTimes'

export function Component() {
  const t = useT('explore')
  const [asked, ask] = useAsked(FUNNEL)
  const answer = useQuestion<FunnelAnswer>(funnelRequest(asked))
  return (
    <QuestionPage
      asked={answer}
      builder={<FunnelSteps asked={asked} ask={ask} />}
      unasked={<EmptyState picture="funnel" title={t('funnel_empty')} text={t('funnel_empty_text')} />}
    >
      {(answer) => (
        <>
          <FunnelBars answer={answer} asked={asked} />
          <FunnelTimes answer={answer} />
          <FunnelGroups answer={answer} asked={asked} />
        </>
      )}
    </QuestionPage>
  )
}
