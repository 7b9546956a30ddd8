/** Every file that was brought in: what came of it, and how to take it back. */
import { Anchor, Badge, Button, Progress } from '@mantine/core'
import { IconFileImport } from '@tabler/icons-react'
import { Link, useNavigate } from 'react-router'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { DataTable, type Column } from '@/ui/DataTable'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import { DateTime, Num } from '@/ui/Values'
import { Undo } from './ImportResult'
import { isGoing, useImports } from './queries'
import type { Import } from './types'

const COLOURS: Record<Import['status'], string> = {
  queued: 'gray',
  running: 'sea',
  done: 'sea',
  failed: 'red',
  cancelled: 'gray',
  undone: 'gray',
}

export function Component() {
  const t = useT('events')
  const go = useNavigate()
  const workspace = useWorkspace()
  const problem = useProblemText()
  const { data, error, refetch } = useImports()
  const begin = workspace.canEdit && (
    <Button component={Link} to={`/w/${workspace.id}/imports/new`} leftSection={<IconFileImport size={16} />}>
      {t('new_import')}
    </Button>
  )
  const columns: Column<Import>[] = [
    {
      key: 'filename',
      header: t('file'),
      bare: true,
      sort: (one) => one.filename,
      cell: (one) => (
        <Anchor component={Link} to={`/w/${workspace.id}/imports/${one.id}`}>
          <bdi>{one.filename}</bdi>
        </Anchor>
      ),
    },
    {
      key: 'status',
      header: t('status_head'),
      width: '130px',
      cell: (one) =>
        isGoing(one) ? (
          <Progress value={(one.progress ?? 0) * 100} animated w={90} aria-label={t(`status.${one.status}`)} />
        ) : (
          <Badge variant="light" tt="none" radius="sm" color={COLOURS[one.status]}>
            {t(`status.${one.status}`)}
          </Badge>
        ),
    },
    {
      key: 'added',
      header: t('rows_added'),
      align: 'end',
      sort: (one) => one.rows_added,
      cell: (one) => <Num value={one.rows_added} />,
    },
    {
      key: 'duplicate',
      header: t('rows_duplicate'),
      align: 'end',
      sort: (one) => one.rows_duplicate,
      cell: (one) => <Num value={one.rows_duplicate} />,
    },
    {
      key: 'rejected',
      header: t('rows_rejected'),
      align: 'end',
      sort: (one) => one.rows_rejected,
      cell: (one) => <Num value={one.rows_rejected} />,
    },
    {
      key: 'when',
      header: t('when'),
      sort: (one) => one.created_at,
      cell: (one) => <DateTime at={one.created_at} />,
    },
    { key: 'by', header: t('by'), sort: (one) => one.created_by, cell: (one) => one.created_by ?? '' },
    {
      key: 'undo',
      header: t('undo_import'),
      bare: true,
      quiet: true,
      cell: (one) => workspace.canEdit && one.status === 'done' && one.rows_added > 0 && <Undo one={one} compact />,
    },
  ]
  return (
    <Screen crumbs={[{ label: t('imports') }]} actions={begin}>
      {error ? (
        <ErrorState problem={problem(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : (
        <DataTable
          label={t('imports')}
          columns={columns}
          rows={data.items}
          rowKey={(one) => one.id}
          searchText={data.items.length > 8 ? (one) => `${one.filename} ${one.created_by ?? ''}` : undefined}
          onOpen={(one) => go(`/w/${workspace.id}/imports/${one.id}`)}
          empty={
            <EmptyState
              picture="file"
              title={t('no_imports')}
              text={t(workspace.is_sample ? 'no_imports_sample' : 'no_imports_text')}
              action={begin}
            />
          }
        />
      )}
    </Screen>
  )
}
