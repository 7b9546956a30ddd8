/** A comment as it is read: people by name, and in each line the direction of its own words. */
import { Fragment } from 'react'
import { directionOf } from '@/i18n/direction'
import { useLocale, useT } from '@/i18n/locale'
import { useSession as useSignedIn } from '@/shell/session'
import { pieces, type Person } from './mentions'
import classes from './comments.module.css'

export function CommentText({ text, people }: { text: string; people: readonly Person[] }) {
  const t = useT('maps/comments')
  const { dir } = useLocale()
  const me = useSignedIn().data?.user?.id
  return (
    <p className={classes.text} dir={directionOf(text.replace(/<@\w+>/g, ''), dir)}>
      {pieces(text, people).map((piece, index) =>
        piece.kind === 'text' ? (
          <Fragment key={index}>{piece.text}</Fragment>
        ) : (
          <bdi key={index} className={classes.mention} data-me={piece.id === me || undefined}>
            @{piece.name ?? t('nobody')}
          </bdi>
        ),
      )}
    </p>
  )
}
