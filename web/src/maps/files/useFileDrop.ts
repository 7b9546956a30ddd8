/** Files that are dropped on a card from outside the browser. */
import { useMemo, useState, type DragEvent } from 'react'
import { useSession } from '../session'
import { useFileActions } from './context'
import { bringsFiles } from './files'

/** What the card's element needs; it is marked while files are held over it. */
export function useFileDrop(card: string) {
  const actions = useFileActions()
  const { readOnly } = useSession()
  const [over, setOver] = useState(false)
  const add = actions?.add
  return useMemo(() => {
    if (!add || readOnly) return {}
    const take = (event: DragEvent): boolean => {
      if (!bringsFiles(event.dataTransfer)) return false
      event.preventDefault()
      return true
    }
    return {
      'data-takes-files': over || undefined,
      onDragOver: (event: DragEvent) => {
        if (!take(event)) return
        event.dataTransfer.dropEffect = 'copy'
        setOver(true)
      },
      // From the card into a part of it is not away from it.
      onDragLeave: (event: DragEvent) => !event.currentTarget.contains(event.relatedTarget as Node | null) && setOver(false),
      onDrop: (event: DragEvent) => {
        setOver(false)
        if (take(event)) add(card, [...event.dataTransfer.files])
      },
    }
  }, [add, readOnly, over, card])
}
