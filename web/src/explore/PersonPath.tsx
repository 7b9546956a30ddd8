/** What one person did, day by day. */
import { Badge, Button, CopyButton, Group, Loader, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { lazy, Suspense, useMemo } from 'react'
import { useParams } from 'react-router'
import { get } from '@/api/client'
import type { Problem } from '@/api/problem'
import { useFormats, useT } from '@/i18n/locale'
import { screenTexts } from '@/i18n/texts'
import { ChannelIcon } from '@/shell/ChannelIcon'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { ErrorState, Loading } from '@/ui/States'
import { DateTime, Duration, Num } from '@/ui/Values'
import { PersonDeviations } from './PersonDeviations'
import classes from './PersonPath.module.css'
import { constants, days, type Moment } from './timeline'
import type { PathEvent, Person } from './types'

// Its words are those of the question's own page.
const LikelyNext = lazy(async () => {
  const [found] = await Promise.all([import('./next-step/LikelyNext'), import('./question/registry')])
  await screenTexts('explore/next-step')
  return { default: found.LikelyNext }
})

/** Pauses shorter than this are not worth a line. */
const PAUSE_SECONDS = 30 * 60

export function Component() {
  const t = useT('explore')
  const { p = '' } = useParams()
  const workspace = useWorkspace()
  const problem = useProblemText()
  const path = { w: workspace.id, p }
  const person = useQuery<Person, Problem>({
    queryKey: ['person', workspace.id, p],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/persons/{p}', { path, signal }),
  })
  const events = useInfiniteQuery({
    queryKey: ['person-path', workspace.id, p],
    queryFn: ({ pageParam, signal }) =>
      get('/api/workspaces/{w}/persons/{p}/path', {
        path,
        query: { cursor: pageParam, limit: 200 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  const error = person.error ?? events.error
  const all = useMemo(() => events.data?.pages.flatMap((page) => page.items) ?? [], [events.data])
  const always = useMemo(() => constants(all), [all])
  return (
    <Screen
      width="text"
      crumbs={[{ label: t('customers'), to: 'persons' }, { label: p }]}
      actions={
        <CopyButton value={p}>
          {({ copied, copy }) => (
            <Button
              size="xs"
              variant="default"
              leftSection={copied ? <IconCheck size={14} /> : <IconCopy size={14} />}
              onClick={copy}
            >
              {copied ? t('ui:copied') : t('copy_id')}
            </Button>
          )}
        </CopyButton>
      }
    >
      {error ? (
        <ErrorState problem={problem(error)} onRetry={() => void person.refetch().then(() => events.refetch())} />
      ) : !person.data || !events.data ? (
        <Loading lines={8} />
      ) : (
        <>
          <dl className={classes.facts}>
            <div>
              <dt>{t('events')}</dt>
              <dd>
                <Num value={person.data.events} />
              </dd>
            </div>
            <div>
              <dt>{t('first_event')}</dt>
              <dd>
                <DateTime at={person.data.first_at} />
              </dd>
            </div>
            <div>
              <dt>{t('last_event')}</dt>
              <dd>
                <DateTime at={person.data.last_at} />
              </dd>
            </div>
            <div>
              <dt>{t('span')}</dt>
              <dd>
                <Duration
                  seconds={(Date.parse(person.data.last_at) - Date.parse(person.data.first_at)) / 1000}
                />
              </dd>
            </div>
          </dl>
          <PersonDeviations person={p} />
          <Suspense fallback={null}>
            <LikelyNext person={p} />
          </Suspense>
          <Constants found={always} />
          <Timeline events={all} hidden={always} />
          {events.hasNextPage && (
            <Group justify="center" mt="md">
              <Button
                variant="default"
                size="xs"
                disabled={events.isFetchingNextPage}
                onClick={() => void events.fetchNextPage()}
              >
                {events.isFetchingNextPage ? <Loader size={14} type="dots" /> : t('ui:show_more')}
              </Button>
            </Group>
          )}
        </>
      )}
    </Screen>
  )
}

/** What is true on every event, told once above them. */
function Constants({ found }: { found: Record<string, unknown> }) {
  const t = useT('explore')
  if (Object.keys(found).length === 0) return null
  return (
    <div className={classes.always}>
      <span className="hs-faint">{t('always')}</span>
      <Properties properties={found} />
    </div>
  )
}

export function Timeline({ events, hidden = {} }: { events: PathEvent[]; hidden?: Record<string, unknown> }) {
  const t = useT('explore')
  const shown = useFormats()
  return (
    <div className={classes.timeline}>
      {days(events).map((day, index) => (
        <section key={index} aria-label={shown.longDate(day.at)}>
          {day.quiet > 0 && (
            <p className={classes.quiet} data-long={day.quiet >= 30 || undefined}>
              {t('quiet_days', { count: day.quiet })}
            </p>
          )}
          <h2 className={classes.day}>{shown.longDate(day.at)}</h2>
          <ol className={classes.moments}>
            {day.moments.map((moment, at) => (
              <MomentLine key={at} moment={moment} firstOfDay={at === 0} hidden={hidden} />
            ))}
          </ol>
        </section>
      ))}
    </div>
  )
}

function MomentLine(props: { moment: Moment; firstOfDay: boolean; hidden: Record<string, unknown> }) {
  const { moment, firstOfDay, hidden } = props
  const t = useT('explore')
  const shown = useFormats()
  const { event, gap } = moment
  const paused = gap !== null && gap >= PAUSE_SECONDS && !firstOfDay
  return (
    <>
      {paused && (
        <li className={classes.pause} aria-label={t('pause', { time: shown.duration(gap) })}>
          <span>{t('pause', { time: shown.duration(gap) })}</span>
        </li>
      )}
      <li className={classes.moment}>
        <time dateTime={event.at} className={classes.time}>
          {shown.time(event.at)}
        </time>
        <Tooltip label={event.channel ?? t('no_channel')}>
          <span className={classes.dot}>
            <ChannelIcon channel={event.channel} size={15} />
          </span>
        </Tooltip>
        <div className={classes.what}>
          <bdi className={classes.name}>{event.name}</bdi>
          <Properties
            properties={Object.fromEntries(Object.entries(event.properties).filter(([name]) => !(name in hidden)))}
          />
        </div>
      </li>
    </>
  )
}

function Properties({ properties }: { properties: Record<string, unknown> }) {
  const shown = useFormats()
  return (
    <span className={classes.properties}>
      {Object.entries(properties).map(([name, value]) => (
        <Badge
          key={name}
          variant="default"
          radius="sm"
          tt="none"
          fw={400}
          className={classes.property}
          title={`${name}: ${String(value)}`}
        >
          <bdi className="hs-faint">{name}</bdi> <bdi>{property(value, shown.plain)}</bdi>
        </Badge>
      ))}
    </span>
  )
}

function property(value: unknown, plain: (value: number) => string): string {
  if (typeof value === 'number') return plain(value)
  if (typeof value === 'object' && value !== null) return JSON.stringify(value)
  return String(value)
}
