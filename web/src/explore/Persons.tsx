/** Everyone who has events, by id. */
import { Anchor, Button } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { keepPreviousData, useInfiniteQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { get } from '@/api/client'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { DataTable } from '@/ui/DataTable'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { DateTime, Num } from '@/ui/Values'

export function Component() {
  const t = useT('explore')
  const go = useNavigate()
  const workspace = useWorkspace()
  const problem = useProblemText()
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 250)
  const query = useInfiniteQuery({
    queryKey: ['persons', workspace.id, asked],
    queryFn: ({ pageParam, signal }) =>
      get('/api/workspaces/{w}/persons', {
        path: { w: workspace.id },
        query: { search: asked, cursor: pageParam, limit: 50 },
        signal,
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
  const address = (person: string) => `/w/${workspace.id}/persons/${encodeURIComponent(person)}`
  return (
    <Screen crumbs={[{ label: t('customers') }]}>
      {query.error ? (
        <ErrorState problem={problem(query.error)} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Loading lines={8} />
      ) : (
        <DataTable
          label={t('customers')}
          rows={query.data.pages.flatMap((page) => page.items)}
          rowKey={(row) => row.person}
          search={{ value: search, onChange: setSearch, placeholder: t('search_person') }}
          onOpen={(row) => go(address(row.person))}
          more={
            query.hasNextPage ? { onMore: () => void query.fetchNextPage(), loading: query.isFetchingNextPage } : undefined
          }
          empty={
            <EmptyState
              picture="people"
              title={t('no_persons')}
              text={t('no_persons_text')}
              action={
                workspace.canEdit && (
                  <Button component={Link} to={`/w/${workspace.id}/imports/new`}>
                    {t('import_events')}
                  </Button>
                )
              }
            />
          }
          columns={[
            {
              key: 'person',
              header: t('person'),
              bare: true,
              cell: (row) => (
                <Anchor component={Link} to={address(row.person)}>
                  <bdi>{row.person}</bdi>
                </Anchor>
              ),
            },
            { key: 'events', header: t('events'), align: 'end', cell: (row) => <Num value={row.events} /> },
            { key: 'first', header: t('first_event'), cell: (row) => <DateTime at={row.first_at} /> },
            { key: 'last', header: t('last_event'), cell: (row) => <DateTime at={row.last_at} /> },
          ]}
        />
      )}
    </Screen>
  )
}
