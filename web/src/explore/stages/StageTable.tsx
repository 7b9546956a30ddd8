import { UnstyledButton } from '@mantine/core'
import { useFormats, useT } from '@/i18n/locale'
import { DataTable, type Column } from '@/ui/DataTable'
import { Num, Rate } from '@/ui/Values'
import { useWhoOnMap } from '../onMap'
import type { StageRow, StagesAnswer } from '../onMapTypes'
import { Definition } from '../question'
import classes from './Stages.module.css'

const BUCKETS = ['entered', 'went_on', 'left', 'still_open', 'skipped'] as const

export function StageTable({ answer, map }: { answer: StagesAnswer; map: string }) {
  const t = useT('explore/stages')
  const shown = useFormats()
  const who = useWhoOnMap('stages', map)
  const back = new Map<string, number>()
  for (const move of answer.regressions) back.set(move.to, (back.get(move.to) ?? 0) + move.count)
  const counts: Column<StageRow>[] = BUCKETS.map((bucket) => ({
    key: bucket,
    header: t(bucket),
    help: <Definition term={bucket} />,
    align: 'end',
    sort: (row) => row[bucket],
    cell: (row) =>
      row[bucket] === 0 ? (
        <Num value={0} />
      ) : (
        <UnstyledButton
          className={classes.who}
          onClick={() => who(t(`who.${bucket}`, { stage: row.name }), { kind: 'stage', stage: row.stage, bucket })}
        >
          <Num value={row[bucket]} />
        </UnstyledButton>
      ),
  }))
  const columns: Column<StageRow>[] = [
    { key: 'stage', header: t('stage'), bare: true, cell: (row) => <bdi className={classes.strong}>{row.name}</bdi> },
    ...counts,
    {
      key: 'back', header: t('back'), help: <Definition term="back" />, align: 'end',
      sort: (row) => back.get(row.stage) ?? 0, cell: (row) => <Num value={back.get(row.stage) ?? 0} />,
    },
    {
      key: 'share', header: t('share'), help: <Definition term="share" />, sort: (row) => row.share_went_on.value,
      cell: (row) => <Rate rate={row.share_went_on} compact />,
    },
    {
      key: 'time', header: t('time'), help: <Definition term="time" />, sort: (row) => row.seconds.p50,
      cell: (row) =>
        row.seconds.p50 === null ? (
          <Num value={null} />
        ) : (
          <span className={classes.times}>
            <strong>{shown.duration(row.seconds.p50)}</strong>
            <span className={classes.quantiles}>
              {t('quantiles', {
                low: shown.duration(row.seconds.p25 ?? 0), high: shown.duration(row.seconds.p75 ?? 0),
                most: shown.duration(row.seconds.p90 ?? 0), n: row.seconds.n,
              })}
            </span>
          </span>
        ),
    },
  ]
  return <DataTable label={t('bars_title')} columns={columns} rows={answer.rows} rowKey={(row) => row.stage} />
}
