import { useEffect, useRef, useState } from 'react'

/** The width a drawing has, in pixels, as the window changes. */
export function useWidth<Of extends Element>(usual = 640) {
  const place = useRef<Of>(null)
  const [width, setWidth] = useState(usual)
  useEffect(() => {
    const element = place.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      const found = Math.round(entry?.contentRect.width ?? 0)
      if (found > 0) setWidth(found)
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [place, width] as const
}
