/** In an inspector: the threads of what is inspected, or the beginning of one. */
import { Button } from '@mantine/core'
import { IconMessagePlus, IconMessages } from '@tabler/icons-react'
import { useT } from '@/i18n/locale'
import { useSession } from '../session'
import type { About } from './api'
import { useComments, useCommentsAt } from './context'

export function CommentOn({ part, target }: About) {
  const t = useT('maps')
  const comments = useComments()
  const { readOnly } = useSession()
  const { open } = useCommentsAt(`${part}:${target}`)
  if (!comments) return null
  return (
    <Button
      size="compact-sm"
      variant="default"
      leftSection={open > 0 || readOnly ? <IconMessages size={15} aria-hidden="true" /> : <IconMessagePlus size={15} aria-hidden="true" />}
      onClick={() => comments.open({ part, target })}
    >
      {open > 0 ? t('comments.open_n', { count: open }) : t(readOnly ? 'panel.comments' : 'comments.begin')}
    </Button>
  )
}
