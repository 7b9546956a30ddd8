/** How many open threads a part has, as a small button that opens them; nothing where there are none. */
import { UnstyledButton } from '@mantine/core'
import { IconMessage, IconMessageFilled } from '@tabler/icons-react'
import { useFormats, useT } from '@/i18n/locale'
import type { About } from './api'
import { useComments, useCommentsAt } from './context'
import classes from './CommentMark.module.css'

export function CommentMark({ part, target }: About) {
  const t = useT('maps')
  const shown = useFormats()
  const comments = useComments()
  const { open, unread } = useCommentsAt(`${part}:${target}`)
  if (!comments || open === 0) return null
  const label = unread > 0 ? t('comments.open_unread_n', { count: open, unread }) : t('comments.open_n', { count: open })
  const Shape = unread > 0 ? IconMessageFilled : IconMessage
  return (
    <UnstyledButton
      data-tip={label}
        className={`${classes.mark} hs-tabular`}
        data-unread={unread > 0 || undefined}
        aria-label={label}
        onClick={(event) => {
          event.stopPropagation()
          comments.open({ part, target })
        }}
        onDoubleClick={(event) => event.stopPropagation()}
      >
        <Shape size={13} aria-hidden="true" />
        {shown.num(open)}
      </UnstyledButton>
  )
}
