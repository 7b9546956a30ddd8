/** What changed transitions would change: sliders, and the goal before and after. */
import { ActionIcon, Slider, Tooltip } from '@mantine/core'
import { IconArrowRight, IconClock, IconPercentage, IconX } from '@tabler/icons-react'
import { useState } from 'react'
import { Bars } from '@/charts/Bars'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { searchKey } from '@/i18n/searchKey'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState } from '@/ui/States'
import { Duration, Rate, type RateValue } from '@/ui/Values'
import { useNodeName } from '../nodeName'
import { UseMap, useTouchpoints } from '../onMap'
import { Definition, Drawing, Estimate, EventPick, param, QuestionPage, signed, useAsked, useQuestion, WhoNumber } from '../question'
import type { Choice } from '../question/EventPick'
import { END, START } from '../types'
import { isOf, readChanges, room, withChange, writeChanges, type Change } from './changes'
import classes from './WhatIf.module.css'

interface Figure {
  value: number | null
  low: number | null
  high: number | null
}

interface Figures {
  before: Figure
  after: Figure
  change: Figure
}

interface Row {
  source: string
  target: string
  count: number
  persons: number
  of: number
  probability: number
  probability_after: number
  mean_seconds: number | null
  mean_seconds_after: number | null
  per_point: number | null
  changed: boolean
  interval: RateValue
}

interface Answer {
  events: number
  persons: number
  paths: number
  /** Over a map, paths are its instances. */
  map: { id: string; title: string } | null
  arrived: number
  goal: string
  observed_seconds: number | null
  reach: Figures
  conversions: Figures
  seconds: Figures
  assumptions: Record<'en' | 'fa', string[]>
  rows: Row[]
}

const PAGE = 25
const SPEC = { map: param.text(), goal: param.text(), change: param.list(), time: param.list() }

export function Component() {
  const t = useT('explore/what-if')
  const [asked, ask] = useAsked(SPEC)
  const changes = readChanges(asked.change)
  const times = readChanges(asked.time)
  const answer = useQuestion<Answer>(
    asked.goal
      ? {
          goal: asked.goal,
          ...(asked.map ? { map: asked.map } : {}),
          changes: changes.map((one) => ({ ...one, how: '=' })),
          times: times.map((one) => ({ ...one, how: '*' })),
        }
      : null,
  )
  const touchpoints = useTouchpoints(asked.map)
  const rows = answer.query.data?.rows ?? []
  const setChanges = (next: Change[]) => ask({ change: writeChanges(next) })
  const setTimes = (next: Change[]) => ask({ time: writeChanges(next) })
  return (
    <QuestionPage
      asked={answer}
      builder={
        <section className={`${classes.builder} hs-card`} aria-label={t('changes')}>
          <UseMap
            label={t('map')}
            none={t('map_none')}
            map={asked.map}
            onChange={(map) => ask({ map, goal: '', change: [], time: [] })}
          />
          <EventPick
            one
            label={t('goal')}
            none={t(asked.map ? 'choose_touchpoint' : 'choose')}
            only={touchpoints}
            value={asked.goal || null}
            onChange={(goal) => ask({ goal: goal ?? '', change: [], time: [] })}
          />
          {asked.goal && (
            <>
              <h2 className={classes.title}>{t('changes')}</h2>
              {changes.length + times.length === 0 && <p className="hs-soft">{t('no_changes')}</p>}
              {changes.map((one) => (
                <Probability
                  key={`${one.source}/${one.target}`}
                  change={one}
                  usual={rows.find((row) => isOf(one, row.source, row.target))?.probability ?? 0}
                  most={room(changes, one.source, one.target)}
                  onChange={(value) => setChanges(withChange(changes, { ...one, value }))}
                  onRemove={() => setChanges(changes.filter((other) => other !== one))}
                />
              ))}
              {times.map((one) => (
                <Time
                  key={`${one.source}/${one.target}`}
                  change={one}
                  usual={rows.find((row) => isOf(one, row.source, row.target))?.mean_seconds ?? null}
                  onChange={(value) => setTimes(withChange(times, { ...one, value }))}
                  onRemove={() => setTimes(times.filter((other) => other !== one))}
                />
              ))}
              <NewChange goal={asked.goal} touchpoints={touchpoints} onAdd={(source, target) => {
                const row = rows.find((one) => one.source === source && one.target === target)
                const most = room(changes, source, target)
                setChanges(withChange(changes, { source, target, value: Math.min(row?.probability ?? 0, most) }))
              }} />
            </>
          )}
        </section>
      }
      unasked={<EmptyState picture="funnel" title={t('unasked')} text={t('unasked_text')} />}
    >
      {(found) => (
        <Outcome
          answer={found}
          onChange={(row) =>
            setChanges(
              withChange(changes, {
                source: row.source,
                target: row.target,
                value: Math.min(row.probability + 0.05, room(changes, row.source, row.target)),
              }),
            )
          }
          onTime={(row) => setTimes(withChange(times, { source: row.source, target: row.target, value: 0.5 }))}
        />
      )}
    </QuestionPage>
  )
}

