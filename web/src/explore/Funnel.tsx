/** How far people come along steps of one's own choice. */
import { useSearchParams } from 'react-router'
import { useT } from '@/i18n/locale'
import { EmptyState } from '@/ui/States'
import classes from './Funnel.module.css'
import { readFunnel } from './funnelAddress'
import { FunnelBars } from './FunnelBars'
import { FunnelSteps } from './FunnelSteps'
import { Answered, PathsScreen } from './PathsScreen'
import { useEventNames, usePaths } from './queries'
import type { FunnelAnswer } from './types'

export function Component() {
  const t = useT('explore')
  const [params] = useSearchParams()
  const asked = readFunnel(params)
  const names = useEventNames()
  const query = usePaths<FunnelAnswer>(
    'funnel',
    { steps: asked.steps, ...(asked.within === null ? {} : { within_seconds: asked.within }) },
    asked.steps.length > 0,
  )
  return (
    <PathsScreen question="funnel">
      <div className={classes.layout}>
        <FunnelSteps asked={asked} names={names.data?.items ?? []} />
        <div className={classes.result}>
          {asked.steps.length === 0 ? (
            <EmptyState picture="funnel" title={t('funnel_empty')} text={t('funnel_empty_text')} />
          ) : (
            <Answered query={query}>{(answer) => <FunnelBars answer={answer} asked={asked} />}</Answered>
          )}
        </div>
      </div>
    </PathsScreen>
  )
}
