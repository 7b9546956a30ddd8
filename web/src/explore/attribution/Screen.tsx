/** Which channels the conversions are credited to: several models side by side. */
import { Checkbox, NativeSelect } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { get } from '@/api/client'
import { Bars } from '@/charts/Bars'
import { useFormats, useT } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/States'
import { Num } from '@/ui/Values'
import { Definition, Drawing, EventPick, param, QuestionPage, useAsked, useQuestion, WhoNumber } from '../question'
import { useWhoOf } from '../queries'
import classes from './Attribution.module.css'

const MODELS = ['first', 'last', 'linear', 'position', 'time_decay', 'shapley', 'markov'] as const
type Model = (typeof MODELS)[number]
const DRAWN: Model[] = ['last', 'shapley', 'markov']
const EVENTS = '(events)'
const LOOKBACKS = [null, 86_400, 7 * 86_400, 30 * 86_400, 90 * 86_400]

interface Row {
  channel: string
  model: Model
  conversions: number
  share: number
  low: number | null
  high: number | null
  value: number | null
}

interface Channel {
  channel: string
  touches: number
  conversions_with: number
  persons: number
  removal_effect: number | null
}

interface Answer {
  events: number
  persons: number
  conversions: number
  converting_persons: number
  conversions_without_touch: number
  journeys_without_conversion: number
  value: number | null
  other_channels: number
  order: number
  channels: Channel[]
  rows: Row[]
}

const SPEC = {
  conversion: param.text(),
  over: param.text('channel'),
  value: param.text(),
  counted: param.oneOf('every', 'first'),
  lookback: param.time(),
  order: param.number(1, 1, 4),
  hide: param.list(),
  show: param.list(),
}

export function Component() {
  const t = useT('explore/attribution')
  const shown = useFormats()
  const workspace = useWorkspace()
  const [asked, ask] = useAsked(SPEC)
  const properties = useQuery({
    queryKey: ['properties', workspace.id],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/events/properties', { path: { w: workspace.id }, signal }),
    staleTime: 60_000,
  })
  const names = [...new Set(['channel', ...(properties.data ?? []).map(({ name }) => name)])]
  const request = asked.conversion
    ? {
        conversion: asked.conversion,
        over: asked.over === EVENTS ? null : asked.over,
        counted: asked.counted,
        lookback_seconds: asked.lookback,
        order: asked.order,
        ...(asked.value ? { value: asked.value } : {}),
      }
    : null
  const answer = useQuestion<Answer>(request)
  return (
    <QuestionPage
      asked={answer}
      controls={
        <>
          <EventPick
            one
            label={t('conversion')}
            none={t('conversion_first')}
            value={asked.conversion || null}
            onChange={(conversion) => ask({ conversion: conversion ?? '' })}
          />
          <NativeSelect
            size="sm"
            label={t('over')}
            value={asked.over}
            data={[
              ...[...new Set([...names, asked.over])]
                .filter((name) => name !== EVENTS)
                .map((name) => ({ value: name, label: name === 'channel' ? t('channel') : name })),
              { value: EVENTS, label: t('events_themselves') },
            ]}
            onChange={(event) => ask({ over: event.currentTarget.value })}
          />
          <NativeSelect
            size="sm"
            label={t('lookback')}
            value={asked.lookback ?? ''}
            data={[...new Set([...LOOKBACKS, asked.lookback])].map((seconds) => ({
              value: String(seconds ?? ''),
              label: seconds === null ? t('any_time') : shown.duration(seconds),
            }))}
            onChange={(event) => ask({ lookback: Number(event.currentTarget.value) || null })}
          />
          <NativeSelect
            size="sm"
            label={t('counted')}
            value={asked.counted}
            data={[
              { value: 'every', label: t('every') },
              { value: 'first', label: t('first_only') },
            ]}
            onChange={(event) => ask({ counted: event.currentTarget.value as 'every' | 'first' })}
          />
          <NativeSelect
            size="sm"
            label={t('value')}
            value={asked.value}
            data={[
              { value: '', label: t('no_value') },
              ...[...new Set([...names.filter((name) => name !== 'channel'), asked.value])].filter(Boolean),
            ]}
            onChange={(event) => ask({ value: event.currentTarget.value })}
          />
          <NativeSelect
            size="sm"
            label={t('order')}
            value={String(asked.order)}
            data={[1, 2, 3, 4].map((order) => ({ value: String(order), label: shown.num(order) }))}
            onChange={(event) => ask({ order: Number(event.currentTarget.value) })}
          />
        </>
      }
      unasked={<EmptyState picture="funnel" title={t('unasked')} text={t('unasked_text')} />}
    >
      {(found) => (
        <Credits
          answer={found}
          selector={request ?? {}}
          drawn={MODELS.filter((one) =>
            asked.show.includes(one) || (DRAWN.includes(one) && !asked.hide.includes(one)),
          )}
          onDrawn={(models) =>
            ask({
              show: models.filter((one) => !DRAWN.includes(one)),
              hide: DRAWN.filter((one) => !models.includes(one)),
            })
          }
        />
      )}
    </QuestionPage>
  )
}

