/** What there is: how much, since when, and which events. */
import { useFormats, useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { DateTime, Num, Rate } from '@/ui/Values'
import classes from './Overview.module.css'
import { Definition, Drawing, QuestionPage, useQuestion, WhoNumber } from '../question'
import type { OverviewAnswer } from '../types'

export function Component() {
  const asked = useQuestion<OverviewAnswer>()
  return <QuestionPage asked={asked}>{(answer) => <Overview answer={answer} />}</QuestionPage>
}

function Overview({ answer }: { answer: OverviewAnswer }) {
  const t = useT('explore')
  const shown = useFormats()
  const shares = new Map(answer.rows.map((row, index) => [row.event, answer.intervals[index]?.share ?? null]))
  const most = Math.max(...answer.rows.map((row) => row.events), 1)
  const { median, p25, p75, mean } = answer.events_per_person
  return (
    <>
      <dl className={classes.facts}>
        <Fact label={t('persons')} value={<Num value={answer.persons} />} />
        <Fact label={t('events')} value={<Num value={answer.events} />} />
        <Fact
          label={<Definition term="events_per_person">{t('events_per_person')}</Definition>}
          value={<Num value={median} digits={1} />}
          note={
            p25 != null && p75 != null
              ? t('half_between', { low: shown.num(p25, 1), high: shown.num(p75, 1) })
              : mean != null
                ? t('mean_is', { mean: shown.num(mean, 1) })
                : ''
          }
        />
        <Fact label={t('first_event')} value={<DateTime at={answer.first_at} show="date" />} small />
        <Fact label={t('last_event')} value={<DateTime at={answer.last_at} show="date" />} small />
      </dl>

      <h2 className={classes.part}>{t('names_title', { count: answer.event_names })}</h2>
      <Drawing plain label={t('names_title', { count: answer.event_names })}>
        <DataTable
          label={t('names_title', { count: answer.event_names })}
          rows={answer.rows}
          rowKey={(row) => row.event}
          searchText={(row) => row.event}
          initialSort={{ key: 'events', descending: true }}
          columns={[
            {
              key: 'event',
              header: t('event'),
              bare: true,
              sort: (row) => row.event,
              cell: (row) => <bdi className={classes.name}>{row.event}</bdi>,
            },
            {
              key: 'events',
              header: t('events'),
              align: 'end',
              width: '130px',
              sort: (row) => row.events,
              cell: (row) => <Num value={row.events} />,
            },
            {
              key: 'bar',
              header: t('bar'),
              bare: true,
              quiet: true,
              width: '24%',
              cell: (row) => (
                <span className={classes.track} aria-hidden="true">
                  <span className={classes.bar} style={{ inlineSize: `${(row.events / most) * 100}%` }} />
                </span>
              ),
            },
            {
              key: 'persons',
              header: t('persons'),
              align: 'end',
              width: '110px',
              sort: (row) => row.persons,
              cell: (row) => (
                <WhoNumber value={row.persons} title={t('who_did', { event: row.event })} selector={{ event: row.event }} />
              ),
            },
            {
              key: 'share',
              header: t('share_of_persons'),
              help: <Definition term="share_of_persons" />,
              align: 'end',
              width: '210px',
              sort: (row) => row.persons,
              cell: (row) => <Rate rate={shares.get(row.event) ?? null} />,
            },
          ]}
        />
      </Drawing>
    </>
  )
}

function Fact(props: { label: React.ReactNode; value: React.ReactNode; note?: string; small?: boolean }) {
  return (
    <div className={`${classes.fact} hs-card`} data-small={props.small || undefined}>
      <dt>{props.label}</dt>
      <dd>
        {props.value}
        {props.note && <span className={classes.note}>{props.note}</span>}
      </dd>
    </div>
  )
}
