/** What goes with reaching a goal: features before it, with odds ratios, as a forest and as a table. */
import { NativeSelect, SegmentedControl } from '@mantine/core'
import { useState } from 'react'
import { Forest } from '@/charts/Forest'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { EmptyState } from '@/ui/States'
import { Rate } from '@/ui/Values'
import { useNodeName } from '../nodeName'
import {
  Definition,
  Drawing,
  either,
  Estimate,
  EventPick,
  param,
  PropertiesPick,
  QuestionPage,
  useAsked,
  useQuestion,
  WhoNumber,
  writeTime,
} from '../question'
import { directed } from '../question/directed'
import { pValue } from '../question/pValue'
import { useWhoOf } from '../queries'
import { sure, type CorrelatesAnswer, type Feature, type Kind } from './answer'
import classes from './Correlates.module.css'

const SPEC = {
  goal: param.list(),
  with: param.list(),
  within: param.time(),
  least: param.number(10, 1, 1_000_000),
  show: param.oneOf('all', 'event', 'transition', 'property'),
}
const DAY = 86_400
const WINDOWS = [null, 3600, DAY, 7 * DAY, 30 * DAY, 90 * DAY]
const DRAWN = 16
const PAGE = 30

export function Component() {
  const t = useT('explore/correlates')
  const shown = useFormats()
  const [asked, ask] = useAsked(SPEC)
  const request =
    asked.goal.length > 0
      ? {
          goal: either(asked.goal),
          min_paths: asked.least,
          ...(asked.with.length > 0 ? { properties: asked.with } : {}),
          ...(asked.within === null ? {} : { within_seconds: asked.within }),
        }
      : null
  const answer = useQuestion<CorrelatesAnswer>(request)
  return (
    <QuestionPage
      asked={answer}
      controls={
        <>
          <EventPick label={t('goal')} none={t('choose')} value={asked.goal} onChange={(goal) => ask({ goal })} />
          <PropertiesPick
            label={t('properties')}
            none={t('no_properties')}
            value={asked.with}
            onChange={(chosen) => ask({ with: chosen })}
          />
          <NativeSelect
            size="sm"
            label={
              <>
                {t('within')} <Definition term="within" />
              </>
            }
            value={asked.within === null ? '' : writeTime(asked.within)}
            onChange={(event) =>
              ask({
                within:
                  [...WINDOWS, asked.within].find(
                    (one) => one !== null && writeTime(one) === event.currentTarget.value,
                  ) ?? null,
              })
            }
            data={[...new Set([...WINDOWS, asked.within])].map((one) => ({
              value: one === null ? '' : writeTime(one),
              label: one === null ? t('whole_path') : shown.duration(one),
            }))}
          />
          <NativeSelect
            size="sm"
            label={t('least')}
            value={asked.least}
            onChange={(event) => ask({ least: Number(event.currentTarget.value) })}
            data={[...new Set([10, 30, 100, 1000, asked.least])]
              .sort((a, b) => a - b)
              .map((count) => ({ value: String(count), label: shown.num(count) }))}
          />
        </>
      }
      unasked={<EmptyState picture="funnel" title={t('unasked')} text={t('unasked_text')} />}
    >
      {(answer) => (
        <Correlates
          answer={answer}
          request={request ?? {}}
          kind={asked.show}
          onKind={(show) => ask({ show: show as typeof asked.show })}
        />
      )}
    </QuestionPage>
  )
}

