/** Files on their way to cards: sent one after the other, shown in the card's inspector, put on the card when they are kept. */
import { notifications } from '@mantine/notifications'
import { createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, type ReactNode } from 'react'
import { upload } from '@/api/client'
import type { MapFile } from '@/api/types'
import { plainText } from '@/editor/richText'
import { useT } from '@/i18n/locale'
import { useProblemText } from '@/shell/problems'
import { useWorkspace } from '@/shell/session'
import { belongsElsewhere } from '../cards/elsewhere'
import { currentPlace } from '../cards/currentPlace'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import { bringsFiles, LARGEST_FILE, MOST_FILES, withFile } from './files'

export interface Sending {
  key: number
  card: string
  name: string
  /** 0 to 1 of what is sent; null: it waits for its turn. */
  share: number | null
  /** Why it was not kept; it stays in the list until it is put away. */
  problem: string | null
}

interface Files {
  workspace: string
  sending: readonly Sending[]
  /** Sends files and puts them on the card, those that are kept. */
  add: (card: string, files: readonly File[]) => void
  /** Stops what is under way, or puts a failed one away. */
  drop: (key: number) => void
}

const FilesContext = createContext<Files | null>(null)
/** By themselves: progress draws no card again. */
const ActionsContext = createContext<Pick<Files, 'workspace' | 'add'> | null>(null)

export function FilesProvider({ map: mapId, children }: { map: string; children: ReactNode }) {
  const t = useT('maps/files')
  const { id: workspace } = useWorkspace()
  const { map, run, readOnly, announce } = useSession()
  const { picks, select } = useChoosing()
  const problemText = useProblemText()
  const [sending, setSending] = useState<readonly Sending[]>([])
  const last = useRef(0)
  const stops = useRef(new Map<number, AbortController>())
  const turn = useRef<Promise<void>>(Promise.resolve())

  const change = useCallback(
    (key: number, fields: Partial<Sending>) => setSending((all) => all.map((one) => (one.key === key ? { ...one, ...fields } : one))),
    [],
  )
  const forget = useCallback((key: number) => setSending((all) => all.filter((one) => one.key !== key)), [])

  const put = useCallback(
    (cardId: string, kept: MapFile) => {
      const card = map.card(cardId)
      if (!card) return t('card_gone', { name: kept.name })
      if ((card.files?.length ?? 0) >= MOST_FILES) return t('too_many', { count: MOST_FILES })
      const files = withFile(card, { id: kept.id, name: kept.name })
      if (files) run({ do: 'set_card', id: cardId, fields: { files } })
      announce(t(files ? 'added' : 'there_already', { name: kept.name, card: plainText(card.text) }))
      return null
    },
    [t, map, run, announce],
  )

  const send = useCallback(
    async (key: number, cardId: string, file: File) => {
      const stop = stops.current.get(key)
      if (!stop || stop.signal.aborted) return
      change(key, { share: 0 })
      try {
        const address = `/api/workspaces/${workspace}/maps/${mapId}/files`
        const kept = await upload<MapFile>(address, file, (share) => change(key, { share }), stop.signal)
        const problem = put(cardId, kept)
        if (problem === null) forget(key)
        else change(key, { share: null, problem })
      } catch (error) {
        if (stop.signal.aborted) return
        const { title, detail } = problemText(error)
        const problem = detail ?? title
        change(key, { share: null, problem })
        announce(problem)
      } finally {
        stops.current.delete(key)
      }
    },
    [workspace, mapId, put, change, forget, problemText, announce],
  )

  const add = useCallback(
    (card: string, files: readonly File[]) => {
      if (readOnly || files.length === 0) return
      const room = MOST_FILES - (map.card(card)?.files?.length ?? 0)
      const started = files.map((file, place): Sending => {
        const key = ++last.current
        const problem = place >= room ? t('too_many', { count: MOST_FILES }) : file.size > LARGEST_FILE ? t('too_large', { limit: LARGEST_FILE / 1024 ** 2 }) : null
        if (problem === null) {
          stops.current.set(key, new AbortController())
          turn.current = turn.current.then(() => send(key, card, file))
        }
        return { key, card, name: file.name, share: null, problem }
      })
      setSending((all) => [...all, ...started])
      // How far they are stands in the card's inspector.
      if (picks.selected !== card) select({ kind: 'card', id: card })
    },
    [t, map, readOnly, send, picks, select],
  )

  const drop = useCallback(
    (key: number) => {
      stops.current.get(key)?.abort()
      stops.current.delete(key)
      forget(key)
    },
    [forget],
  )
  useEffect(() => {
    const open = stops.current
    return () => {
      for (const stop of open.values()) stop.abort()
      open.clear()
    }
  }, [])

  useEffect(() => {
    /** A file that misses the card does not take the place of the page. */
    function stay(event: DragEvent) {
      if (bringsFiles(event.dataTransfer) && !event.defaultPrevented && !belongsElsewhere(event.target)) event.preventDefault()
    }
    function onPaste(event: ClipboardEvent) {
      if (readOnly || belongsElsewhere(event.target) || !event.clipboardData) return
      // Spreadsheets put a picture of their cells beside the cells.
      if (event.clipboardData.getData('text/plain') !== '' || event.clipboardData.files.length === 0) return
      event.preventDefault()
      const card = currentPlace(map, picks)?.after
      if (card) add(card, [...event.clipboardData.files])
      else notifications.show({ message: t('paste_where') })
    }
    window.addEventListener('dragover', stay)
    window.addEventListener('drop', stay)
    document.addEventListener('paste', onPaste)
    return () => {
      window.removeEventListener('dragover', stay)
      window.removeEventListener('drop', stay)
      document.removeEventListener('paste', onPaste)
    }
  }, [t, map, picks, readOnly, add])

  const actions = useMemo(() => ({ workspace, add }), [workspace, add])
  const value = useMemo(() => ({ workspace, sending, add, drop }), [workspace, sending, add, drop])
  return (
    <ActionsContext.Provider value={actions}>
      <FilesContext.Provider value={value}>{children}</FilesContext.Provider>
    </ActionsContext.Provider>
  )
}

/** Null where a map is shown without its files: a public link, an old version. */
export const useFiles = (): Files | null => useContext(FilesContext)
export const useFileActions = (): Pick<Files, 'workspace' | 'add'> | null => useContext(ActionsContext)
