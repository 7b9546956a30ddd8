import { useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { Num, Rate } from '@/ui/Values'
import { Definition, WhoNumber } from '../question'
import type { Chosen, FlowAnswer } from './types'
import { useFlowName, useStepName } from './useStepName'

/** The same numbers as the drawing, readable without seeing it. */
export function NodeTable(props: {
  answer: FlowAnswer
  request: Record<string, unknown>
  onChoose: (chosen: Chosen) => void
}) {
  const t = useT('explore/flow')
  const nameOf = useFlowName()
  const stepName = useStepName()
  return (
    <DataTable
      label={t('table')}
      rows={props.answer.nodes}
      rowKey={(row) => `${row.step}/${row.node}`}
      searchText={(row) => nameOf(row.node)}
      onOpen={props.onChoose}
      columns={[
        { key: 'step', header: t('step'), sort: (row) => row.step, cell: (row) => stepName(row.step) },
        { key: 'node', header: t('event'), sort: (row) => nameOf(row.node), cell: (row) => <bdi>{nameOf(row.node)}</bdi> },
        {
          key: 'count',
          header: t('count'),
          help: <Definition term="count" />,
          align: 'end',
          sort: (row) => row.count,
          cell: (row) => <Num value={row.count} />,
        },
        {
          key: 'share',
          header: t('share'),
          help: <Definition term="share" />,
          align: 'end',
          sort: (row) => row.share,
          cell: (row) => <Rate rate={row.interval} compact />,
        },
        {
          key: 'persons',
          header: t('persons'),
          align: 'end',
          sort: (row) => row.persons,
          cell: (row) => (
            <WhoNumber
              value={row.persons}
              title={`${nameOf(row.node)} (${stepName(row.step)})`}
              selector={{ ...props.request, step: row.step, node: row.node }}
            />
          ),
        },
      ]}
    />
  )
}
