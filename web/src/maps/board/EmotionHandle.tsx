/** One point of the edited curve: dragged or moved by arrows; pressed, it opens what is said about it. */
import { Tooltip, VisuallyHidden } from '@mantine/core'
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import type { PlacedColumn } from '@/editor/columns'
import { emotionAt, emotionDown } from '@/editor/layout'
import { emotionKey } from '@/editor/model'
import { useFormats, useT } from '@/i18n/locale'
import { useChoosing, useIsSelected } from '../selection'
import { useMap, useSession } from '../session'
import { scaleOf } from './columns'
import type { Curve } from './curves'
import { MARGIN } from './EmotionLane'
import { Face } from './Face'
import classes from './EmotionLane.module.css'

const FACE = 24
/** What full intensity adds to a face. */
const LARGER = 12
const LEAST_NOTE = 120
const LEAST_ROOM = 44

/** Where nothing was said yet it is hollow and rests on the curve. */
export function EmotionHandle({ column, curve, named, height, rest }: {
  column: PlacedColumn
  curve: Curve
  /** Several curves are drawn: the point says whose it is. */
  named: boolean
  height: number
  rest: number
}) {
  const t = useT('maps')
  const shown = useFormats()
  const { run, readOnly } = useSession()
  const { select } = useChoosing()
  const { stage, step } = column
  const { persona } = curve
  const key = emotionKey(persona, stage.id, step?.id)
  const isSelected = useIsSelected('emotion', key)
  const point = useMap((snapshot) => snapshot.emotions.get(key))
  const [held, setHeld] = useState<number | null>(null)
  const from = useRef<{ pointer: number; down: number; scale: number } | null>(null)
  const note = useId()
  const value = held ?? point?.value ?? null
  const down = value === null ? rest : emotionDown(value, height, MARGIN)
  const set = (next: number | null) => run({ do: 'set_emotion', persona, stage: stage.id, ...(step ? { step: step.id } : {}), value: next })
  const open = () => select({ kind: 'emotion', id: key })

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Enter' || event.key === ' ') {
      event.preventDefault()
      open()
    }
    if (readOnly) return
    const now = Math.round(point?.value ?? 0)
    const next: Record<string, number> = {
      ArrowUp: point ? now + 1 : 0, ArrowDown: point ? now - 1 : 0, PageUp: 2, PageDown: -2, Home: -2, End: 2,
    }
    if (event.key in next && !event.altKey) {
      event.preventDefault()
      set(Math.max(-2, Math.min(2, next[event.key]!)))
    } else if ((event.key === 'Delete' || event.key === 'Backspace') && point) set(null)
  }

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { pointer: event.clientY, down, scale: scaleOf(event.currentTarget) }
  }

  function onPointerMove(event: PointerEvent) {
    if (!from.current || readOnly) return
    const moved = (event.clientY - from.current.pointer) / from.current.scale
    if (held !== null || Math.abs(moved) > 3) setHeld(emotionAt(from.current.down + moved, height, MARGIN))
  }

  function onPointerUp() {
    if (from.current && held !== null && held !== point?.value) set(held)
    else if (from.current && held === null) {
      if (point) open()
      else if (!readOnly) set(0)
    }
    from.current = null
    setHeld(null)
  }

  const place = step ? t('maps/board:in_step', { stage: stage.name, step: step.name }) : stage.name
  const word = value === null ? t('emotion.none') : t(`emotion.${Math.round(value)}`)
  const along = column.along + column.width / 2
  const noteWidth = Math.max(LEAST_NOTE, column.width - 12)
  // Away from the curve where there is room for two lines.
  const above = value !== null && (value < 0 ? height - down < LEAST_ROOM : down >= LEAST_ROOM)
  return (
    <>
      <Tooltip label={point?.note ? `${word} · ${point.note}` : word}>
        <span
          role="slider"
          tabIndex={0}
          className={classes.handle}
          data-hollow={value === null || undefined}
          data-readonly={readOnly || undefined}
          data-selected={isSelected || undefined}
          style={{ insetInlineStart: along, insetBlockStart: down }}
          aria-label={named ? t('maps/board:emotion_of_persona', { place, name: curve.name }) : t('emotion_of', { stage: place })}
          aria-describedby={point?.note ? note : undefined}
          aria-orientation="vertical"
          aria-valuemin={-2}
          aria-valuemax={2}
          aria-valuenow={value ?? 0}
          aria-valuetext={value === null ? word : `${word} (${shown.num(value, 1)})`}
          aria-readonly={readOnly || undefined}
          onKeyDown={onKeyDown}
          onPointerDown={onPointerDown}
          onPointerMove={onPointerMove}
          onPointerUp={onPointerUp}
        >
          <Face value={value ?? 0} hollow={value === null} size={FACE + LARGER * (point?.intensity ?? 0)} />
        </span>
      </Tooltip>
      {point?.note && (
        <>
          <span
            className={classes.note}
            aria-hidden="true"
            style={{
              insetInlineStart: along - noteWidth / 2,
              inlineSize: noteWidth,
              ...(above ? { insetBlockEnd: height - down + 18 } : { insetBlockStart: down + 18 }),
            }}
          >
            <bdi>{point.note}</bdi>
          </span>
          <VisuallyHidden id={note}>{point.note}</VisuallyHidden>
        </>
      )}
    </>
  )
}
