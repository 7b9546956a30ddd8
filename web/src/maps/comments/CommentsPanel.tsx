/** What is said about the map and its parts: threads, the open one among them, and where the next begins. */
import { Button, Group, SegmentedControl, Text } from '@mantine/core'
import { IconChecks, IconFilterOff } from '@tabler/icons-react'
import { useMemo, useRef, useState } from 'react'
import { useParams, useSearchParams } from 'react-router'
import { newId } from '@/editor/commands'
import { useT } from '@/i18n/locale'
import { useMembers } from '@/library/api'
import { useProblemText, useTellProblem } from '@/shell/problems'
import { InspectorPanel } from '@/ui/InspectorPanel'
import { EmptyState, ErrorState, Loading } from '@/ui/States'
import type { PanelProps } from '../panels'
import { useSession } from '../session'
import { useSee, useThread, useThreads, useWriting, WHICH, type About, type Which } from './api'
import { addressOf, useCommentsTotal } from './context'
import { Composer } from './Composer'
import type { Person } from './mentions'
import { ThreadView } from './ThreadView'
import { usePartName } from './usePart'

const ON = /^(stage|lane|cell|card):([\w.|-]+)$/

export function CommentsPanel({ onClose }: PanelProps) {
  const t = useT('maps/comments')
  const { m = '' } = useParams()
  const { readOnly, announce } = useSession()
  const [params, setParams] = useSearchParams()
  const nameOf = usePartName()
  const problem = useProblemText()
  const tell = useTellProblem()
  const [which, setWhich] = useState<Which>('open')
  const [, part, target] = ON.exec(params.get('on') ?? '') ?? []
  const about = useMemo(() => (part && target ? ({ part, target } as About) : null), [part, target])
  const openId = params.get('thread')
  const threads = useThreads(m, which, about)
  const linked = useThread(m, openId)
  const { begin } = useWriting(m)
  const see = useSee(m)
  const { unread } = useCommentsTotal()
  const request = useRef(newId())
  const members = useMembers().data
  const people = useMemo<Person[]>(() => (members ?? []).map((one) => ({ id: one.user_id, name: one.name, email: one.email })), [members])

  const go = (to: { on?: string | null; thread?: string | null }) =>
    setParams((old) => addressOf(old, to), { replace: true, preventScrollReset: true })
  const on = about ? `${about.part}:${about.target}` : null
  const found = threads.data?.pages.flatMap((page) => page.items) ?? []
  const onList = found.some((one) => one.id === openId)
  const one = (thread: (typeof found)[number]) => (
    <ThreadView
      key={thread.id}
      map={m}
      thread={thread}
      people={people}
      open={thread.id === openId}
      onOpen={(open) => go({ on, thread: open ? thread.id : null })}
    />
  )

  return (
    <InspectorPanel title={about ? nameOf(about) : t('title')} kind={about ? t('title') : t('maps:map')} onClose={onClose}>
      {about && (
        <Button size="compact-sm" variant="subtle" mb="xs" leftSection={<IconFilterOff size={15} aria-hidden="true" />} onClick={() => go({})}>
          {t('all_of_map')}
        </Button>
      )}
      {!readOnly && (
        <Composer
          key={on}
          label={about ? t('begin_here') : t('begin_map')}
          send={t('send')}
          people={people}
          autoFocus={about !== null}
          onSend={async (text) => {
            const thread = await begin.mutateAsync({ ...(about ?? { part: 'map', target: '' }), text, request_id: request.current })
            request.current = newId()
            announce(t('begun'))
            if (!about) setWhich('open')
            go({ on, thread: thread.id })
          }}
        />
      )}
      {!about && (
        <SegmentedControl
          fullWidth
          size="xs"
          mt="sm"
          value={which}
          onChange={(next) => {
            setWhich(next as Which)
            go({})
          }}
          aria-label={t('which.label')}
          data={WHICH.map((value) => ({ value, label: t(`which.${value}`) }))}
        />
      )}
      {!about && unread > 0 && (
        <Group justify="flex-end" mt={6}>
          <Button
            size="compact-xs"
            variant="subtle"
            leftSection={<IconChecks size={14} aria-hidden="true" />}
            loading={see.isPending}
            onClick={() => see.mutate(null, { onError: tell })}
          >
            {t('mark_all_read')}
          </Button>
        </Group>
      )}
      {openId && !onList && !threads.isPending && (
        <>
          {linked.data && one(linked.data)}
          {linked.error && (linked.error.status === 404 ? <Text mt="md" className="hs-soft">{t('thread_gone')}</Text> : <ErrorState problem={problem(linked.error)} onRetry={() => void linked.refetch()} />)}
        </>
      )}
      {threads.isPending && <Loading lines={6} label={t('title')} />}
      {threads.error && <ErrorState problem={problem(threads.error)} onRetry={() => void threads.refetch()} />}
      {found.map(one)}
      {threads.data && found.length === 0 && !openId && (
        <EmptyState
          picture="people"
          title={t(about ? 'none.about' : `none.${which}`)}
          text={which === 'open' && !about ? t(readOnly ? 'none.read_only_help' : 'none.help') : undefined}
        />
      )}
      {threads.hasNextPage && (
        <Button variant="subtle" size="compact-sm" mt="sm" loading={threads.isFetchingNextPage} onClick={() => void threads.fetchNextPage()}>
          {t('ui:show_more')}
        </Button>
      )}
    </InspectorPanel>
  )
}