function Credits(props: {
  answer: Answer
  selector: Record<string, unknown>
  drawn: Model[]
  onDrawn: (models: Model[]) => void
}) {
  const t = useT('explore/attribution')
  const shown = useFormats()
  const who = useWhoOf('attribution')
  const { answer, drawn } = props
  if (answer.conversions === 0) return <EmptyState title={t('none')} text={t('none_text')} />
  const credit = new Map(answer.rows.map((row) => [`${row.model}/${row.channel}`, row]))
  const of = (model: Model, channel: string) => credit.get(`${model}/${channel}`)
  const order = drawn.at(-1) ?? 'last'
  const label = (channel: string) =>
    channel === '(none)' ? t('no_touch') : channel === '(other)' ? t('other', { n: answer.other_channels }) : channel
  const channels = [...answer.channels].sort(
    (one, other) => (of(order, other.channel)?.share ?? 0) - (of(order, one.channel)?.share ?? 0),
  )
  const open = (channel: string) =>
    who(t('who_title', { channel: label(channel) }), { ...props.selector, channel }, t('who_help'))
  const columns: Column<Channel>[] = [
    {
      key: 'channel',
      header: t('channel'),
      bare: true,
      cell: (row) => <bdi>{label(row.channel)}</bdi>,
      sort: (row) => row.channel,
    },
    {
      key: 'persons',
      header: t('persons'),
      help: <Definition term="touched" />,
      align: 'end',
      cell: (row) => (
        <WhoNumber
          value={row.persons}
          title={t('who_title', { channel: label(row.channel) })}
          selector={{ ...props.selector, channel: row.channel }}
          help={t('who_help')}
        />
      ),
      sort: (row) => row.persons,
    },
    {
      key: 'with',
      header: t('conversions_with'),
      align: 'end',
      cell: (row) => <Num value={row.conversions_with} />,
      sort: (row) => row.conversions_with,
    },
    ...drawn.map(
      (model): Column<Channel> => ({
        key: model,
        header: t(`model.${model}`),
        help: <Definition term={model} />,
        align: 'end',
        cell: (row) => <Credit row={of(model, row.channel)} withValue={answer.value !== null} />,
        sort: (row) => of(model, row.channel)?.conversions,
      }),
    ),
    {
      key: 'removal',
      header: t('removal_effect'),
      help: <Definition term="removal_effect" />,
      align: 'end',
      cell: (row) => (row.removal_effect === null ? '–' : shown.percent(row.removal_effect, 1)),
      sort: (row) => row.removal_effect,
    },
  ]
  return (
    <>
      <p className={classes.summary}>
        {t('summary', { conversions: answer.conversions, persons: answer.converting_persons })}{' '}
        {answer.value !== null && t('summary_value', { value: answer.value })}{' '}
        <span className="hs-soft">
          {t('summary_rest', {
            none: answer.conversions_without_touch,
            without: answer.journeys_without_conversion,
          })}
        </span>
      </p>
      <Checkbox.Group
        size="sm"
        label={t('models')}
        value={drawn}
        onChange={(models) => models.length > 0 && props.onDrawn(models as Model[])}
        className={classes.models}
      >
        <div className={classes.choices}>
          {MODELS.map((model) => (
            <Checkbox key={model} size="xs" value={model} label={t(`model.${model}`)} />
          ))}
        </div>
      </Checkbox.Group>
      <Drawing label={t('drawing')}>
        <Bars
          label={t('drawing')}
          series={drawn.map((model) => ({ key: model, label: t(`model.${model}`) }))}
          rows={channels.slice(0, 15).map((row) => ({
            key: row.channel,
            label: label(row.channel),
            other: row.channel === '(other)' || row.channel === '(none)',
            bars: drawn.map((model) => {
              const found = of(model, row.channel)
              return {
                value: found?.share ?? null,
                low: found?.low ?? null,
                high: found?.high ?? null,
                text: found ? `${shown.percent(found.share)} · ${shown.num(found.conversions, 1)}` : '–',
                onOpen: () => open(row.channel),
              }
            }),
          }))}
        />
      </Drawing>
      <DataTable label={t('table')} columns={columns} rows={channels} rowKey={(row) => row.channel} />
      <p className="hs-soft">{t('sums', { conversions: answer.conversions })}</p>
    </>
  )
}

function Credit({ row, withValue }: { row: Row | undefined; withValue: boolean }) {
  const t = useT('explore/attribution')
  const shown = useFormats()
  if (!row) return <>–</>
  const interval =
    row.low === null || row.high === null
      ? ''
      : t('ui:interval', { low: shown.percent(row.low), high: shown.percent(row.high) })
  return (
    <span className={classes.credit}>
      <strong>{shown.num(row.conversions, 1)}</strong>
      <span className="hs-faint">
        {shown.percent(row.share)} {interval && `(${interval})`}
      </span>
      {withValue && row.value !== null && <span className="hs-faint">{shown.compact(row.value)}</span>}
    </span>
  )
}
