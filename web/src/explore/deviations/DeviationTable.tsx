import { UnstyledButton } from '@mantine/core'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { DataTable, type Column } from '@/ui/DataTable'
import { Num, Rate } from '@/ui/Values'
import { useWhoOnMap } from '../onMap'
import type { DeviationRow, DeviationsAnswer } from '../onMapTypes'
import { Definition } from '../question'
import classes from './Deviations.module.css'

/** Every deviation at its place; the number of persons opens their list. */
export function DeviationTable({ answer, map, kind }: { answer: DeviationsAnswer; map: string; kind: string }) {
  const t = useT('explore/deviations')
  const shown = useFormats()
  const { dir } = useLocale()
  const who = useWhoOnMap('deviations', map)
  const rows = answer.rows.filter((row) => kind === 'all' || row.kind === kind)
  const columns: Column<DeviationRow>[] = [
    {
      key: 'kind', header: t('deviation'), bare: true, sort: (row) => t(`kind.${row.kind}`),
      cell: (row) => (
        <span className={classes.kind} data-kind={row.kind}>
          {t(`kind.${row.kind}`)}
        </span>
      ),
    },
    {
      key: 'where', header: t('where'), bare: true, width: '30%', sort: (row) => row.name,
      cell: (row) => (
        <span className={classes.where}>
          {row.event !== null && (
            <>
              <code>
                <bdi>{row.event}</bdi>
              </code>{' '}
              <bdi>{row.from_name}</bdi> {dir === 'rtl' ? '←' : '→'}{' '}
            </>
          )}
          <bdi>{row.name}</bdi>
        </span>
      ),
    },
    {
      key: 'count', header: t('count'), help: <Definition term="count" />, align: 'end', sort: (row) => row.count,
      cell: (row) => (
        <span>
          <Num value={row.count} />
          <span className={classes.of}>{t(`of.${row.kind}`, { n: row.of })}</span>
        </span>
      ),
    },
    { key: 'share', header: t('share'), sort: (row) => row.share.value, cell: (row) => <Rate rate={row.share} /> },
    {
      key: 'persons', header: t('persons'), align: 'end', sort: (row) => row.persons,
      cell: (row) =>
        row.persons === 0 ? (
          <Num value={0} />
        ) : (
          <UnstyledButton
            className={classes.who}
            onClick={() => who(`${t(`kind.${row.kind}`)}: ${row.name}`, selectorOf(row), t(`define.${row.kind}.text`))}
          >
            <Num value={row.persons} />
          </UnstyledButton>
        ),
    },
    {
      key: 'time', header: t('time'), help: <Definition term="late" />, sort: (row) => row.seconds?.p50,
      cell: (row) =>
        row.seconds === null || row.seconds.p50 === null ? (
          <span />
        ) : (
          <span>
            <strong>{shown.duration(row.seconds.p50)}</strong>
            <span className={classes.of}>
              {t('times', { most: shown.duration(row.seconds.p90 ?? 0), target: shown.duration(row.target_seconds ?? 0) })}
            </span>
          </span>
        ),
    },
  ]
  return (
    <DataTable
      label={t('bars_title')}
      columns={columns}
      rows={rows}
      page={25}
      rowKey={(row) => `${row.kind}:${row.card ?? row.group}:${row.from_card ?? ''}:${row.event ?? ''}`}
      searchText={(row) => `${row.name} ${row.from_name ?? ''} ${row.event ?? ''}`}
      initialSort={{ key: 'persons', descending: true }}
      empty={<p className="hs-faint">{t('none')}</p>}
    />
  )
}

function selectorOf(row: DeviationRow): Record<string, unknown> {
  if (row.kind === 'ad_hoc') return { kind: 'ad_hoc', event: row.event, from_card: row.from_card, to_card: row.card }
  if (row.group) return { kind: 'group', group: row.group, bucket: 'missing' }
  return { kind: 'touchpoint', card: row.card, bucket: row.kind }
}
