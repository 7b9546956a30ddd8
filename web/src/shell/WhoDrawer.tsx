import { Anchor, Drawer } from '@mantine/core'
import { useInfiniteQuery } from '@tanstack/react-query'
import { Link } from 'react-router'
import type { WhoItem } from '@/api/types'
import { useT } from '@/i18n/locale'
import { DataTable, type Column } from '@/ui/DataTable'
import { ErrorState, Loading } from '@/ui/States'
import { Num } from '@/ui/Values'
import { useProblemText } from './problems'
import { useWorkspace } from './session'
import type { WhoQuestion } from './Who'

export default function WhoDrawer(props: { question: WhoQuestion; opened: boolean; onClose: () => void }) {
  const t = useT('shell')
  return (
    <Drawer
      opened={props.opened}
      onClose={props.onClose}
      position="right"
      size={440}
      title={<strong>{props.question.title}</strong>}
      closeButtonProps={{ 'aria-label': t('ui:close') }}
    >
      <Persons question={props.question} onGo={props.onClose} />
    </Drawer>
  )
}

function Persons({ question, onGo }: { question: WhoQuestion; onGo: () => void }) {
  const t = useT('shell')
  const workspace = useWorkspace()
  const problem = useProblemText()
  const answer = useInfiniteQuery({
    queryKey: ['who', workspace.id, ...question.key],
    queryFn: ({ pageParam, signal }) => question.page(pageParam, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
  })
  if (answer.error) return <ErrorState problem={problem(answer.error)} onRetry={() => void answer.refetch()} />
  if (!answer.data) return <Loading lines={8} />
  const rows = answer.data.pages.flatMap((page) => page.items)
  const total = answer.data.pages[0]?.total
  // Per instance on a map, per event elsewhere.
  const counted = (['instances', 'events'] as const).find((name) => typeof rows[0]?.[name] === 'number')
  const columns: Column<WhoItem>[] = [
    {
      key: 'person',
      header: t('person'),
      bare: true,
      cell: (row) => (
        <Anchor component={Link} to={`/w/${workspace.id}/persons/${encodeURIComponent(row.person)}`} onClick={onGo}>
          <bdi>{row.person}</bdi>
        </Anchor>
      ),
    },
    ...(counted
      ? [
          {
            key: counted,
            header: t(counted),
            align: 'end' as const,
            cell: (row: WhoItem) => <Num value={row[counted]} />,
          },
        ]
      : []),
  ]
  return (
    <>
      {question.help && <p className="hs-soft">{question.help}</p>}
      {typeof total === 'number' && <p>{t('persons_count', { count: total })}</p>}
      <DataTable
        label={question.title}
        columns={columns}
        rows={rows}
        rowKey={(row) => row.person}
        empty={<p className="hs-faint">{t('nobody')}</p>}
        more={
          answer.hasNextPage ? { onMore: () => void answer.fetchNextPage(), loading: answer.isFetchingNextPage } : undefined
        }
      />
    </>
  )
}
