/** Who comes back: cohorts by when they first came, and the share of all of them that is back in each period. */
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useMemo } from 'react'
import { HeatTable } from '@/charts/HeatTable'
import { Lines } from '@/charts/Lines'
import { formats, weekStart } from '@/i18n/format'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { Num, Rate } from '@/ui/Values'
import { DataTable } from '@/ui/DataTable'
import { Definition, Drawing, either, EventPick, param, QuestionPage, useAsked, useQuestion } from '../question'
import { useWhoOf } from '../queries'
import { cohorts, type Period, type RetentionAnswer } from './answer'
import classes from './Retention.module.css'

const SPEC = {
  period: param.oneOf('', 'day', 'week', 'month', 'jalali_month'),
  first: param.list(),
  returning: param.list(),
  mode: param.oneOf('exact', 'unbounded'),
  periods: param.number(12, 1, 60),
  zone: param.text(),
}
const PERIODS: Period[] = ['day', 'week', 'month', 'jalali_month']
const COUNTS = [6, 12, 24, 52]

export function Component() {
  const t = useT('explore/retention')
  const { language, calendar } = useLocale()
  const shown = useFormats()
  const [asked, ask] = useAsked(SPEC)
  const period = asked.period || (calendar === 'jalali' ? 'jalali_month' : 'month')
  const request = {
    period,
    week_starts: weekStart(language, calendar) === 'sat' ? 'saturday' : 'monday',
    timezone: asked.zone || Intl.DateTimeFormat().resolvedOptions().timeZone,
    mode: asked.mode,
    ...(asked.first.length > 0 ? { first: either(asked.first) } : {}),
    ...(asked.returning.length > 0 ? { returning: either(asked.returning) } : {}),
  }
  const answer = useQuestion<RetentionAnswer>({ ...request, periods: asked.periods })
  return (
    <QuestionPage
      asked={answer}
      controls={
        <>
          <NativeSelect
            size="sm"
            label={t('period')}
            value={period}
            onChange={(event) => ask({ period: event.currentTarget.value as Period })}
            data={PERIODS.map((one) => ({ value: one, label: t(`every.${one}`) }))}
          />
          <EventPick
            label={t('first')}
            none={t('any_first')}
            value={asked.first}
            onChange={(first) => ask({ first })}
          />
          <EventPick
            label={t('returning')}
            none={t('any_return')}
            value={asked.returning}
            onChange={(returning) => ask({ returning })}
          />
          <div className={classes.control}>
            <span className={classes.label}>
              {t('mode')} <Definition term="mode" />
            </span>
            <SegmentedControl
              size="sm"
              aria-label={t('mode')}
              value={asked.mode}
              onChange={(mode) => ask({ mode: mode as typeof asked.mode })}
              data={(['exact', 'unbounded'] as const).map((value) => ({ value, label: t(value) }))}
            />
          </div>
          <NativeSelect
            size="sm"
            label={t('how_many')}
            value={asked.periods}
            onChange={(event) => ask({ periods: Number(event.currentTarget.value) })}
            data={[...new Set([...COUNTS, asked.periods])]
              .sort((a, b) => a - b)
              .map((count) => ({ value: String(count), label: shown.num(count) }))}
          />
        </>
      }
    >
      {(answer) => <Retention answer={answer} request={request} />}
    </QuestionPage>
  )
}

