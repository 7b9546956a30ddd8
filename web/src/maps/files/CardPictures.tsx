/** The first picture of a card, in a frame of fixed shape, so that nothing jumps when it comes. */
import { useState } from 'react'
import type { CardFile } from '@/editor/model'
import { useFileActions } from './context'
import { isPicture, pictureAddress } from './files'
import classes from './files.module.css'

export function CardPictures({ files }: { files: readonly CardFile[] }) {
  const actions = useFileActions()
  const first = files.find((file) => isPicture(file.name))
  if (!actions || !first) return null
  return <Picture key={first.id} workspace={actions.workspace} file={first} />
}

function Picture({ workspace, file }: { workspace: string; file: CardFile }) {
  const [gone, setGone] = useState(false)
  if (gone) return null
  return (
    <img
      className={classes.picture}
      src={pictureAddress(workspace, file)}
      alt={file.alt ?? file.name}
      loading="lazy"
      decoding="async"
      draggable={false}
      onError={() => setGone(true)}
    />
  )
}
