/** The state of an answer: coming, failed, of no events at all, of none in scope; else the answer itself. */
import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, useSearchParams } from 'react-router'
import type { Problem } from '@/api/problem'
import type { Language } from '@/i18n/format'
import { useLocale, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useScope, writeScope, type Scope } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { activeParts, EVERYTHING, usePathScope, writePathScope } from '../scope/pathScope'
import classes from './Answered.module.css'

const ALL: Scope = { from: null, to: null, conditions: [] }

export interface Counted {
  events: number
  /** Why there is nothing to show, where there is nothing. */
  reason?: string | Partial<Record<Language, string>> | null
}

/** The answer is dimmed while the next one comes. */
export function Answered<Answer extends Counted>(props: {
  query: UseQueryResult<Answer, Problem>
  children: (answer: Answer) => ReactNode
}) {
  const t = useT('explore')
  const problem = useProblemText()
  const workspace = useWorkspace()
  const { scope } = useScope()
  const { paths } = usePathScope()
  const [, setParams] = useSearchParams()
  const { language } = useLocale()
  const { data, error, isPlaceholderData, refetch } = props.query
  if (error) return <ErrorState problem={problem(error)} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} label={t('counting')} />
  if (data.events === 0) {
    const backwards = scope.from !== null && scope.to !== null && scope.from > scope.to
    const narrowed = scope.from !== null || scope.to !== null || scope.conditions.length > 0 || activeParts(paths) > 0
    return narrowed ? (
      <EmptyState
        title={t('none_in_scope')}
        text={t(backwards ? 'none_backwards' : 'none_in_scope_text')}
        action={
          <Button variant="light" onClick={() => setParams((old) => writePathScope(writeScope(old, ALL), EVERYTHING))}>
            {t('widen')}
          </Button>
        }
      />
    ) : (
      <EmptyState
        picture="file"
        title={t('no_events')}
        text={t('no_events_text')}
        action={
          workspace.canEdit && (
            <Button component={Link} to={`/w/${workspace.id}/imports/new`}>
              {t('import_events')}
            </Button>
          )
        }
      />
    )
  }
  const reason = typeof data.reason === 'object' ? data.reason?.[language] : data.reason
  if (reason) return <EmptyState title={t('nothing_to_show')} text={reason} />
  return (
    <div className={classes.answer} aria-busy={isPlaceholderData} data-stale={isPlaceholderData || undefined}>
      {props.children(data)}
    </div>
  )
}
