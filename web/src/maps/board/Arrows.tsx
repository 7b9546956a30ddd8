/** Arrows between cards, drawn over the board where the cards stand now. */
import { useCallback, useEffect, useLayoutEffect, useRef, useState } from 'react'
import type { Arrow } from '@/editor/model'
import { useMap } from '../session'
import { scaleOf } from './columns'
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
  const layer = useRef<SVGSVGElement>(null)
  const [paths, setPaths] = useState<ReadonlyMap<string, ArrowPath>>(new Map())

  const measure = useCallback(() => {
    const board = layer.current?.parentElement
    if (!board) return
    const origin = board.getBoundingClientRect()
    const scale = scaleOf(board)
    const box = (card: string) => {
      const found = board.querySelector(`[data-card="${card}"]`)?.getBoundingClientRect()
      return found && { x: (found.x - origin.x) / scale, y: (found.y - origin.y) / scale, width: found.width / scale, height: found.height / scale }
    }
    const next = new Map<string, ArrowPath>()
    for (const arrow of arrows) {
      const [from, to] = [box(arrow.from_card), box(arrow.to_card)]
      if (from && to) next.set(arrow.id, arrowPath(from, to))
    }
    setPaths((before) => (same(before, next) ? before : next))
  }, [arrows])

  useLayoutEffect(measure, [measure, cells, lanes])
  useEffect(() => {
    const board = layer.current?.parentElement
    if (!board || typeof ResizeObserver === 'undefined') return
    const watch = new ResizeObserver(measure)
    watch.observe(board)
    for (const row of board.children) if (row !== layer.current) watch.observe(row)
    return () => watch.disconnect()
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
