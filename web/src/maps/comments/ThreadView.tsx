/** A thread: closed, its first words and how many answers; open, all that was said and a place to answer. */
import { Badge, Button, CopyButton, Group, UnstyledButton, VisuallyHidden } from '@mantine/core'
import { useDocumentVisibility } from '@mantine/hooks'
import { IconCheck, IconFocus2, IconLink, IconRotate } from '@tabler/icons-react'
import { useEffect, useRef } from 'react'
import { newId } from '@/editor/commands'
import { useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { When } from '@/ui/When'
import { useSession } from '../session'
import { useSee, useWriting, type Thread } from './api'
import { CommentText } from './CommentText'
import { CommentView } from './CommentView'
import { Composer } from './Composer'
import { addressOf } from './context'
import type { Person } from './mentions'
import { usePartName, useShowPart } from './usePart'
import classes from './comments.module.css'

export function ThreadView(props: {
  map: string
  thread: Thread
  open: boolean
  people: readonly Person[]
  onOpen: (open: boolean) => void
}) {
  const { map, thread, open, people } = props
  const t = useT('maps/comments')
  const nameOf = usePartName()
  const { readOnly, announce } = useSession()
  const tell = useTellProblem()
  const { reply, settle } = useWriting(map)
  const show = useShowPart()(thread)
  const box = useRef<HTMLElement>(null)
  const request = useRef(newId())
  const visible = useDocumentVisibility() === 'visible'
  const { mutate: see } = useSee(map)

  useEffect(() => {
    if (open) box.current?.scrollIntoView({ block: 'nearest' })
  }, [open])
  useEffect(() => {
    if (open && visible && thread.unread) see(thread.id)
  }, [open, visible, thread.unread, thread.updated_at, thread.id, see])

  const said = thread.comments.filter((one) => !one.deleted)
  const first = said[0]
  const resolved = thread.resolved_at !== null
  const name = nameOf(thread, thread.details)
  const known = [...people, ...thread.comments.flatMap((one) => one.people).filter((one) => !people.some((other) => other.id === one.id))]

  function onSettle() {
    const how = resolved ? 'reopen' : 'resolve'
    settle.mutate({ t: thread.id, how }, { onError: tell, onSuccess: () => announce(t(how === 'resolve' ? 'resolved_now' : 'reopened_now')) })
  }

  return (
    <section ref={box} className={classes.thread} data-thread={thread.id} data-open={open || undefined} data-unread={thread.unread || undefined} aria-label={name}>
      <UnstyledButton className={classes.threadHead} aria-expanded={open} onClick={() => props.onOpen(!open)}>
        <span className={classes.about}>
          {thread.unread && (
            <span className={classes.dot}>
              <VisuallyHidden>{t('unread')}</VisuallyHidden>
            </span>
          )}
          <span className={classes.partName}>{name}</span>
          {thread.gone && (
            <Badge size="xs" variant="light" color="gray" tt="none">
              {t('gone')}
            </Badge>
          )}
          {resolved && (
            <Badge size="xs" variant="light" tt="none">
              {t('resolved')}
            </Badge>
          )}
        </span>
        {!open && first && (
          <>
            <span className={classes.brief}>
              <bdi className={classes.author}>{first.author?.name ?? t('nobody')}</bdi>
              <CommentText text={first.text} people={first.people} />
            </span>
            <span className="hs-faint">
              {said.length > 1 && <>{t('replies_n', { count: said.length - 1 })} · </>}
              <When at={thread.updated_at} />
            </span>
          </>
        )}
      </UnstyledButton>
      {open && (
        <>
          {thread.comments.map((comment) => (
            <CommentView key={comment.id} map={map} comment={comment} people={known} />
          ))}
          {resolved && thread.resolved_by && (
            <p className={classes.settled}>
              <IconCheck size={14} aria-hidden="true" /> {t('resolved_by', { name: `\u2068${thread.resolved_by.name}\u2069` })}
            </p>
          )}
          {!readOnly && (
            <Composer
              label={t(resolved ? 'reply_reopens' : 'reply')}
              send={t('send_reply')}
              people={known}
              onSend={async (text) => {
                await reply.mutateAsync({ t: thread.id, text, request_id: request.current })
                request.current = newId()
                announce(t('replied'))
              }}
            />
          )}
          <Group gap={6} mt={8}>
            {!readOnly && (
              <Button
                size="compact-xs"
                variant="default"
                loading={settle.isPending}
                leftSection={resolved ? <IconRotate size={13} aria-hidden="true" /> : <IconCheck size={13} aria-hidden="true" />}
                onClick={onSettle}
              >
                {t(resolved ? 'reopen' : 'resolve')}
              </Button>
            )}
            {show && !thread.gone && (
              <Button size="compact-xs" variant="default" leftSection={<IconFocus2 size={13} aria-hidden="true" />} onClick={show}>
                {t('show')}
              </Button>
            )}
            <CopyButton value={linkTo(thread.id)}>
              {({ copied, copy }) => (
                <Button size="compact-xs" variant="default" leftSection={<IconLink size={13} aria-hidden="true" />} onClick={copy}>
                  {t(copied ? 'ui:copied' : 'copy_link')}
                </Button>
              )}
            </CopyButton>
          </Group>
        </>
      )}
    </section>
  )
}

/** As in the mails: nothing but the map, the panel and the thread. */
const linkTo = (thread: string): string => `${window.location.origin}${window.location.pathname}?${addressOf(new URLSearchParams(), { thread }).toString()}`
