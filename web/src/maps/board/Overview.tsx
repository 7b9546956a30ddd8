/** The whole board small, with what is seen now as a frame that is dragged. */
import { useCallback, useEffect, useRef, useState, type KeyboardEvent, type PointerEvent, type RefObject } from 'react'
import { partKey } from '@/editor/model'
import { useLocale, useT } from '@/i18n/locale'
import { useMap } from '../session'
import { LANE_WIDTH, useColumns } from './columns'
import classes from './ViewTools.module.css'

const WIDTH = 220
const HIGHEST = 170
const STEP = 120

interface View {
  along: number
  down: number
  width: number
  height: number
  boardWidth: number
  boardHeight: number
  /** Where each lane stands, in the board's own pixels. */
  lanes: { id: string; top: number; height: number }[]
}

export function Overview({ scroller, zoom }: { scroller: RefObject<HTMLElement | null>; zoom: number }) {
  const t = useT('maps/board')
  const { dir } = useLocale()
  const { columns, stages } = useColumns()
  const parts = useMap((snapshot) => snapshot.parts)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const [view, setView] = useState<View | null>(null)
  const box = useRef<HTMLDivElement>(null)
  const held = useRef(false)

  const read = useCallback(() => {
    const element = scroller.current
    const board = element?.firstElementChild
    if (!element || !(board instanceof HTMLElement)) return
    setView({
      along: Math.abs(element.scrollLeft) / zoom, down: element.scrollTop / zoom,
      width: element.clientWidth / zoom, height: element.clientHeight / zoom,
      boardWidth: Math.max(1, element.scrollWidth / zoom), boardHeight: Math.max(1, element.scrollHeight / zoom),
      lanes: [...board.querySelectorAll<HTMLElement>('[data-lane]')].map((row) => ({ id: row.dataset.lane!, top: row.offsetTop, height: row.offsetHeight })),
    })
  }, [scroller, zoom])

  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    let frame = 0
    const soon = () => {
      frame ||= requestAnimationFrame(() => {
        frame = 0
        read()
      })
    }
    soon()
    element.addEventListener('scroll', soon, { passive: true })
    const watch = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(soon)
    watch?.observe(element)
    if (element.firstElementChild) watch?.observe(element.firstElementChild)
    return () => {
      cancelAnimationFrame(frame)
      element.removeEventListener('scroll', soon)
      watch?.disconnect()
    }
  }, [scroller, read, lanes, columns])

  if (!view) return null
  const scale = Math.min(WIDTH / view.boardWidth, HIGHEST / view.boardHeight)
  const px = (value: number) => value * scale

  function show(along: number, down: number) {
    const element = scroller.current
    if (!element) return
    element.scrollLeft = along * zoom * (dir === 'rtl' ? -1 : 1)
    element.scrollTop = down * zoom
  }

  function follow(event: PointerEvent) {
    const area = box.current?.getBoundingClientRect()
    if (!area || !view) return
    const along = (dir === 'rtl' ? area.right - event.clientX : event.clientX - area.left) / scale
    show(along - view.width / 2, (event.clientY - area.top) / scale - view.height / 2)
  }

  function onKeyDown(event: KeyboardEvent) {
    const forward = dir === 'rtl' ? 'ArrowLeft' : 'ArrowRight'
    const back = dir === 'rtl' ? 'ArrowRight' : 'ArrowLeft'
    const by: Record<string, [number, number]> = { [forward]: [STEP, 0], [back]: [-STEP, 0], ArrowDown: [0, STEP], ArrowUp: [0, -STEP] }
    const moved = by[event.key]
    if (!moved || !view) return
    event.preventDefault()
    show(view.along + moved[0], view.down + moved[1])
  }

  return (
    <div
      ref={box}
      role="group"
      tabIndex={0}
      aria-label={t('view.overview_help')}
      className={classes.overview}
      style={{ inlineSize: px(view.boardWidth), blockSize: px(view.boardHeight) }}
      onKeyDown={onKeyDown}
      onPointerDown={(event) => {
        held.current = true
        event.currentTarget.setPointerCapture(event.pointerId)
        follow(event)
      }}
      onPointerMove={(event) => held.current && follow(event)}
      onPointerUp={() => (held.current = false)}
      onPointerCancel={() => (held.current = false)}
    >
      {stages.map(({ stage, along, width }) => (
        <span key={stage.id} className={classes.stage} style={{ insetInlineStart: px(LANE_WIDTH + along), inlineSize: px(width) }} />
      ))}
      {view.lanes.flatMap((lane) =>
        columns.map((column) => {
          const count = parts.get(partKey(column.stage.id, column.step?.id ?? null, lane.id))?.length ?? 0
          return count === 0 ? null : (
            <span
              key={`${lane.id}:${column.key}`}
              className={classes.part}
              style={{
                insetInlineStart: px(LANE_WIDTH + column.along + 8), inlineSize: Math.max(1, px(column.width - 16)),
                insetBlockStart: px(lane.top + 6), blockSize: Math.max(1, px(Math.min(lane.height - 10, count * 44))), opacity: Math.min(0.7, 0.25 + count * 0.1),
              }}
            />
          )
        }),
      )}
      <span
        className={classes.frame}
        style={{
          insetInlineStart: px(view.along), insetBlockStart: px(view.down),
          inlineSize: px(Math.min(view.width, view.boardWidth)), blockSize: px(Math.min(view.height, view.boardHeight)),
        }}
      />
    </div>
  )
}
