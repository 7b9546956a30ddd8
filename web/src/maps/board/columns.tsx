/** Where the board's columns stand now, for everything that is drawn over or under them. */
import { createContext, useContext, useEffect, useMemo, useState, type ReactNode, type RefObject } from 'react'
import { columnsOf, placeColumns, placedStages, widthOf, type PlacedColumn, type PlacedStage } from '@/editor/columns'
import { useMap } from '../session'

/** Of the lanes' heads, in CSS pixels. */
export const LANE_WIDTH = 172

export interface Columns {
  columns: readonly PlacedColumn[]
  stages: readonly PlacedStage[]
  width: number
  /** What they take at the least. */
  least: number
}

const ColumnsContext = createContext<Columns>({ columns: [], stages: [], width: 0, least: 0 })

/** `room`: what the columns may take before the board scrolls; `weights` as for `placeColumns`. */
export function usePlacedColumns(room: number, weights?: ReadonlyMap<string, number>): Columns {
  const stages = useMap((snapshot) => snapshot.stages)
  const steps = useMap((snapshot) => snapshot.steps)
  // As one text, so that writing on a card does not place the columns anew.
  const loose = useMap((snapshot) => {
    const found = new Set<string>()
    for (const [key] of snapshot.parts) if (key.includes('||')) found.add(key.slice(0, key.indexOf('|')))
    return [...found].sort().join('|')
  })
  return useMemo(() => {
    const all = columnsOf(stages, steps)
    const holding = new Set(loose.split('|'))
    const columns = placeColumns(all, room, holding, weights)
    return { columns, stages: placedStages(columns), width: widthOf(columns), least: widthOf(placeColumns(all, 0, holding)) }
  }, [stages, steps, loose, room, weights])
}

export function ColumnsProvider({ columns, children }: { columns: Columns; children: ReactNode }) {
  return <ColumnsContext.Provider value={columns}>{children}</ColumnsContext.Provider>
}

export const useColumns = (): Columns => useContext(ColumnsContext)

/** The inner width of an element as it is now, in the screen's pixels. */
export function useClientWidth(ref: RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0)
  useEffect(() => {
    const element = ref.current
    if (!element) return undefined
    setWidth(element.clientWidth)
    if (typeof ResizeObserver === 'undefined') return undefined
    const watch = new ResizeObserver(() => setWidth(element.clientWidth))
    watch.observe(element)
    return () => watch.disconnect()
  }, [ref])
  return width
}

/** How much larger than its own pixels an element stands on the screen: the board's zoom, to whatever is on it. */
export function scaleOf(element: HTMLElement): number {
  return element.offsetWidth > 0 ? element.getBoundingClientRect().width / element.offsetWidth : 1
}
