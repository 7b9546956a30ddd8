/** All saved views that the reader may see. */
import { ActionIcon, Anchor, Badge, Menu } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { Link, useNavigate } from 'react-router'
import { useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { DataTable } from '@/ui/DataTable'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { DateTime } from '@/ui/Values'
import { useDeleteViewWithUndo } from './useDeleteViewWithUndo'
import { Naming } from './ViewMenu'
import { COMPARE } from './comparing'
import { questionOfView, useChangeView, useViews, wayTo, type View } from './views'
import classes from './QuestionPage.module.css'

export default function Views() {
  const t = useT('explore')
  const go = useNavigate()
  const workspace = useWorkspace()
  const problem = useProblemText()
  const [search, setSearch] = useState('')
  const [asked] = useDebouncedValue(search.trim(), 250)
  const query = useViews(asked)
  const open = (view: View) => {
    const way = wayTo(view)
    return way && `/w/${workspace.id}/${way}`
  }
  const titleOf = (view: View) => {
    const found = questionOfView(view)
    if (!found) return view.question
    const title = t(`ask.${found.key}.title`)
    return view.question === COMPARE && found.engine !== COMPARE ? t('compare.of', { question: title }) : title
  }
  return (
    <div className={classes.page}>
      <div className={classes.head}>
        <p className={classes.what}>{t('view.all_text')}</p>
      </div>
      {query.error ? (
        <ErrorState problem={problem(query.error)} onRetry={() => void query.refetch()} />
      ) : !query.data ? (
        <Loading lines={6} />
      ) : (
        <DataTable
          label={t('view.all')}
          rows={query.data.pages.flatMap((page) => page.items)}
          rowKey={(view) => view.id}
          search={{ value: search, onChange: setSearch }}
          onOpen={(view) => {
            const way = open(view)
            if (way) void go(way)
          }}
          more={
            query.hasNextPage ? { onMore: () => void query.fetchNextPage(), loading: query.isFetchingNextPage } : undefined
          }
          empty={<EmptyState title={t('view.none')} text={t('view.none_text')} />}
          columns={[
            {
              key: 'name',
              header: t('view.name'),
              bare: true,
              cell: (view) => {
                const way = open(view)
                return way ? (
                  <Anchor component={Link} to={way}>
                    <bdi>{view.name}</bdi>
                  </Anchor>
                ) : (
                  <bdi>{view.name}</bdi>
                )
              },
            },
            { key: 'question', header: t('view.question'), cell: titleOf },
            {
              key: 'shared',
              header: t('view.who_sees'),
              cell: (view) => (
                <Badge variant="default" tt="none" fw={400} radius="sm">
                  {t(view.shared ? 'view.shared' : 'view.own')}
                </Badge>
              ),
            },
            {
              key: 'owner',
              header: t('view.owner'),
              cell: (view) => (view.mine ? t('view.me') : <bdi>{view.owner_name ?? '–'}</bdi>),
            },
            { key: 'updated', header: t('view.updated'), cell: (view) => <DateTime at={view.updated_at} /> },
            { key: 'menu', header: t('view.actions'), quiet: true, bare: true, cell: (view) => <Actions view={view} /> },
          ]}
        />
      )}
    </div>
  )
}

function Actions({ view }: { view: View }) {
  const t = useT('explore')
  const tell = useTellProblem()
  const { canEdit } = useWorkspace()
  const change = useChangeView()
  const drop = useDeleteViewWithUndo()
  const [naming, setNaming] = useState(false)
  if (view.shared && !canEdit) return null
  return (
    <Naming
      plain
      opened={naming}
      onChange={setNaming}
      title={t('view.rename')}
      usual={view.name}
      sharing={false}
      problem={change.error}
      busy={change.isPending}
      onDone={({ name }) => change.mutate({ id: view.id, name }, { onSuccess: () => setNaming(false) })}
    >
      <span>
        <Menu position="bottom-end">
          <Menu.Target>
            <ActionIcon variant="subtle" color="gray" aria-label={t('view.actions_of', { name: view.name })}>
              <IconDots size={16} />
            </ActionIcon>
          </Menu.Target>
          <Menu.Dropdown>
            <Menu.Item onClick={() => setNaming(true)}>{t('view.rename')}</Menu.Item>
            {canEdit && (!view.shared || view.mine) && (
              <Menu.Item onClick={() => change.mutate({ id: view.id, shared: !view.shared }, { onError: tell })}>
                {t(view.shared ? 'view.unshare' : 'view.share')}
              </Menu.Item>
            )}
            <Menu.Item color="red" onClick={() => drop(view)}>
              {t('ui:delete')}
            </Menu.Item>
          </Menu.Dropdown>
        </Menu>
      </span>
    </Naming>
  )
}
