/** The edge of a column or row, dragged or moved by arrows; a double click (or Delete) lets it find its size by itself. */
import { useRef, useState, type KeyboardEvent, type PointerEvent } from 'react'
import { useLocale, useT } from '@/i18n/locale'
import { scaleOf } from './columns'
import classes from './Separator.module.css'

const STEP = 16

export function Separator(props: {
  axis: 'along' | 'down'
  label: string
  /** The size now, in CSS pixels of the board. */
  size: () => number
  /** Whether the size was set by hand. */
  set: boolean
  least: number
  most: number
  onSet: (size: number | null) => void
}) {
  const t = useT('maps/board')
  const { dir } = useLocale()
  const { axis, least, most, onSet } = props
  const from = useRef<{ at: number; size: number; scale: number } | null>(null)
  const [moved, setMoved] = useState<number | null>(null)
  const [now, setNow] = useState<number | null>(null)
  const clamp = (size: number) => Math.round(Math.max(least, Math.min(most, size)))
  const forward = axis === 'along' && dir === 'rtl' ? -1 : 1

  function onPointerDown(event: PointerEvent<HTMLElement>) {
    if (event.button !== 0) return
    event.stopPropagation()
    event.currentTarget.setPointerCapture(event.pointerId)
    from.current = { at: axis === 'along' ? event.clientX : event.clientY, size: props.size(), scale: scaleOf(event.currentTarget) }
  }

  function sizeAt(event: PointerEvent): number | null {
    const start = from.current
    return start && clamp(start.size + ((axis === 'along' ? event.clientX : event.clientY) - start.at) / start.scale * forward)
  }

  function onPointerMove(event: PointerEvent) {
    const size = sizeAt(event)
    if (size !== null && from.current) setMoved(size - from.current.size)
  }

  function onPointerUp(event: PointerEvent) {
    const size = sizeAt(event)
    // A press without a move is no wish for another size.
    if (size !== null && moved !== null && Math.abs(moved) > 2) onSet(size)
    from.current = null
    setMoved(null)
  }

  function onKeyDown(event: KeyboardEvent) {
    event.stopPropagation()
    const step = (event.shiftKey ? 4 : 1) * STEP
    const [more, less] = axis === 'down' ? ['ArrowDown', 'ArrowUp'] : forward > 0 ? ['ArrowRight', 'ArrowLeft'] : ['ArrowLeft', 'ArrowRight']
    const size = props.size()
    const next = event.key === more ? size + step : event.key === less ? size - step : event.key === 'Home' ? least : event.key === 'End' ? most : null
    if (next !== null) {
      event.preventDefault()
      onSet(clamp(next))
      setNow(clamp(next))
    } else if (event.key === 'Delete' || event.key === 'Enter') {
      event.preventDefault()
      onSet(null)
    }
  }

  return (
    <span
      role="separator"
      tabIndex={0}
      aria-label={props.label}
      aria-orientation={axis === 'along' ? 'vertical' : 'horizontal'}
      aria-valuemin={least}
      aria-valuemax={most}
      aria-valuenow={now ?? least}
      aria-valuetext={props.set ? t('size.px', { size: now ?? Math.round(props.size()) }) : t('size.auto')}
      title={t('size.help')}
      data-no-drag
      data-axis={axis}
      data-moving={moved !== null || undefined}
      className={classes.separator}
      style={moved === null ? undefined : axis === 'along' ? { insetInlineEnd: -4 - moved } : { insetBlockEnd: -4 - moved }}
      onFocus={() => setNow(clamp(props.size()))}
      onPointerDown={onPointerDown}
      onPointerMove={onPointerMove}
      onPointerUp={onPointerUp}
      onPointerCancel={() => {
        from.current = null
        setMoved(null)
      }}
      onKeyDown={onKeyDown}
      onClick={(event) => event.stopPropagation()}
      onDoubleClick={(event) => {
        event.stopPropagation()
        onSet(null)
      }}
    />
  )
}
