/** One comment: who, when, what; its author can change it, and delete it with a way back. */
import { ActionIcon, Button, Group, Menu, Text } from '@mantine/core'
import { notifications } from '@mantine/notifications'
import { IconDotsVertical, IconPencil, IconTrash } from '@tabler/icons-react'
import { useState } from 'react'
import { useFormats, useT } from '@/i18n/locale'
import { useTellProblem } from '@/shell/problems'
import { useSession as useSignedIn } from '@/shell/session'
import { When } from '@/ui/When'
import { useSession } from '../session'
import { Avatar } from '../together/Avatar'
import { useWriting, type Comment } from './api'
import { CommentText } from './CommentText'
import { Composer } from './Composer'
import type { Person } from './mentions'
import classes from './comments.module.css'

const UNDO_MS = 12_000

export function CommentView({ map, comment, people }: { map: string; comment: Comment; people: readonly Person[] }) {
  const t = useT('maps/comments')
  const formats = useFormats()
  const { readOnly, announce } = useSession()
  const me = useSignedIn().data?.user?.id
  const tell = useTellProblem()
  const { edit, drop, restore } = useWriting(map)
  const [editing, setEditing] = useState(false)
  const name = comment.author?.name ?? t('nobody')
  if (comment.deleted) return <p className={classes.deleted}>{t('deleted_here')}</p>

  function onDelete() {
    drop.mutate(comment.id, {
      onError: tell,
      onSuccess: () => {
        announce(t('deleted'))
        const notice = notifications.show({
          autoClose: UNDO_MS,
          message: (
            <Group justify="space-between" wrap="nowrap">
              <Text size="sm">{t('deleted')}</Text>
              <Button
                size="compact-sm"
                variant="light"
                onClick={() => {
                  notifications.hide(notice)
                  restore.mutate(comment.id, { onError: tell })
                }}
              >
                {t('ui:undo')}
              </Button>
            </Group>
          ),
        })
      },
    })
  }

  return (
    <article className={classes.comment} aria-label={t('by', { name, at: formats.dateTime(comment.created_at) })}>
      <div className={classes.commentHead}>
        <Avatar id={comment.author?.id ?? ''} name={name} size={24} />
        <span className={classes.author}>
          <bdi>{name}</bdi>
        </span>
        <span className="hs-faint">
          <When at={comment.created_at} />
          {comment.edited_at && ` · ${t('edited')}`}
        </span>
        <span className={classes.spring} />
        {!readOnly && comment.author?.id === me && !editing && (
          <Menu position="bottom-end" withinPortal>
            <Menu.Target>
              <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('menu_of', { at: formats.dateTime(comment.created_at) })}>
                <IconDotsVertical size={14} />
              </ActionIcon>
            </Menu.Target>
            <Menu.Dropdown>
              <Menu.Item leftSection={<IconPencil size={15} />} onClick={() => setEditing(true)}>
                {t('edit')}
              </Menu.Item>
              <Menu.Item leftSection={<IconTrash size={15} />} color="red" onClick={onDelete}>
                {t('ui:delete')}
              </Menu.Item>
            </Menu.Dropdown>
          </Menu>
        )}
      </div>
      {editing ? (
        <Composer
          label={t('edit')}
          send={t('ui:save')}
          value={comment.text}
          people={people}
          autoFocus
          onSend={async (text) => {
            await edit.mutateAsync({ c: comment.id, text })
            setEditing(false)
          }}
          onCancel={() => setEditing(false)}
        />
      ) : (
        <CommentText text={comment.text} people={people} />
      )}
    </article>
  )
}
