/** The figures of both segments and their differences: a drawing of what differs, the table, and who is behind each figure. */
import { UnstyledButton } from '@mantine/core'
import { Forest } from '@/charts/Forest'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { DataTable } from '@/ui/DataTable'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { useWhoOf } from '../queries'
import { selectorOf } from './behind'
import { type Compared, type Comparison, SIDES, type Side, useComparison } from './comparing'
import classes from './Compare.module.css'
import type { Request } from './context'
import { Definition } from './Definition'
import { directed } from './directed'
import { Drawing } from './Drawing'
import { Estimate } from './Estimate'
import { pValue } from './pValue'
import { signed } from './signed'

const DRAWN = 20
const PAGE = 50
/** With more rows there is a field to search them. */
const SEARCHED = 12
const SURE = 0.05

export default function CompareAnswer({ asked }: { asked: Request }) {
  const t = useT('explore')
  const problem = useProblemText()
  const query = useComparison(asked)
  if (asked === null) return <EmptyState picture="people" title={t('compare.choose')} text={t('compare.choose_text')} />
  if (query.error) return <ErrorState problem={problem(query.error)} onRetry={() => void query.refetch()} />
  if (!query.data) return <Loading lines={8} label={t('counting')} />
  return <Shown answer={query.data} asked={asked} />
}

function Shown({ answer, asked }: { answer: Comparison; asked: Record<string, unknown> }) {
  const t = useT('explore')
  const shown = useFormats()
  const who = {
    a: useWhoOf(answer.of, asked.a as Record<string, unknown>),
    b: useWhoOf(answer.of, asked.b as Record<string, unknown>),
  }
  const { language } = useLocale()
  const difference = useDifference()
  const rows = answer.rows.map((row, index) => ({ ...row, name: directed(answer.names[language][index] ?? row.row.join(' · '), language) }))
  const shares = rows.filter((row) => row.figure === 'share' && row.difference !== null)
  const surely = rows.filter((row) => row.p_corrected !== null && row.p_corrected < SURE).length
  type Row = (typeof rows)[number]

  function figure(row: Row, side: Side) {
    const value = (
      <Estimate
        value={row[side]}
        low={row[`${side}_low`]}
        high={row[`${side}_high`]}
        n={row[`${side}_n`]}
        format={(one) => (row.figure === 'share' ? shown.percent(one) : shown.duration(one))}
      />
    )
    const selector = row[side] ? selectorOf(answer.of, row.row, asked.arguments as Record<string, unknown>) : null
    if (!selector) return value
    const title = t('compare.who', { name: row.name, side: t(`compare.${side}`) })
    return (
      <UnstyledButton className={classes.open} onClick={() => who[side](title, selector)}>
        {value}
      </UnstyledButton>
    )
  }

  return (
    <>
      <p className={classes.basis}>
        {SIDES.map((side) => t('compare.basis', { side: t(`compare.${side}`), ...numbers(answer[side]) })).join(' ')}{' '}
        {answer.comparisons > 0 && (
          <Definition term="p_corrected">{t('compare.surely', { count: surely, of: answer.comparisons })}</Definition>
        )}{' '}
        {answer.tests.map(
          (test) =>
            test.p !== null && (
              <Definition key={test.name} term="log_rank">
                {t('compare.log_rank', { p: pValue(test.p, shown) })}
              </Definition>
            ),
        )}
      </p>
      {answer.overlap ? (
        <p className={classes.warning}>
          <Definition term="overlap">{t('compare.overlap', { count: answer.overlap })}</Definition>
        </p>
      ) : null}
      {SIDES.map(
        (side) =>
          answer[side].persons === 0 && (
            <p key={side} className={classes.warning}>
              {t('compare.nobody', { side: t(`compare.${side}`) })}
            </p>
          ),
      )}
      {shares.length > 0 && (
        <Drawing label={t('compare.drawing')}>
          <Forest
            label={t('compare.drawing')}
            none={0}
            // The unit is beside every row, the axis is only numbers.
            format={(value) => signed(value * 100, (size) => shown.num(size, 1))}
            sides={[t('compare.more_in_b'), t('compare.more_in_a')]}
            rows={[...shares]
              .sort((one, other) => Math.abs(other.difference!) - Math.abs(one.difference!))
              .slice(0, DRAWN)
              .map((row) => ({
                key: key(row),
                label: row.name,
                value: row.difference,
                low: row.difference_low,
                high: row.difference_high,
                unsure: row.p_corrected === null || row.p_corrected >= SURE,
                text: difference.of(row.difference!, 'share'),
              }))}
          />
          {shares.length > DRAWN && <p className="hs-faint">{t('compare.drawn', { shown: DRAWN, all: shares.length })}</p>}
        </Drawing>
      )}
      <DataTable
        label={t('compare.title')}
        rows={rows}
        page={PAGE}
        rowKey={key}
        {...(rows.length > SEARCHED ? { searchText: (row: Row) => row.name } : {})}
        empty={<EmptyState title={t('nothing_to_show')} text={t('compare.nothing')} />}
        columns={[
          { key: 'name', header: t('compare.row'), bare: true, sort: (row) => row.name, cell: (row) => <bdi>{row.name}</bdi> },
          ...SIDES.map((side) => ({
            key: side,
            header: t(`compare.${side}`),
            align: 'end' as const,
            sort: (row: Row) => row[side],
            cell: (row: Row) => figure(row, side),
          })),
          {
            key: 'difference',
            header: t('compare.difference'),
            help: <Definition term="difference" />,
            align: 'end',
            sort: (row) => row.difference,
            cell: (row) => (
              <Estimate
                value={row.difference}
                low={row.difference_low}
                high={row.difference_high}
                format={(value) => difference.of(value, row.figure)}
                between={(low, high) => difference.between(low, high, row.figure)}
              />
            ),
          },
          {
            key: 'p',
            header: t('compare.p'),
            help: <Definition term="p_corrected" />,
            align: 'end',
            sort: (row) => row.p_corrected,
            cell: (row) =>
              row.p_corrected === null ? (
                '–'
              ) : (
                <span data-sure={row.p_corrected < SURE || undefined} className={classes.p}>
                  {pValue(row.p_corrected, shown)}
                </span>
              ),
          },
        ]}
      />
    </>
  )
}

const key = (row: Compared): string => JSON.stringify([row.row, row.figure])

const numbers = ({ persons, events }: { persons: number; events: number }) => ({ persons, events })

/** Differences with their sign, those of shares in percentage points; both ends of an interval share one unit. */
function useDifference() {
  const t = useT('explore')
  const shown = useFormats()
  const points = (value: number): string =>
    signed(value, (size) => shown.num(size * 100, Math.abs(value) < 0.1 ? 1 : 0))
  const span = (value: number): string => signed(value, (size) => shown.duration(size))
  return {
    of: (value: number, figure: Compared['figure']): string =>
      figure === 'share' ? t('compare.points', { points: points(value) }) : span(value),
    between: (low: number, high: number, figure: Compared['figure']): string =>
      figure === 'share'
        ? t('compare.points', { points: t('compare.between', { low: points(low), high: points(high) }) })
        : t('compare.between', { low: span(low), high: span(high) }),
  }
}
