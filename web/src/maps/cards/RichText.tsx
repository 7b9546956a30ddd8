/** A card's text as it is read. Built of React's own elements, so that no text of an author's becomes markup. */
import { Fragment, memo, useMemo, type ReactNode } from 'react'
import { parseRich, SAFE_LINK, type Inline } from '@/editor/richText'
import classes from './RichText.module.css'

export const RichText = memo(function RichText({ text }: { text: string }) {
  const blocks = useMemo(() => parseRich(text), [text])
  return blocks.map((block, index) => {
    if (block.kind === 'line') {
      return (
        <Fragment key={index}>
          {index > 0 && blocks[index - 1]!.kind === 'line' && '\n'}
          {drawn(block.inside)}
        </Fragment>
      )
    }
    const List = block.ordered ? 'ol' : 'ul'
    return (
      <List key={index} className={classes.list}>
        {block.items.map((item, at) => (
          <li key={at}>{drawn(item)}</li>
        ))}
      </List>
    )
  })
})

function drawn(parts: readonly Inline[]): ReactNode[] {
  return parts.map((part, index) => {
    switch (part.kind) {
      case 'text':
        return part.text
      case 'strong':
        return <strong key={index}>{drawn(part.inside)}</strong>
      case 'em':
        return <em key={index}>{drawn(part.inside)}</em>
      case 'link':
        return SAFE_LINK.test(part.href) ? (
          <a
            key={index}
            className={classes.link}
            href={part.href}
            target="_blank"
            rel="noopener noreferrer nofollow"
            draggable={false}
            // Opening a link is not choosing its card.
            onClick={(event) => event.stopPropagation()}
            onDoubleClick={(event) => event.stopPropagation()}
            onKeyDown={(event) => event.stopPropagation()}
          >
            {drawn(part.inside)}
          </a>
        ) : (
          <Fragment key={index}>{drawn(part.inside)}</Fragment>
        )
    }
  })
}
