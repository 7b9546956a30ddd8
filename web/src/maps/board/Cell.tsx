/** A cell: the cards of one stage and lane, and the place for the next one. */
import { IconPlus } from '@tabler/icons-react'
import { memo, useCallback, useRef } from 'react'
import { useT } from '@/i18n/locale'
import { useTouchpointNamed } from '../library'
import { useSelection } from '../selection'
import { useMap, usePart, useSession } from '../session'
import { Marks } from '../together/Marks'
import { CardView } from './CardView'
import { InlineText } from './InlineText'
import { useDrop, type Dragged } from './drag'
import classes from './Cell.module.css'

interface Props {
  stage: string
  /** Null: what is in no step of the stage. */
  step: string | null
  lane: string
  kind: string
  label: string
}

export const Cell = memo(function Cell(props: Props) {
  const { stage, step, lane, kind } = props
  const t = useT('maps')
  const ids = usePart(stage, step, lane)
  const { run, readOnly } = useSession()
  const { editing, edit } = useSelection()
  const named = useTouchpointNamed()
  const box = useRef<HTMLDivElement>(null)
  const onDrop = useCallback(
    (what: Dragged) => void run({ do: 'move_card', id: what.id, stage, step, lane, before: null }),
    [run, stage, step, lane],
  )
  const over = useDrop(box, { kind: 'card', enabled: !readOnly, onDrop })
  /** In the touchpoints lane a name that the library knows is that touchpoint. */
  function add(text: string) {
    const known = kind === 'touchpoints' ? named(text) : undefined
    run({ do: 'add_card', stage, lane, text, ...(step ? { step } : {}), ...(known ? { touchpoint: known.id } : {}) })
  }

  const key = `new:${stage}:${lane}${step ? `:${step}` : ''}`
  const place = `${stage}|${lane}${step ? `|${step}` : ''}`
  const placeholder = t(`ask.${kind}`)
  // A map without a single card asks its questions itself, in the first column.
  const asking = useMap((snapshot) => snapshot.cards.size === 0 && snapshot.stages[0]?.id === stage) && step === null

  return (
    <div ref={box} data-cell={place} className={classes.cell} data-over={over ?? undefined} data-empty={ids.length === 0 || undefined}>
      {ids.map((id) => (
        <CardView key={id} id={id} touchpointLane={kind === 'touchpoints'} />
      ))}
      {!readOnly &&
        (editing === key ? (
          <div className={classes.writing}>
            <InlineText
              value=""
              label={props.label}
              placeholder={placeholder}
              again
              onSave={add}
              onClose={() => edit(null)}
            />
          </div>
        ) : (
          <button
            type="button"
            className={classes.add}
            data-asking={asking || undefined}
            onClick={() => edit(key)}
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
