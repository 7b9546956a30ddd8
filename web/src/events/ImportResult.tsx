/** One import while it runs and after: how far, what came in, what did not and why. */
import { Button, Group, Progress, Stack, Text } from '@mantine/core'
import { IconArrowBackUp, IconDownload } from '@tabler/icons-react'
import { useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { Link, useParams } from 'react-router'
import { useFormats, useT } from '@/i18n/locale'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { Screen } from '@/shell/Screen'
import { useWorkspace } from '@/shell/session'
import { ConfirmButton } from '@/ui/ConfirmButton'
import { DataTable } from '@/ui/DataTable'
import { ErrorState, Loading } from '@/ui/States'
import { DateTime, Num } from '@/ui/Values'
import classes from './Import.module.css'
import { isGoing, rejectedAddress, useImport, useImportAction } from './queries'
import type { Import } from './types'

export function Component() {
  const t = useT('events')
  const { i = '' } = useParams()
  const workspace = useWorkspace()
  const queries = useQueryClient()
  const problem = useProblemText()
  const { data, error, refetch } = useImport(i)

  // The moment it ends, every number elsewhere is old.
  const going = data ? isGoing(data) : null
  const before = useRef(going)
  useEffect(() => {
    if (before.current === true && going === false) {
      void queries.invalidateQueries({ predicate: ({ queryKey }) => !['session', 'import'].includes(String(queryKey[0])) })
    }
    before.current = going
  }, [going, queries])

  return (
    <Screen
      crumbs={[{ label: t('imports'), to: 'imports' }, { label: data?.filename ?? t('import') }]}
      actions={
        data && !isGoing(data) && workspace.canEdit ? (
          <>
            {data.status === 'done' && <Undo one={data} />}
            <Button component={Link} to={`/w/${workspace.id}/imports/new`} variant="light">
              {t('new_import')}
            </Button>
          </>
        ) : undefined
      }
    >
      {error ? (
        <ErrorState problem={problem(error)} onRetry={() => void refetch()} />
      ) : !data ? (
        <Loading />
      ) : isGoing(data) ? (
        <Running one={data} />
      ) : (
        <Ended one={data} />
      )}
    </Screen>
  )
}

function Running({ one }: { one: Import }) {
  const t = useT('events')
  const shown = useFormats()
  const workspace = useWorkspace()
  const cancel = useImportAction('cancel')
  const tell = useTellProblem()
  return (
    <section className={`${classes.running} hs-card`} role="status">
      <Group justify="space-between">
        <Text fw={600}>{t(one.status === 'queued' ? 'queued' : 'running')}</Text>
        <span className="hs-faint">{one.progress !== null && shown.percent(one.progress, 0)}</span>
      </Group>
      <Progress
        value={(one.progress ?? 0) * 100}
        animated={one.progress === null}
        aria-label={t('progress')}
        size="md"
      />
      <Group justify="space-between">
        <Text className="hs-soft">{t('rows_so_far', { count: one.rows_read })}</Text>
        {workspace.canEdit && (
          <Button
            size="xs"
            variant="default"
            loading={cancel.isPending}
            onClick={() => cancel.mutate(one.id, { onError: tell })}
          >
            {t('stop')}
          </Button>
        )}
      </Group>
      <Text className="hs-faint" size="sm">
        {t('may_leave')}
      </Text>
    </section>
  )
}

function Ended({ one }: { one: Import }) {
  const t = useT('events')
  const workspace = useWorkspace()
  return (
    <Stack gap="lg">
      {one.status === 'failed' && (
        <ErrorState problem={{ title: t('failed'), detail: one.error?.detail ?? t('failed_text') }} />
      )}
      {one.status === 'cancelled' && <ErrorState problem={{ title: t('cancelled'), detail: t('cancelled_text') }} />}
      {one.status === 'undone' && <ErrorState problem={{ title: t('undone'), detail: t('undone_text') }} />}
      {(one.status === 'done' || one.status === 'undone') && (
        <dl className={classes.totals}>
          {(['read', 'added', 'duplicate', 'rejected'] as const).map((part) => (
            <div key={part} className={`${classes.total} hs-card`} data-part={part}>
              <dt>{t(`rows_${part}`)}</dt>
              <dd>
                <Num value={one[`rows_${part}`]} />
                <span className={classes.totalHelp}>{t(`rows_${part}_help`)}</span>
              </dd>
            </div>
          ))}
        </dl>
      )}
      {one.reasons.length > 0 && (
        <section>
          <Group justify="space-between" mb="xs">
            <h2 className={classes.part}>{t('reasons')}</h2>
            <Button
              component="a"
              href={rejectedAddress(workspace.id, one.id)}
              download
              size="xs"
              variant="default"
              leftSection={<IconDownload size={15} />}
            >
              {t('download_rejected')}
            </Button>
          </Group>
          <DataTable
            label={t('reasons')}
            rows={one.reasons}
            rowKey={(reason) => `${reason.code}/${reason.column}`}
            initialSort={{ key: 'count', descending: true }}
            columns={[
              { key: 'detail', header: t('reason'), bare: true, cell: (reason) => reason.detail },
              {
                key: 'first_line',
                header: t('first_line'),
                align: 'end',
                sort: (reason) => reason.first_line,
                cell: (reason) => <Num value={reason.first_line} />,
              },
              {
                key: 'count',
                header: t('rows'),
                align: 'end',
                sort: (reason) => reason.count,
                cell: (reason) => <Num value={reason.count} />,
              },
            ]}
          />
        </section>
      )}
      {one.status === 'done' && (
        <Group gap="sm">
          <Button component={Link} to={`/w/${workspace.id}/paths`}>
            {t('see_paths')}
          </Button>
          <Button component={Link} to={`/w/${workspace.id}/maps`} variant="default">
            {t('to_maps')}
          </Button>
        </Group>
      )}
      <Text className="hs-faint" size="sm">
        <DateTime at={one.created_at} />
        {one.created_by && <> · {one.created_by}</>}
      </Text>
    </Stack>
  )
}

export function Undo({ one, compact = false }: { one: Import; compact?: boolean }) {
  const t = useT('events')
  const undo = useImportAction('undo')
  const tell = useTellProblem()
  return (
    <ConfirmButton
      size={compact ? 'compact-xs' : 'sm'}
      icon={<IconArrowBackUp size={15} className="hs-mirror" />}
      label={t('undo_import')}
      question={t('undo_question', { count: one.rows_added })}
      answer={t('undo_import')}
      loading={undo.isPending}
      onConfirm={() => undo.mutate(one.id, { onError: tell })}
    />
  )
}
