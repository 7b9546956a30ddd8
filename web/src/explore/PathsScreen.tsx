/** What the four questions about paths share: their tabs, and the state of their answer. */
import { Button } from '@mantine/core'
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { Link, NavLink } from 'react-router'
import type { Problem } from '@/api/problem'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useScope, useScopeSearch } from '@/shell/scope'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import classes from './PathsScreen.module.css'

const QUESTIONS = ['overview', 'flow', 'variants', 'funnel'] as const
export type Question = (typeof QUESTIONS)[number]

export function PathsScreen(props: {
  question: Question
  width?: 'wide' | 'full'
  aside?: ReactNode
  children: ReactNode
}) {
  const t = useT('explore')
  const workspace = useWorkspace()
  const search = useScopeSearch()
  const full = props.width === 'full'
  return (
    <Screen
      scoped
      bare
      width={props.width ?? 'wide'}
      aside={props.aside}
      crumbs={[{ label: t('paths'), to: 'paths' }, { label: t(props.question) }]}
    >
      <nav className={classes.tabs} data-full={full || undefined} aria-label={t('questions')}>
        {QUESTIONS.map((question) => (
          <NavLink
            key={question}
            end
            to={`/w/${workspace.id}/paths${question === 'overview' ? '' : `/${question}`}${search}`}
            className={classes.tab}
          >
            {t(question)}
          </NavLink>
        ))}
      </nav>
      {props.children}
    </Screen>
  )
}

/** Loading, failed, no events at all, none in scope; else the answer, dimmed while the next one comes. */
export function Answered<Answer extends { events: number }>(props: {
  query: UseQueryResult<Answer, Problem>
  children: (answer: Answer) => ReactNode
}) {
  const t = useT('explore')
  const problem = useProblemText()
  const workspace = useWorkspace()
  const { scope, setScope } = useScope()
  const { data, error, isPlaceholderData, refetch } = props.query
  if (error) return <ErrorState problem={problem(error)} onRetry={() => void refetch()} />
  if (!data) return <Loading lines={8} label={t('counting')} />
  if (data.events === 0) {
    const narrowed = scope.from !== null || scope.to !== null || scope.conditions.length > 0
    return narrowed ? (
      <EmptyState
        title={t('none_in_scope')}
        text={t('none_in_scope_text')}
        action={
          <Button variant="light" onClick={() => setScope({ from: null, to: null, conditions: [] })}>
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
  return (
    <div className={classes.answer} aria-busy={isPlaceholderData} data-stale={isPlaceholderData || undefined}>
      {props.children(data)}
    </div>
  )
}
