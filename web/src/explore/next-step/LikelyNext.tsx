/** What one person will most likely do next, and when. */
import { useQuery } from '@tanstack/react-query'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { Loading } from '@/ui/States'
import { useNodeName } from '../nodeName'
import { useWhoOf } from '../queries'
import classes from './NextStep.module.css'

interface Outcome {
  event: string
  probability: number
  count: number
  of: number
  context: number
  timed: number
  median_seconds: number | null
  p25_seconds: number | null
  p75_seconds: number | null
}

interface Answer {
  last_events: string[]
  still_open: boolean
  open_after_seconds: number
  min_confidence: number
  abstains: boolean
  cases: number
  rows: Outcome[]
}

export function LikelyNext({ person, minConfidence = 0.2 }: { person: string; minConfidence?: number }) {
  const t = useT('explore/next-step')
  const shown = useFormats()
  const problem = useProblemText()
  const workspace = useWorkspace()
  const name = useNodeName()
  const who = useWhoOf('next_step')
  const asked = { person, min_confidence: minConfidence, top: 5 }
  const { data, error } = useQuery<Answer, Problem>({
    queryKey: ['paths', workspace.id, 'next_step', asked],
    queryFn: ({ signal }) =>
      post<Answer>('/api/workspaces/{w}/paths/next_step', { path: { w: workspace.id }, body: asked, signal }),
    staleTime: 60_000,
    retry: false,
  })
  if (error) return <p className="hs-soft">{problem(error).title}</p>
  if (!data) return <Loading lines={3} label={t('predicting')} />
  return (
    <section className={`${classes.next} hs-card`} aria-label={t('likely_next')}>
      <h2 className={classes.title}>{t('likely_next')}</h2>
      <p className="hs-soft">
        {!data.still_open
          ? t('ended', { time: shown.duration(data.open_after_seconds) })
          : data.abstains
            ? t('abstains', { share: shown.percent(data.min_confidence) })
            : t('after', { events: data.last_events.slice(-3).join(' → ') })}
      </p>
      <ol className={classes.outcomes} data-quiet={data.abstains || !data.still_open || undefined}>
        {data.rows.map((row) => {
          const context = data.last_events.slice(Math.max(0, data.last_events.length - row.context))
          return (
            <li key={row.event}>
              <bdi className={classes.event}>{name(row.event)}</bdi>
              <span className={classes.track} aria-hidden="true">
                <span className={classes.bar} style={{ inlineSize: `${row.probability * 100}%` }} />
              </span>
              <strong>{shown.percent(row.probability)}</strong>
              <span className="hs-faint">
                {row.median_seconds !== null &&
                  t('in_time', {
                    time: shown.shortDuration(row.median_seconds),
                    from: shown.shortDuration(row.p25_seconds ?? 0),
                    to: shown.shortDuration(row.p75_seconds ?? 0),
                  })}
              </span>
              <button
                type="button"
                className={classes.observed}
                disabled={row.count === 0 || context.length === 0}
                onClick={() =>
                  who(t('who_title', { event: name(row.event) }), { context, event: row.event }, t('who_help'))
                }
              >
                {t('observed', { seen: row.count, of: row.of })}
              </button>
            </li>
          )
        })}
      </ol>
      <p className="hs-faint">{t('rests_on', { cases: data.cases })}</p>
    </section>
  )
}