function Retention({ answer, request }: { answer: RetentionAnswer; request: Record<string, unknown> }) {
  const t = useT('explore/retention')
  const shown = useFormats()
  const { language, calendar } = useLocale()
  const who = useWhoOf('retention')
  const listed = useMemo(() => cohorts(answer.rows), [answer.rows])
  const columns = Math.max(0, ...answer.rows.map((row) => row.period + 1))
  if (listed.length === 0) return <p className="hs-soft">{t('nobody')}</p>

  // A month is named in its own calendar, a day in the reader's.
  const own = { month: 'gregorian', jalali_month: 'jalali' } as const
  const name = (begins_at: string): string => {
    const of = own[answer.period as keyof typeof own]
    const inZone = formats(language, of ?? calendar, answer.timezone)
    return of ? inZone.month(begins_at) : inZone.date(begins_at)
  }
  const open = (cohort: string | null, title: string, back_in: number | null) =>
    who(
      back_in === null ? t('who_cohort', { cohort: title }) : t('who_back', { cohort: title, period: back_in }),
      { ...request, ...(cohort === null ? {} : { cohort }), ...(back_in === null ? {} : { back_in }) },
      t('who_help'),
    )
  const all = t('all_cohorts')
  const overall = new Map(answer.overall.map((row) => [row.period, row]))
  const part = (value: number) => shown.percent(value)
  const highest = Math.max(...answer.overall.map((row) => row.high ?? 0))
  const top = [0.05, 0.1, 0.2, 0.5].find((one) => one >= highest) ?? 1
  return (
    <div className={classes.parts}>
      <p className={classes.note}>
        {t('rests_on', { began: answer.began, persons: answer.persons, zone: answer.timezone })}
      </p>
      <Drawing label={t('curve')}>
        <Lines
          label={t('curve')}
          series={[
            {
              key: 'all',
              label: all,
              dots: true,
              points: answer.overall.map((row) => ({
                x: row.period,
                y: row.share,
                low: row.low,
                high: row.high,
                note: t('of_n', { n: row.size }),
              })),
            },
          ]}
          x={{ label: t(`after.${answer.period}`), format: (value) => shown.num(value), whole: true }}
          y={{ label: t('share_back'), format: part, min: 0, max: top, ticks: [0, top / 2, top] }}
          height={220}
        />
      </Drawing>
      <Drawing label={t('table')}>
        <HeatTable
          label={t('table')}
          rowHead={
            <>
              {t('cohort')} <Definition term="cohort" />
            </>
          }
          sizeHead={t('size')}
          columns={Array.from({ length: columns }, (_, k) => shown.num(k))}
          rows={[
            {
              key: 'all',
              label: <strong>{all}</strong>,
              size: <Num value={answer.began} />,
              cells: Array.from({ length: columns }, (_, k) => {
                const row = overall.get(k)
                return row
                  ? {
                      value: row.share,
                      text: row.share === null ? '' : part(row.share),
                      title: interval(row.low, row.high, row.size),
                    }
                  : { value: null, text: '' }
              }),
            },
            ...listed.map((one) => ({
              key: one.cohort,
              label: name(one.begins_at),
              size: <Num value={one.size} />,
              cells: Array.from({ length: columns }, (_, k) => {
                const row = one.periods[k]
                if (!row) return { value: null, text: '' }
                return row.complete
                  ? { value: row.share, text: part(row.share ?? 0), title: interval(row.low, row.high, row.size) }
                  : {
                      value: 0,
                      text: t('so_far', { count: row.persons }),
                      unfinished: true,
                      title: t('not_over'),
                    }
              }),
            })),
          ]}
          onOpen={(at, k) => {
            const one = at === 0 ? null : listed[at - 1]!
            open(one?.cohort ?? null, one ? name(one.begins_at) : all, k)
          }}
        />
      </Drawing>
      <p className={classes.legend}>
        <Definition term="complete">{t('dashed')}</Definition>
      </p>
      <DataTable
        label={t('cohorts')}
        rows={listed}
        rowKey={(row) => row.cohort}
        onOpen={(row) => open(row.cohort, name(row.begins_at), null)}
        columns={[
          {
            key: 'cohort',
            header: t('cohort'),
            help: <Definition term="cohort" />,
            bare: true,
            sort: (row) => row.begins_at,
            cell: (row) => name(row.begins_at),
          },
          {
            key: 'size',
            header: t('size'),
            align: 'end',
            width: '110px',
            sort: (row) => row.size,
            cell: (row) => <Num value={row.size} />,
          },
          ...[0, 1].map((k) => ({
            key: `p${k}`,
            header: t(`in_period_${k}`),
            help: <Definition term="back" />,
            sort: (row: (typeof listed)[number]) => row.periods[k]?.share ?? null,
            cell: (row: (typeof listed)[number]) => {
              const found = row.periods[k]
              return found && !found.complete ? (
                <span className="hs-faint">{t('so_far', { count: found.persons })}</span>
              ) : (
                <Rate rate={found ? { value: found.share, low: found.low, high: found.high, n: found.size } : null} />
              )
            },
          })),
        ]}
      />
    </div>
  )

  function interval(low: number | null, high: number | null, n: number): string {
    return low === null || high === null ? '' : t('interval', { low: part(low), high: part(high), n })
  }
}
