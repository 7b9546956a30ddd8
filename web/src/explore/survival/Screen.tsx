/** How long it takes from one event to another: Kaplan-Meier curves, who is still on the way, medians. */
import { NativeSelect } from '@mantine/core'
import { Lines } from '@/charts/Lines'
import { useFormats, useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/States'
import { Num, Rate } from '@/ui/Values'
import {
  Definition,
  Drawing,
  either,
  Estimate,
  EventPick,
  param,
  PropertyPick,
  QuestionPage,
  useAsked,
  useQuestion,
  WhoNumber,
} from '../question'
import { pValue } from '../question/pValue'
import type { SurvivalAnswer } from './answer'
import classes from './Survival.module.css'

const SPEC = { start: param.list(), end: param.list(), by: param.text(), top: param.number(5, 1, 20) }

export function Component() {
  const t = useT('explore/survival')
  const shown = useFormats()
  const [asked, ask] = useAsked(SPEC)
  const request =
    asked.start.length > 0 && asked.end.length > 0
      ? {
          start: either(asked.start),
          end: either(asked.end),
          ...(asked.by ? { by: asked.by, top: asked.top } : {}),
        }
      : null
  const answer = useQuestion<SurvivalAnswer>(request)
  return (
    <QuestionPage
      asked={answer}
      controls={
        <>
          <EventPick label={t('start')} none={t('choose')} value={asked.start} onChange={(start) => ask({ start })} />
          <EventPick label={t('end')} none={t('choose')} value={asked.end} onChange={(end) => ask({ end })} />
          <PropertyPick label={t('by')} none={t('no_groups')} value={asked.by} onChange={(by) => ask({ by })} />
          {asked.by && (
            <NativeSelect
              size="sm"
              label={t('top')}
              value={asked.top}
              onChange={(event) => ask({ top: Number(event.currentTarget.value) })}
              data={[...new Set([2, 3, 5, asked.top])]
                .sort((a, b) => a - b)
                .map((count) => ({ value: String(count), label: shown.num(count) }))}
            />
          )}
        </>
      }
      unasked={<EmptyState picture="funnel" title={t('unasked')} text={t('unasked_text')} />}
    >
      {(answer) => <Survival answer={answer} request={request ?? {}} />}
    </QuestionPage>
  )
}

function Survival({ answer, request }: { answer: SurvivalAnswer; request: Record<string, unknown> }) {
  const t = useT('explore/survival')
  const shown = useFormats()
  if (answer.started === 0) return <p className="hs-soft">{t('nobody')}</p>
  const name = (group: string | null): string =>
    group === null ? t('all') : group === '(other)' ? t('other') : group === '(none)' ? t('none') : group
  const times = [...new Set(answer.at_risk.map((row) => row.seconds))]
  const waiting = new Map(answer.at_risk.map((row) => [`${row.group}/${row.seconds}`, row.at_risk]))
  const selector = (group: string | null, bucket: string) => ({
    ...request,
    bucket,
    ...(group === null ? {} : { group }),
  })
  return (
    <div className={classes.parts}>
      <p className={classes.note}>
        {t('rests_on', { started: answer.started, paths: answer.paths })}{' '}
        {answer.log_rank && (
          <Definition term="log_rank">{t('log_rank', { p: pValue(answer.log_rank.p, shown) })}</Definition>
        )}
      </p>
      <Drawing label={t('curves')}>
        <Lines
          label={t('curves')}
          series={answer.groups.map(({ group }) => ({
            key: String(group),
            label: name(group),
            steps: true,
            points: answer.rows
              .filter((row) => row.group === group)
              .map((row) => ({
                x: row.seconds,
                y: row.survival,
                low: row.low,
                high: row.high,
                note: t('waiting_n', { n: row.at_risk }),
              })),
          }))}
          x={{ label: t('time'), format: (value) => shown.shortDuration(value), ticks: times, min: 0 }}
          y={{ label: t('not_yet'), format: (value) => shown.percent(value), min: 0, max: 1, ticks: [0, 0.25, 0.5, 0.75, 1] }}
        />
        <div className={`${classes.scroller} hs-scroll`} role="region" aria-label={t('at_risk')} tabIndex={0}>
          <table className={classes.waiting}>
            <caption>
              <Definition term="at_risk">{t('at_risk')}</Definition>
            </caption>
            <thead>
              <tr>
                <th scope="col">{t('time')}</th>
                {times.map((time) => (
                  <th key={time} scope="col">
                    {shown.shortDuration(time)}
                  </th>
                ))}
              </tr>
            </thead>
            <tbody>
              {answer.groups.map(({ group }) => (
                <tr key={String(group)}>
                  <th scope="row">
                    <bdi>{name(group)}</bdi>
                  </th>
                  {times.map((time) => (
                    <td key={time}>
                      <Num value={waiting.get(`${group}/${time}`) ?? null} />
                    </td>
                  ))}
                </tr>
              ))}
            </tbody>
          </table>
        </div>
      </Drawing>
      <DataTable
        label={t('groups')}
        rows={answer.groups}
        rowKey={(row) => String(row.group)}
        columns={[
          {
            key: 'group',
            header: answer.by ?? t('group'),
            bare: true,
            sort: (row) => name(row.group),
            cell: (row) => <bdi>{name(row.group)}</bdi>,
          },
          {
            key: 'paths',
            header: t('started'),
            align: 'end',
            sort: (row) => row.paths,
            cell: (row) => (
              <WhoNumber
                value={row.paths}
                title={t('who_started', { group: name(row.group) })}
                selector={selector(row.group, 'started')}
              />
            ),
          },
          {
            key: 'reached',
            header: t('reached'),
            help: <Definition term="reached" />,
            align: 'end',
            sort: (row) => row.reached,
            cell: (row) => (
              <WhoNumber
                value={row.reached}
                title={t('who_reached', { group: name(row.group) })}
                selector={selector(row.group, 'reached')}
              />
            ),
          },
          {
            key: 'open',
            header: t('open'),
            help: <Definition term="censored" />,
            align: 'end',
            sort: (row) => row.censored,
            cell: (row) => (
              <WhoNumber
                value={row.censored}
                title={t('who_open', { group: name(row.group) })}
                selector={selector(row.group, 'open')}
              />
            ),
          },
          {
            key: 'median',
            header: t('median'),
            help: <Definition term="median_time" />,
            sort: (row) => row.median_seconds,
            cell: (row) =>
              row.median_seconds === null ? (
                <span className="hs-faint">{t('not_by_half')}</span>
              ) : (
                <Estimate
                  value={row.median_seconds}
                  low={row.median_low_seconds}
                  high={row.median_high_seconds}
                  n={row.paths}
                  format={(value) => shown.duration(value)}
                />
              ),
          },
          {
            key: 'last',
            header: t('there_at_end'),
            help: <Definition term="survival" />,
            cell: (row) => {
              const last = answer.rows.filter((one) => one.group === row.group).at(-1)
              return (
                <Rate
                  rate={
                    last
                      ? {
                          value: 1 - last.survival,
                          low: last.high === null ? null : 1 - last.high,
                          high: last.low === null ? null : 1 - last.low,
                          n: row.paths,
                        }
                      : null
                  }
                />
              )
            },
          },
        ]}
      />
    </div>
  )
}
