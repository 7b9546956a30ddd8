import { UnstyledButton } from '@mantine/core'
import { useState } from 'react'
import { Bars } from '@/charts/Bars'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { Definition, Drawing, Estimate } from '../question'
import { directed } from '../question/directed'
import { pValue } from '../question/pValue'
import { useWhoOf } from '../queries'
import { selectorOf, type CompareAnswer, type Compared } from './answer'
import classes from './Compare.module.css'

const DRAWN = 12
const PAGE = 50

export function Comparison(props: {
  answer: CompareAnswer
  asked: Record<string, unknown>
  segments: { a: Record<string, unknown>; b: Record<string, unknown> }
}) {
  const t = useT('explore/compare')
  const shown = useFormats()
  const { language } = useLocale()
  const { answer, asked, segments } = props
  const [listed, setListed] = useState(PAGE)
  const who = { a: useWhoOf(answer.of, segments.a), b: useWhoOf(answer.of, segments.b) }
  const rows = answer.rows.map((row, index) => ({ ...row, name: directed(answer.names[language][index] ?? '', language) }))
  const shares = rows.filter((row) => row.figure === 'share' && (row.a !== null || row.b !== null))
  type Row = Compared & { name: string }

  const format = (row: Row) => (value: number) =>
    row.figure === 'share' ? shown.percent(value) : shown.duration(value)
  const apart = (row: Row) => (value: number) => {
    const sign = value > 0 ? '+' : ''
    return row.figure === 'share'
      ? `${sign}${shown.num(value * 100, 1)}`
      : `${sign}${shown.duration(value)}`
  }
  const open = (row: Row, side: 'a' | 'b') => {
    const selector = selectorOf(answer.of, row.row, asked)
    return selector && (() => who[side](t('who', { name: row.name, segment: t(`segment_${side}`) }), selector))
  }
  const figure = (side: 'a' | 'b') => (row: Row) => {
    const value = (
      <Estimate value={row[side]} low={row[`${side}_low`]} high={row[`${side}_high`]} n={row[`${side}_n`]} format={format(row)} />
    )
    const opens = open(row, side)
    return opens && row[side] ? (
      <UnstyledButton className={classes.open} onClick={opens}>
        {value}
      </UnstyledButton>
    ) : (
      value
    )
  }
  const surely = rows.filter((row) => row.p_corrected !== null && row.p_corrected < 0.05).length
  return (
    <div className={classes.parts}>
      <p className={classes.note}>
        {t('rests_on', { a: answer.a.persons, b: answer.b.persons })}{' '}
        <Definition term="p_corrected">{t('surely', { count: surely, of: answer.comparisons })}</Definition>{' '}
        {answer.tests.map((test) => (
          <Definition key={test.name} term="log_rank">
            {t('log_rank', { p: pValue(test.p, shown) })}
          </Definition>
        ))}
      </p>
      {answer.overlap !== null && answer.overlap > 0 && (
        <p className={classes.warning}>
          <Definition term="overlap">{t('overlap', { count: answer.overlap })}</Definition>
        </p>
      )}
      {(['a', 'b'] as const).map(
        (side) =>
          answer[side].persons === 0 && (
            <p key={side} className={classes.warning}>
              {t('nobody_in', { segment: t(`segment_${side}`) })}
            </p>
          ),
      )}
      {shares.length > 0 && (
        <Drawing label={t('drawing')}>
          <Bars
            label={t('drawing')}
            most={1}
            series={(['a', 'b'] as const).map((side) => ({ key: side, label: t(`segment_${side}`) }))}
            rows={shares.slice(0, DRAWN).map((row) => ({
              key: row.row.join('/'),
              label: row.name,
              bars: (['a', 'b'] as const).map((side) => ({
                value: row[side],
                low: row[`${side}_low`],
                high: row[`${side}_high`],
                text: row[side] === null ? '' : shown.percent(row[side]!),
              })),
            }))}
          />
        </Drawing>
      )}
      <DataTable<Row>
        label={t('differences')}
        rows={rows.slice(0, listed)}
        more={rows.length > listed ? { onMore: () => setListed(listed + PAGE), loading: false } : undefined}
        rowKey={(row) => `${row.figure}/${row.row.join('/')}`}
        {...(rows.length > DRAWN ? { searchText: (row: Row) => row.name } : {})}
        columns={[
          {
            key: 'name',
            header: t('row'),
            bare: true,
            sort: (row) => row.name,
            cell: (row) => <bdi>{row.name}</bdi>,
          },
          ...(['a', 'b'] as const).map((side) => ({
            key: side,
            header: t(`segment_${side}`),
            help: <Definition term="figure" />,
            sort: (row: Row) => row[side],
            cell: figure(side),
          })),
          {
            key: 'difference',
            header: t('difference'),
            help: <Definition term="difference" />,
            sort: (row) => row.difference,
            cell: (row) => (
              <>
                <Estimate
                  value={row.difference}
                  low={row.difference_low}
                  high={row.difference_high}
                  format={apart(row)}
                />{' '}
                {row.figure === 'share' && row.difference !== null && <span className="hs-faint">{t('points')}</span>}
              </>
            ),
          },
          {
            key: 'p',
            header: t('p'),
            help: <Definition term="p_corrected" />,
            align: 'end',
            width: '100px',
            sort: (row) => row.p_corrected,
            cell: (row) =>
              row.p_corrected === null ? <span className="hs-faint">–</span> : pValue(row.p_corrected, shown),
          },
        ]}
      />
    </div>
  )
}
