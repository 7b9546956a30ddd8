/** What works on the chosen cards wherever the focus is on the map: choosing all, the clipboard, duplicating, the band, and the bar. */
import { memo, useEffect } from 'react'
import { usePicked } from '../selection'
import { Band } from './Band'
import { CardsBar } from './CardsBar'
import { belongsElsewhere } from './elsewhere'
import { useClipboard } from './useClipboard'
import { useSelectAll } from './useSelectAll'

export const CardTools = memo(function CardTools() {
  const picked = usePicked()
  const { duplicateChosen } = useClipboard()
  const selectAll = useSelectAll()
  useEffect(() => {
    function onKey(event: KeyboardEvent) {
      if (!(event.ctrlKey || event.metaKey) || event.altKey || event.shiftKey || belongsElsewhere(event.target)) return
      // By the key's place: a Persian keyboard writes other letters there.
      const act = { KeyA: selectAll, KeyD: duplicateChosen }[event.code]
      if (act?.()) event.preventDefault()
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [selectAll, duplicateChosen])
  return (
    <>
      <Band />
      {picked.size > 1 && <CardsBar ids={picked} onDuplicate={duplicateChosen} />}
    </>
  )
})
