/** Opens the guide by itself once: on the first empty map of somebody who may write on it. */
import { useEffect } from 'react'

const SEEN = 'hamsafar.guide.seen'

export function useFirstMap(empty: boolean, open: () => void): void {
  useEffect(() => {
    if (!empty || localStorage.getItem(SEEN)) return
    localStorage.setItem(SEEN, '1')
    open()
    // Asked once, when the map is opened: one that is emptied later is not a first one.
  }, [])
}
