/** A cell: the cards of one stage and lane, and the place for the next one. */
import { IconPlus } from '@tabler/icons-react'
import { memo, useCallback, useRef, type CSSProperties, type KeyboardEvent } from 'react'
import { flushSync } from 'react-dom'
import { useT } from '@/i18n/locale'
import { CommentMark } from '../comments/CommentMark'
import { useChoosing, useWritten } from '../selection'
import { useMap, usePart, useSession } from '../session'
import { Marks } from '../together/Marks'
import { CardView } from './CardView'
import { cellKeyOf, newCardKey } from './cellKeys'
import { NewCard } from './NewCard'
import { useDropCards } from './useDropCards'
import { useDrop, type Dragged } from './drag'
import { useTurn } from './turns'
import classes from './Cell.module.css'

interface Props {
  stage: string
  /** Null: what is in no step of the stage. */
  step: string | null
  lane: string
  kind: string
  label: string
  /** The first of its stage's columns: what is said about the cell as a whole stands here. */
  first: boolean
}

export const Cell = memo(function Cell(props: Props) {
  const { stage, step, lane, kind } = props
  const t = useT('maps')
  const ids = usePart(stage, step, lane)
  const { readOnly } = useSession()
  const { edit } = useChoosing()
  const box = useRef<HTMLDivElement>(null)
  const dropCards = useDropCards()
  const onDrop = useCallback((what: Dragged) => dropCards(what, { stage, step, lane }, null), [dropCards, stage, step, lane])
  const drawn = useTurn(box, ids.length > 0)
  const over = useDrop(box, { kind: 'card', enabled: !readOnly, onDrop })
  const writing = useWritten(newCardKey({ stage, step, lane }))
  const place = cellKeyOf({ stage, step, lane })
  const placeholder = t(`ask.${kind}`)
  // A map without a single card asks its questions itself, in the first column.
  const asking = useMap((snapshot) => snapshot.cards.size === 0 && snapshot.stages[0]?.id === stage) && step === null

  const mapDir = useMap((snapshot) => snapshot.meta.language) === 'fa' ? 'rtl' : 'ltr'

  /** Whoever types here writes a card: the field takes the focus before the letter arrives. */
  function onKeyDown(event: KeyboardEvent) {
    const typed = event.key.length === 1 && event.key !== ' ' && !event.ctrlKey && !event.metaKey && !event.altKey
    if (typed) flushSync(() => edit(newCardKey({ stage, step, lane })))
  }

  return (
    <div ref={box} data-cell={place} className={classes.cell} data-over={over ?? undefined} data-empty={ids.length === 0 || undefined}>
      {props.first && <CommentMark part="cell" target={`${stage}|${lane}`} />}
      {drawn ? (
        ids.map((id) => <CardView key={id} id={id} touchpointLane={kind === 'touchpoints'} mapDir={mapDir} />)
      ) : (
        <div className={classes.soon} style={{ '--cards': ids.length } as CSSProperties} />
      )}
      {!readOnly &&
        (writing ? (
          <NewCard place={{ stage, step, lane }} kind={kind} label={props.label} placeholder={placeholder} />
        ) : (
          <button
            type="button"
            className={classes.add}
            data-hangs
            data-asking={asking || undefined}
            onClick={() => edit(newCardKey({ stage, step, lane }))}
            onKeyDown={onKeyDown}
            aria-label={props.label}
            title={placeholder}
          >
            {asking ? <span aria-hidden="true">{placeholder}</span> : <IconPlus size={14} aria-hidden="true" />}
          </button>
        ))}
      <Marks part={`cell:${place}`} />
    </div>
  )
})