function Between({ source, target }: { source: string; target: string }) {
  const name = useNodeName()
  return (
    <span className={classes.between}>
      <bdi>{name(source)}</bdi>
      <IconArrowRight size={13} className="hs-mirror" aria-hidden="true" />
      <bdi>{name(target)}</bdi>
    </span>
  )
}

function Probability(props: {
  change: Change
  usual: number
  most: number
  onChange: (value: number) => void
  onRemove: () => void
}) {
  const t = useT('explore/what-if')
  const shown = useFormats()
  const { change, usual, most } = props
  // The answer is asked for when the thumb is let go, not on the way.
  const [moving, setMoving] = useState<number | null>(null)
  const value = moving ?? change.value
  return (
    <div className={classes.change}>
      <div className={classes.changeHead}>
        <Between {...change} />
        <Remove onRemove={props.onRemove} />
      </div>
      <Slider
        aria-label={t('probability_of', { source: change.source, target: change.target })}
        thumbLabel={t('probability_of', { source: change.source, target: change.target })}
        min={0}
        max={1}
        step={0.01}
        value={value}
        label={(one) => shown.percent(one)}
        marks={[{ value: usual }]}
        onChange={(one) => setMoving(Math.min(one, most))}
        onChangeEnd={(one) => {
          setMoving(null)
          props.onChange(Math.min(one, most))
        }}
      />
      <span className="hs-faint">{t('from_to', { before: shown.percent(usual, 1), after: shown.percent(value, 1) })}</span>
    </div>
  )
}

function Time(props: {
  change: Change
  usual: number | null
  onChange: (value: number) => void
  onRemove: () => void
}) {
  const t = useT('explore/what-if')
  const shown = useFormats()
  const { change, usual } = props
  const [moving, setMoving] = useState<number | null>(null)
  const value = moving ?? change.value
  return (
    <div className={classes.change}>
      <div className={classes.changeHead}>
        <Between {...change} />
        <Remove onRemove={props.onRemove} />
      </div>
      <Slider
        color="orange"
        thumbLabel={t('time_of', { source: change.source, target: change.target })}
        min={0}
        max={2}
        step={0.05}
        value={value}
        label={(one) => shown.percent(one)}
        marks={[{ value: 1 }]}
        onChange={setMoving}
        onChangeEnd={(one) => {
          setMoving(null)
          props.onChange(one)
        }}
      />
      <span className="hs-faint">
        {usual === null
          ? shown.percent(value)
          : t('from_to', { before: shown.duration(usual), after: shown.duration(usual * value) })}
      </span>
    </div>
  )
}

function Remove({ onRemove }: { onRemove: () => void }) {
  const t = useT('ui')
  return (
    <Tooltip label={t('remove')}>
      <ActionIcon size={26} variant="subtle" color="gray" aria-label={t('remove')} onClick={onRemove}>
        <IconX size={15} />
      </ActionIcon>
    </Tooltip>
  )
}

function NewChange(props: {
  goal: string
  touchpoints: Choice[] | null
  onAdd: (source: string, target: string) => void
}) {
  const { goal, touchpoints, onAdd } = props
  const t = useT('explore/what-if')
  const name = useNodeName()
  const [source, setSource] = useState<string | null>(null)
  return (
    <div className={classes.adding}>
      <EventPick
        one
        label={t('from')}
        none={t(touchpoints ? 'choose_touchpoint' : 'choose')}
        value={source}
        without={[goal]}
        more={[{ value: START, label: name(START) }]}
        only={touchpoints && [{ value: START, label: name(START) }, ...touchpoints.filter((one) => one.value !== goal)]}
        onChange={setSource}
      />
      {source && (
        <EventPick
          one
          label={t('to')}
          none={t(touchpoints ? 'choose_touchpoint' : 'choose')}
          value={null}
          more={[{ value: END, label: name(END) }]}
          only={touchpoints && [...touchpoints, { value: END, label: name(END) }]}
          onChange={(target) => {
            if (target) onAdd(source, target)
            setSource(null)
          }}
        />
      )}
    </div>
  )
}

