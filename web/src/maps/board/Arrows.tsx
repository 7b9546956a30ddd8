/** Arrows between cards, drawn over the board where the cards stand now. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Arrow, Card } from '@/editor/model'
import { stepOfCard } from '@/editor/moves'
import { useLocale } from '@/i18n/locale'
import { useMap, useSession } from '../session'
import { LANE_WIDTH, scaleOf, useColumns } from './columns'
import { onDrawn } from './turns'
import { arrowPath, type ArrowPath } from './arrowPath'
import classes from './Arrows.module.css'

export function Arrows() {
  const arrows = useMap((snapshot) => snapshot.arrows)
  return arrows.length > 0 ? <Drawn arrows={arrows} /> : null
}

function Drawn({ arrows }: { arrows: readonly Arrow[] }) {
  // Whatever moves cards: another place in the document, or another size of anything on the board.
  const cells = useMap((snapshot) => snapshot.cells)
  const lanes = useMap((snapshot) => snapshot.lanes)
  const { map } = useSession()
  const { columns } = useColumns()
  const { dir } = useLocale()
  const layer = useRef<SVGSVGElement>(null)
  const [paths, setPaths] = useState<ReadonlyMap<string, ArrowPath>>(new Map())

  const measure = useCallback(() => {
    const board = layer.current?.parentElement
    if (!board) return
    const origin = board.getBoundingClientRect()
    const scale = scaleOf(board)
    const within = (found: DOMRect) => ({
      x: (found.x - origin.x) / scale, y: (found.y - origin.y) / scale, width: found.width / scale, height: found.height / scale,
    })
    // A lane out of sight is not laid out only for an arrow: there the arrow points at the middle of the card's cell.
    const cellOf = ({ id, stage, lane }: Card) => {
      const step = stepOfCard(map, map.card(id)!)
      const column = columns.find((one) => one.stage.id === stage && (one.kind === 'collapsed' || (one.step?.id ?? null) === step))
      const row = board.querySelector(`[data-lane="${lane}"]`)
      if (!column || !row) return null
      const { y, height } = within(row.getBoundingClientRect())
      const along = LANE_WIDTH + column.along
      return { x: dir === 'rtl' ? origin.width / scale - along - column.width : along, y, width: column.width, height }
    }
    const box = (id: string) => {
      const card = map.card(id)
      const element = card && board.querySelector(`[data-card="${id}"]`)
      const laidOut = element?.checkVisibility?.({ contentVisibilityAuto: true }) ?? true
      if (element && laidOut) return within(element.getBoundingClientRect())
      return card ? cellOf(card) : null
    }
    const next = new Map<string, ArrowPath>()
    for (const arrow of arrows) {
      const [from, to] = [box(arrow.from_card), box(arrow.to_card)]
      if (from && to) next.set(arrow.id, arrowPath(from, to))
    }
    setPaths((before) => (same(before, next) ? before : next))
  }, [arrows, columns, dir, map])

  useLayoutEffect(measure, [measure, cells, lanes])
  useEffect(() => {
    const board = layer.current?.parentElement
    if (!board || typeof ResizeObserver === 'undefined') return
    const watch = new ResizeObserver(measure)
    watch.observe(board)
    for (const row of board.children) if (row !== layer.current) watch.observe(row)
    const stop = onDrawn(measure)
    // Lanes come into sight and go.
    board.addEventListener('contentvisibilityautostatechange', measure)
    return () => {
      watch.disconnect()
      stop()
      board.removeEventListener('contentvisibilityautostatechange', measure)
    }
  }, [measure, lanes])

  return (
    <svg ref={layer} className={classes.layer} aria-hidden="true">
      <defs>
        <marker id="hs-arrow" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse">
          <path d="M0 0 8 4 0 8z" className={classes.head} />
        </marker>
      </defs>
      {arrows.map((arrow) => {
        const path = paths.get(arrow.id)
        if (!path) return null
        return (
          <g key={arrow.id}>
            <path d={path.d} className={classes.line} markerEnd="url(#hs-arrow)" />
            {arrow.label && (
              <text x={path.x} y={path.y} className={classes.label} textAnchor="middle" dominantBaseline="middle">
                {arrow.label}
              </text>
            )}
          </g>
        )
      })}
    </svg>
  )
}

function same(one: ReadonlyMap<string, ArrowPath>, other: ReadonlyMap<string, ArrowPath>): boolean {
  return one.size === other.size && [...one].every(([id, path]) => other.get(id)?.d === path.d)
}
