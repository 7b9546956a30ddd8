/** How large the board is drawn. What is under the pointer (or in the middle) stays where it is; everything stays sharp. */
import { useLocalStorage } from '@mantine/hooks'
import { useCallback, useEffect, useLayoutEffect, useRef, type RefObject } from 'react'

export const ZOOMS = { least: 0.25, most: 2 } as const
const STEP = 1.15

/** A place that is to stay: along and down in the board's own pixels, and where it is seen in the scroller. */
interface Anchor {
  along: number
  down: number
  x: number
  y: number
}

export interface Zoom {
  zoom: number
  /** To a size, in percent steps; without `at` around the middle of what is seen. */
  zoomTo(next: number, at?: { clientX: number; clientY: number }): void
  zoomBy(direction: 1 | -1): void
}

const clamp = (zoom: number): number => Math.round(Math.max(ZOOMS.least, Math.min(ZOOMS.most, zoom)) * 100) / 100

export function useZoom(scroller: RefObject<HTMLElement | null>): Zoom {
  const [zoom, setZoom] = useLocalStorage({ key: 'hamsafar.zoom', defaultValue: 1, getInitialValueInEffect: false })
  const anchor = useRef<Anchor | null>(null)
  const now = useRef(zoom)
  useLayoutEffect(() => {
    now.current = zoom
  }, [zoom])

  const zoomTo = useCallback(
    (wanted: number, at?: { clientX: number; clientY: number }) => {
      const next = clamp(wanted)
      const element = scroller.current
      if (next === now.current) return
      if (element) {
        const box = element.getBoundingClientRect()
        const rtl = getComputedStyle(element).direction === 'rtl'
        const x = at ? (rtl ? box.right - at.clientX : at.clientX - box.left) : box.width / 2
        const y = at ? at.clientY - box.top : box.height / 2
        anchor.current = { along: (Math.abs(element.scrollLeft) + x) / now.current, down: (element.scrollTop + y) / now.current, x, y }
      }
      setZoom(next)
    },
    [scroller, setZoom],
  )
  const zoomBy = useCallback((direction: 1 | -1) => zoomTo(now.current * STEP ** direction), [zoomTo])

  useLayoutEffect(() => {
    const element = scroller.current
    const kept = anchor.current
    if (!element || !kept) return
    anchor.current = null
    const left = kept.along * zoom - kept.x
    element.scrollLeft = getComputedStyle(element).direction === 'rtl' ? -left : left
    element.scrollTop = kept.down * zoom - kept.y
  }, [scroller, zoom])

  useEffect(() => {
    const element = scroller.current
    if (!element) return undefined
    const onWheel = (event: WheelEvent) => {
      if (!event.ctrlKey && !event.metaKey) return
      // Not the browser's own zoom: heads and tools keep their size.
      event.preventDefault()
      zoomTo(now.current * Math.exp(-event.deltaY / 400), event)
    }
    const onKey = (event: KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.altKey) return
      const more = event.code === 'Equal' || event.code === 'NumpadAdd'
      const less = event.code === 'Minus' || event.code === 'NumpadSubtract'
      if (!more && !less && event.code !== 'Digit0' && event.code !== 'Numpad0') return
      event.preventDefault()
      if (more || less) zoomBy(more ? 1 : -1)
      else zoomTo(1)
    }
    element.addEventListener('wheel', onWheel, { passive: false })
    window.addEventListener('keydown', onKey)
    return () => {
      element.removeEventListener('wheel', onWheel)
      window.removeEventListener('keydown', onKey)
    }
  }, [scroller, zoomTo, zoomBy])

  return { zoom, zoomTo, zoomBy }
}
