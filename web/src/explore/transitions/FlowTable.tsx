import { useT } from '@/i18n/locale'
import { DataTable } from '@/ui/DataTable'
import { Duration, Num } from '@/ui/Values'
import { Definition } from '../question'
import type { Selected } from './FlowInspector'
import { useNodeName } from '../nodeName'
import type { Transition } from '../types'

/** The same numbers as the graph, readable without seeing it. */
export function FlowTable(props: { rows: Transition[]; onSelect: (selected: Selected) => void }) {
  const t = useT('explore')
  const nameOf = useNodeName()
  return (
    <DataTable
      label={t('flow_graph')}
      rows={props.rows}
      rowKey={(row) => `${row.source}\u001f${row.target}`}
      searchText={(row) => `${nameOf(row.source)} ${nameOf(row.target)}`}
      initialSort={{ key: 'count', descending: true }}
      onOpen={(row) => props.onSelect({ kind: 'edge', source: row.source, target: row.target })}
      columns={[
        {
          key: 'source',
          header: t('from'),
          sort: (row) => nameOf(row.source),
          cell: (row) => <bdi>{nameOf(row.source)}</bdi>,
        },
        {
          key: 'target',
          header: t('to'),
          sort: (row) => nameOf(row.target),
          cell: (row) => <bdi>{nameOf(row.target)}</bdi>,
        },
        {
          key: 'count',
          header: t('times'),
          help: <Definition term="times" />,
          align: 'end',
          sort: (row) => row.count,
          cell: (row) => <Num value={row.count} />,
        },
        {
          key: 'persons',
          header: t('persons'),
          align: 'end',
          sort: (row) => row.persons,
          cell: (row) => <Num value={row.persons} />,
        },
        {
          key: 'gap',
          header: t('median_gap'),
          help: <Definition term="median_gap" />,
          align: 'end',
          sort: (row) => row.median_gap_seconds,
          cell: (row) => <Duration seconds={row.median_gap_seconds} />,
        },
      ]}
    />
  )
}
