/** Cards to and from the clipboard: as themselves for other maps, as lines or a table for other programs, and back. */
import { notifications } from '@mantine/notifications'
import { useCallback, useEffect } from 'react'
import { CLIP_TYPE, clipOf, clipOfText, duplicate, readClip, type Clip } from '@/editor/clip'
import { deleteCards } from '@/editor/manyCards'
import { useT } from '@/i18n/locale'
import { focusPart } from '../focus'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import { currentPlace } from './currentPlace'
import { belongsElsewhere } from './elsewhere'
import { usePaste, usePasteLibrary } from './usePaste'

export function useClipboard(): { duplicateChosen: () => boolean } {
  const t = useT('maps/cards')
  const { map, run, readOnly, announce } = useSession()
  const { picks, pick, select } = useChoosing()
  const library = usePasteLibrary()
  const pasteAt = usePaste()

  /** What Ctrl+C is about: the cards chosen together, else the one under the focus, else the selected one. */
  const chosen = useCallback((): ReadonlySet<string> => {
    if (picks.ids.size > 0) return picks.ids
    const one = currentPlace(map, picks)?.after
    return new Set(one ? [one] : [])
  }, [map, picks])

  const pasteClip = useCallback(
    (clip: Clip) => {
      const at = currentPlace(map, picks)
      if (!at) return void notifications.show({ message: t('paste_where') })
      const ids = pasteAt(clip, at.place, at.after)
      if (!ids) return
      pick(ids, ids[0]!)
      focusPart('card', ids[0]!)
    },
    [t, map, picks, pick, pasteAt],
  )

  useEffect(() => {
    function give(event: ClipboardEvent): ReadonlySet<string> | null {
      // Words that are marked on the page are what is meant.
      if (belongsElsewhere(event.target) || !event.clipboardData || !(getSelection()?.isCollapsed ?? true)) return null
      const ids = chosen()
      if (ids.size === 0) return null
      const { clip, text } = clipOf(map, ids, library)
      event.clipboardData.setData('text/plain', text)
      event.clipboardData.setData(CLIP_TYPE, JSON.stringify(clip))
      event.preventDefault()
      return ids
    }
    function onCopy(event: ClipboardEvent) {
      const ids = give(event)
      if (ids) announce(t('copied_n', { count: ids.size }))
    }
    function onCut(event: ClipboardEvent) {
      const ids = readOnly ? null : give(event)
      if (!ids) return
      run(deleteCards(map, ids))
      select(null)
      announce(t('cut_n', { count: ids.size }))
    }
    function onPaste(event: ClipboardEvent) {
      if (readOnly || belongsElsewhere(event.target) || !event.clipboardData) return
      const own = event.clipboardData.getData(CLIP_TYPE)
      const clip = (own && readClip(own)) || clipOfText(event.clipboardData.getData('text/plain'))
      if (!clip) return
      event.preventDefault()
      pasteClip(clip)
    }
    document.addEventListener('copy', onCopy)
    document.addEventListener('cut', onCut)
    document.addEventListener('paste', onPaste)
    return () => {
      document.removeEventListener('copy', onCopy)
      document.removeEventListener('cut', onCut)
      document.removeEventListener('paste', onPaste)
    }
  }, [t, map, run, readOnly, announce, select, chosen, library, pasteClip])

  const duplicateChosen = useCallback(() => {
    const ids = chosen()
    if (readOnly || ids.size === 0) return false
    const made = duplicate(map, ids)
    if (run(made.commands).length === 0) return true
    pick(made.ids, made.ids[0]!)
    focusPart('card', made.ids[0]!)
    announce(t('duplicated_n', { count: made.ids.length }))
    return true
  }, [t, map, run, readOnly, pick, announce, chosen])

  return { duplicateChosen }
}