function Outcome(props: { answer: Answer; onChange: (row: Row) => void; onTime: (row: Row) => void }) {
  const t = useT('explore/what-if')
  const main = useT('explore')
  const shown = useFormats()
  const { language, dir } = useLocale()
  const node = useNodeName()
  const arrow = dir === 'rtl' ? '←' : '→'
  const between = (row: Row) => `${node(row.source)} ${arrow} ${node(row.target)}`
  const [limit, setLimit] = useState(PAGE)
  const [search, setSearch] = useState('')
  const { answer } = props
  if (answer.paths === 0) return <EmptyState title={t('nobody')} text={t('nobody_text')} />
  const wanted = searchKey(search)
  const offered = answer.rows.filter((row) => searchKey(`${row.source} ${row.target}`).includes(wanted))
  const percent = (value: number) => shown.percent(value, 1)
  const points = (value: number) => main('compare.points', { points: shown.num(value * 100, 1) })
  const number = (value: number) => shown.num(value, Math.abs(value) < 100 ? 1 : 0)
  const figures = [
    { key: 'conversions', figure: answer.conversions, format: number, change: number },
    { key: 'reach', figure: answer.reach, format: percent, change: points },
    { key: 'seconds', figure: answer.seconds, format: shown.duration, change: shown.duration },
  ]
  const columns: Column<Row>[] = [
    {
      key: 'between', header: t('transition'), bare: true,
      cell: (row) => (
        <span className={classes.transition}>
          <Between {...row} />
          {row.of > 0 && (
            <span className={classes.buttons}>
            <Tooltip label={t('change_help')}>
              <ActionIcon
                size={26}
                variant="subtle"
                aria-label={t('probability_of', { source: row.source, target: row.target })}
                onClick={() => props.onChange(row)}
              >
                <IconPercentage size={15} />
              </ActionIcon>
            </Tooltip>
            {row.mean_seconds !== null && (
              <Tooltip label={t('time_help')}>
                <ActionIcon
                  size={26}
                  variant="subtle"
                  aria-label={t('time_of', { source: row.source, target: row.target })}
                  onClick={() => props.onTime(row)}
                >
                  <IconClock size={15} />
                </ActionIcon>
              </Tooltip>
            )}
          </span>
          )}
        </span>
      ), sort: (row) => `${row.source} ${row.target}`,
    },
    {
      key: 'persons', header: t('persons'), align: 'end', sort: (row) => row.persons,
      cell: (row) => (
        <WhoNumber
          value={row.persons}
          title={between(row)}
          selector={{ goal: answer.goal, source: row.source, target: row.target, ...(answer.map ? { map: answer.map.id } : {}) }}
          help={t('who_help')}
        />
      ),
    },
    {
      key: 'probability', header: t('probability'), help: <Definition term="probability" />, align: 'end',
      cell: (row) => (
        <span className={classes.probability}>
          <Rate rate={row.interval} compact />
          {Math.abs(row.probability_after - row.probability) > 1e-9 && (
            <strong>{arrow} {percent(row.probability_after)}</strong>
          )}
        </span>
      ),
      sort: (row) => row.probability,
    },
    {
      key: 'time', header: t('mean_time'), align: 'end', sort: (row) => row.mean_seconds,
      cell: (row) => (
        <>
          <Duration seconds={row.mean_seconds} short />
          {row.mean_seconds_after !== row.mean_seconds && row.mean_seconds_after !== null && (
            <strong className={classes.nowrap}> {arrow} {shown.shortDuration(row.mean_seconds_after)}</strong>
          )}
        </>
      ),
    },
    {
      key: 'per_point', header: t('per_point'), help: <Definition term="per_point" />, align: 'end',
      cell: (row) => (row.per_point === null ? '–' : signed(row.per_point, (size) => shown.num(size, 2))),
      sort: (row) => row.per_point,
    },
  ]
  return (
    <>
      <dl className={classes.figures}>
        {figures.map(({ key, figure, format, change }) => (
          <div key={key} className="hs-card">
            <dt>
              {t(key)} <Definition term={key} />
            </dt>
            <dd>
              <span className={classes.now}>{figure.before.value === null ? '–' : format(figure.before.value)}</span>
              <IconArrowRight size={15} className="hs-mirror" aria-hidden="true" />
              <strong className={classes.then}>{figure.after.value === null ? '–' : format(figure.after.value)}</strong>
            </dd>
            <dd className="hs-soft">
              {t('difference')} <Estimate {...figure.change} format={(value) => signed(value, change)} />
            </dd>
          </div>
        ))}
      </dl>
      <p className="hs-soft">
        {t(answer.map ? 'rests_on_map' : 'rests_on', { paths: answer.paths, arrived: answer.arrived })}{' '}
        {answer.observed_seconds !== null && t('observed', { time: shown.duration(answer.observed_seconds) })}
      </p>
      <Drawing label={t('drawing', { goal: answer.goal })}>
        <Bars
          label={t('drawing', { goal: answer.goal })}
          rows={(['before', 'after'] as const).map((when) => ({
            key: when,
            label: t(when === 'before' ? 'as_it_is' : 'after'),
            bars: [
              {
                ...answer.reach[when],
                text: answer.reach[when].value === null ? '–' : percent(answer.reach[when].value),
              },
            ],
          }))}
        />
      </Drawing>
      <details className={classes.assumptions}>
        <summary>{t('assumptions')}</summary>
        <ul>
          {answer.assumptions[language].map((one) => (
            <li key={one}>{one}</li>
          ))}
        </ul>
      </details>
      <DataTable
        label={t('table')}
        columns={columns}
        rows={offered.slice(0, limit)}
        rowKey={(row) => JSON.stringify([row.source, row.target])}
        search={{ value: search, onChange: setSearch }}
        more={offered.length > limit ? { onMore: () => setLimit(limit + PAGE), loading: false } : undefined}
      />
    </>
  )
}
