/** How long it takes to each step, and the steps for each value of a property, as tables. */
import { useFormats, useT } from '@/i18n/locale'
import { DataTable, type Column } from '@/ui/DataTable'
import { Duration, Rate, type RateValue } from '@/ui/Values'
import { Definition, WhoNumber } from '../question'
import type { FunnelAnswer, FunnelGroup, FunnelStep } from '../types'
import { howAsked, type Asked } from './funnelAddress'
import classes from './Funnel.module.css'
import { useStepName } from './stepName'

const QUANTILES = ['p10', 'p25', 'median', 'p75', 'p90'] as const

export function FunnelTimes({ answer }: { answer: FunnelAnswer }) {
  const own = useT('explore/funnel')
  const stepName = useStepName()
  const rows = answer.rows.slice(1).map((row, index) => ({ row, index }))
  if (rows.length === 0) return null
  const columns: Column<{ row: FunnelStep; index: number }>[] = [
    { key: 'step', header: own('step'), bare: true, cell: ({ row }) => <bdi>{stepName(row.step)}</bdi> },
    ...QUANTILES.map((name) => ({
      key: name,
      header: own(`quantile.${name}`),
      align: 'end' as const,
      cell: ({ row }: { row: FunnelStep }) => <Duration short seconds={row.seconds_from_first[name]} />,
    })),
  ]
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>
        <Definition term="to_convert">{own('times')}</Definition>
      </h2>
      <DataTable label={own('times')} columns={columns} rows={rows} rowKey={({ index }) => String(index)} />
    </section>
  )
}

/** The share with its interval below: the table is wide already. */
function Whole({ rate }: { rate: RateValue | null }) {
  const ui = useT('ui')
  const shown = useFormats()
  return (
    <span className={classes.stacked}>
      <Rate rate={rate} compact />
      {rate && rate.low !== null && rate.high !== null && (
        <small>{ui('interval', { low: shown.percent(rate.low), high: shown.percent(rate.high) })}</small>
      )}
    </span>
  )
}

export function FunnelGroups({ answer, asked }: { answer: FunnelAnswer; asked: Asked }) {
  const own = useT('explore/funnel')
  const stepName = useStepName()
  if (!answer.breakdown) return null
  const { property, groups } = answer.breakdown
  const shownValues = groups.filter((group) => group.kind === 'value').map((group) => group.value)
  const label = (group: FunnelGroup) => (group.kind === 'value' ? String(group.value) : own(`group.${group.kind}`))
  const columns: Column<FunnelGroup>[] = [
    {
      key: 'group',
      header: property,
      bare: true,
      cell: (group) => <bdi className={group.kind === 'value' ? undefined : 'hs-faint'}>{label(group)}</bdi>,
    },
    ...answer.rows.map((row, index) => ({
      key: `step${index}`,
      // The names stand above; here they would take the width of the numbers.
      header: own('step_n', { place: index + 1 }),
      align: 'end' as const,
      sort: (group: FunnelGroup) => group.rows[index]?.paths,
      cell: (group: FunnelGroup) => (
        <WhoNumber
          value={group.rows[index]?.paths ?? null}
          title={`${property}: ${label(group)} · ${stepName(row.step)}`}
          selector={{
            ...howAsked(asked),
            step: index + 1,
            breakdown: property,
            ...(group.kind === 'other' ? { not_values: shownValues } : { value: group.value }),
          }}
        />
      ),
    })),
    {
      key: 'whole',
      header: own('whole'),
      help: <Definition term="of_first" />,
      align: 'end' as const,
      sort: (group) => group.rows.at(-1)?.interval?.value,
      cell: (group) => <Whole rate={group.rows.at(-1)?.interval ?? null} />,
    },
  ]
  return (
    <section className={classes.section}>
      <h2 className={classes.sectionTitle}>
        <Definition term="breakdown">{own('groups', { property })}</Definition>
      </h2>
      <DataTable
        label={own('groups', { property })}
        columns={columns}
        rows={groups}
        rowKey={(group) => `${group.kind}/${JSON.stringify(group.value)}`}
      />
    </section>
  )
}