function Correlates(props: {
  answer: CorrelatesAnswer
  request: Record<string, unknown>
  kind: 'all' | Kind
  onKind: (kind: string) => void
}) {
  const t = useT('explore/correlates')
  const main = useT('explore')
  const node = useNodeName()
  const { language } = useLocale()
  const shown = useFormats()
  const who = useWhoOf('correlates')
  const { answer, request, kind } = props
  const [listed, setListed] = useState(PAGE)
  const name = (row: Feature): string =>
    row.kind === 'property'
      ? t('is_value', { property: row.name[0], value: row.name[1] })
      : row.name.length === 2
        ? directed(main('from_to', { source: node(row.name[0]!), target: row.name[1] }), language)
        : row.name[0]!
  const basis = (
    <p className={classes.note}>
      {t('rests_on', { reached: answer.reached, others: answer.others })}{' '}
      {answer.began_with_goal > 0 && t('began_with_goal', { count: answer.began_with_goal })}{' '}
      {answer.not_watched > 0 && t('not_watched', { count: answer.not_watched })}
    </p>
  )
  if (answer.empty) {
    return (
      <>
        {basis}
        <p className="hs-soft">{t(`reason.${answer.empty}`, { least: answer.min_paths })}</p>
      </>
    )
  }
  const kinds = (['event', 'transition', 'property'] as const).filter((one) =>
    answer.rows.some((row) => row.kind === one),
  )
  const rows = answer.rows.filter((row) => kind === 'all' || row.kind === kind)
  const ratio = (value: number) => shown.num(value, value < 0.1 ? 3 : value < 10 ? 2 : 0)
  const { min_paths: _, properties: __, ...goal } = request
  const selector = (row: Feature, reached: boolean | null) => ({ ...goal, kind: row.kind, name: row.name, reached })
  const open = (row: Feature) => who(t('who_with', { name: name(row) }), selector(row, null), t('who_help'))
  return (
    <div className={classes.parts}>
      {basis}
      {kinds.length > 1 && (
        <SegmentedControl
          className={classes.kinds}
          size="sm"
          aria-label={t('kind')}
          value={kind}
          onChange={props.onKind}
          data={['all', ...kinds].map((value) => ({ value, label: t(`kinds.${value}`) }))}
        />
      )}
      <Drawing label={t('forest')}>
        <Forest
          label={t('forest')}
          ratios
          none={1}
          format={ratio}
          sides={[t('less'), t('more')]}
          rows={rows.slice(0, DRAWN).map((row) => ({
            key: `${row.kind}/${row.name.join('/')}`,
            label: name(row),
            value: row.odds_ratio,
            low: row.low,
            high: row.high,
            unsure: !sure(row),
            text: t('times', { ratio: ratio(row.odds_ratio) }),
            onOpen: () => open(row),
          }))}
        />
      </Drawing>
      <p className={classes.note}>
        {t('hollow')} <Definition term="cause">{t('not_cause')}</Definition>
      </p>
      <DataTable
        label={t('features')}
        rows={rows.slice(0, listed)}
        more={rows.length > listed ? { onMore: () => setListed(listed + PAGE), loading: false } : undefined}
        rowKey={(row) => `${row.kind}/${row.name.join('/')}`}
        searchText={(row) => row.name.join(' ')}
        onOpen={open}
        columns={[
          {
            key: 'name',
            header: t('feature'),
            bare: true,
            sort: name,
            cell: (row) => (
              <span>
                <bdi>{name(row)}</bdi> <span className="hs-faint">{t(`kind_of.${row.kind}`)}</span>
              </span>
            ),
          },
          {
            key: 'paths',
            header: t('paths'),
            align: 'end',
            width: '90px',
            sort: (row) => row.paths,
            cell: (row) => (
              <WhoNumber value={row.paths} title={t('who_with', { name: name(row) })} selector={selector(row, null)} />
            ),
          },
          {
            key: 'with',
            header: t('share_with'),
            help: <Definition term="share_with" />,
            sort: (row) => row.share_with,
            cell: (row) => (
              <Rate
                rate={{ value: row.share_with, low: row.share_with_low, high: row.share_with_high, n: row.paths }}
              />
            ),
          },
          {
            key: 'without',
            header: t('share_without'),
            sort: (row) => row.share_without,
            cell: (row) => (
              <Rate
                rate={{
                  value: row.share_without,
                  low: row.share_without_low,
                  high: row.share_without_high,
                  n: row.without,
                }}
              />
            ),
          },
          {
            key: 'ratio',
            header: t('odds_ratio'),
            help: <Definition term="odds_ratio" />,
            sort: (row) => row.odds_ratio,
            cell: (row) => <Estimate value={row.odds_ratio} low={row.low} high={row.high} format={ratio} />,
          },
          {
            key: 'p',
            header: t('p'),
            help: <Definition term="p_corrected" />,
            align: 'end',
            width: '100px',
            sort: (row) => row.p_corrected,
            cell: (row) => <span>{pValue(row.p_corrected, shown)}</span>,
          },
        ]}
      />
      <p className={classes.note}>{t('tested', { count: answer.tested })}</p>
    </div>
  )
}
