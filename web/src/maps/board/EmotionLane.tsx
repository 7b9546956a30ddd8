/** The emotion lane: one curve through the stages, drawn by hand; a point per stage that is dragged or moved by arrows. */
import { Tooltip } from '@mantine/core'
import { useId, useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { curveDownAt, curvePath, emotionAt, emotionDown, type Point } from '@/editor/layout'
import { emotionKey, type EmotionPoint, type Stage } from '@/editor/model'
import { useFormats, useLocale, useT } from '@/i18n/locale'
import { useMap, useSession } from '../session'
import { emotionColor, Face } from './Face'
import classes from './EmotionLane.module.css'

const HEIGHT = 124
const MARGIN = 20
/** Width of a column in the drawing's own units; the drawing is stretched to the board. */
const COLUMN = 100

/** Whose curves the map has: nobody's own first, then the personas'. */
export function useCurves(): (string | null)[] {
  const emotions = useMap((snapshot) => snapshot.emotions)
  const personas = useMap((snapshot) => snapshot.personas)
  const having = new Set([...emotions.values()].map((point) => point.persona))
  const curves: (string | null)[] = personas.filter((one) => having.has(one.id)).map((one) => one.id)
  return having.has(null) || curves.length === 0 ? [null, ...curves] : curves
}

const drawn = (stages: readonly Stage[], emotions: ReadonlyMap<string, EmotionPoint>, persona: string | null): Point[] =>
  stages.flatMap((stage, index) => {
    const point = emotions.get(emotionKey(persona, stage.id))
    return point ? [{ along: (index + 0.5) * COLUMN, down: emotionDown(point.value, HEIGHT, MARGIN) }] : []
  })

export function EmotionLane({ stages, persona, others }: {
  stages: readonly Stage[]
  persona: string | null
  others: (string | null)[]
}) {
  const { dir } = useLocale()
  const emotions = useMap((snapshot) => snapshot.emotions)
  const gradient = useId()
  const width = stages.length * COLUMN
  const points = drawn(stages, emotions, persona)
  const path = curvePath(points)
  const middle = emotionDown(0, HEIGHT, MARGIN)
  const area = points.length > 1 ? `${path}L${points.at(-1)!.along} ${middle}L${points[0]!.along} ${middle}Z` : ''

  return (
    <div className={classes.lane} style={{ blockSize: HEIGHT, gridColumn: '2 / -1' }}>
      <svg
        className={classes.drawing}
        viewBox={`0 0 ${width} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
        style={dir === 'rtl' ? { transform: 'scaleX(-1)' } : undefined}
      >
        <defs>
          <linearGradient id={gradient} gradientUnits="userSpaceOnUse" x1="0" x2="0" y1={MARGIN} y2={HEIGHT - MARGIN}>
            {[2, 1, 0, -1, -2].map((value, index) => (
              <stop key={value} offset={`${index * 25}%`} stopColor={emotionColor(value)} />
            ))}
          </linearGradient>
        </defs>
        <line x1="0" x2={width} y1={middle} y2={middle} className={classes.middle} />
        {others.map((other) => (
          <path key={other ?? ''} d={curvePath(drawn(stages, emotions, other))} className={classes.other} />
        ))}
        <path d={area} fill={`url(#${gradient})`} opacity="0.1" />
        <path d={path} stroke={`url(#${gradient})`} className={classes.curve} />
      </svg>
      {stages.map((stage, index) => (
        <Handle
          key={stage.id}
          stage={stage}
          persona={persona}
          along={(index + 0.5) / stages.length}
          rest={curveDownAt(points, (index + 0.5) * COLUMN) ?? middle}
        />
      ))}
    </div>
  )
}

/** One stage's point. Where nothing was said yet it is hollow and rests on the curve. */
function Handle({ stage, persona, along, rest }: { stage: Stage; persona: string | null; along: number; rest: number }) {
  const t = useT('maps')
  const shown = useFormats()
  const { run, readOnly } = useSession()
  const point = useMap((snapshot) => snapshot.emotions.get(emotionKey(persona, stage.id)))
  const [held, setHeld] = useState<number | null>(null)
  const from = useRef<{ pointer: number; down: number } | null>(null)
  const value = held ?? point?.value ?? null
  const down = value === null ? rest : emotionDown(value, HEIGHT, MARGIN)
  const set = (next: number | null) => run({ do: 'set_emotion', persona, stage: stage.id, value: next })

  function onKeyDown(event: KeyboardEvent) {
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
    if (readOnly || event.button !== 0) return
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { pointer: event.clientY, down }
  }

  function onPointerMove(event: PointerEvent) {
    if (!from.current) return
    const moved = event.clientY - from.current.pointer
    if (held !== null || Math.abs(moved) > 3) setHeld(emotionAt(from.current.down + moved, HEIGHT, MARGIN))
  }

  function onPointerUp() {
    if (from.current && held !== null && held !== point?.value) set(held)
    else if (from.current && held === null && !point) set(0)
    from.current = null
    setHeld(null)
  }

  const word = value === null ? t('emotion.none') : t(`emotion.${Math.round(value)}`)
  return (
    <Tooltip label={point?.note ? `${word} · ${point.note}` : word}>
      <span
        role="slider"
        tabIndex={0}
        className={classes.handle}
        data-hollow={value === null || undefined}
        data-readonly={readOnly || undefined}
        style={{ insetInlineStart: `${along * 100}%`, insetBlockStart: down }}
        aria-label={t('emotion_of', { stage: stage.name })}
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
        <Face value={value ?? 0} hollow={value === null} />
      </span>
    </Tooltip>
  )
}
