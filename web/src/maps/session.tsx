/** One open map: its document, live connection and undo, for every part of the screen. */
import {
  createContext, useCallback, useContext, useEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode,
} from 'react'
import * as Y from 'yjs'
import { Live, mapSocketUrl, type LiveState } from '@/collab/provider'
import { apply, CommandError, type Command } from '@/editor/commands'
import { MapDoc, type Snapshot } from '@/editor/document'
import { partKey, type Card } from '@/editor/model'
import { readMap } from '@/editor/reading'
import { Undo } from '@/editor/undo'

export interface MapSession {
  map: MapDoc
  undo: Undo
  live: Live | null
  readOnly: boolean
  /** Carries out commands; a refusal is announced, not thrown. Returns the ids of what was added. */
  run(commands: Command | Command[]): string[]
  /** What a screen reader should hear. */
  announce(text: string): void
}

const SessionContext = createContext<MapSession | null>(null)
/** By itself: a word to a screen reader draws no card again. */
const AnnouncementContext = createContext('')

export function SessionProvider(props: {
  map: MapDoc
  live?: Live | null
  readOnly: boolean
  onRefused: (code: string) => void
  children: ReactNode
}) {
  const { map, live = null, readOnly, onRefused } = props
  const [announcement, setAnnouncement] = useState('')
  // The same words twice are two things that happened: a region that does not change is not read again.
  const announce = useCallback((text: string) => setAnnouncement((before) => (before === text ? `${text}\u00a0` : text)), [])
  const undo = useMemo(() => new Undo(map), [map])
  useEffect(() => () => undo.destroy(), [undo])
  const run = useCallback(
    (commands: Command | Command[]): string[] => {
      if (readOnly) return []
      try {
        return apply(map, Array.isArray(commands) ? commands : [commands])
      } catch (error) {
        if (!(error instanceof CommandError)) throw error
        onRefused(error.code)
        return []
      }
    },
    [map, readOnly, onRefused],
  )
  const session = useMemo<MapSession>(
    () => ({ map, undo, live, readOnly, run, announce }),
    [map, undo, live, readOnly, run, announce],
  )
  return (
    <SessionContext.Provider value={session}>
      <AnnouncementContext.Provider value={announcement}>{props.children}</AnnouncementContext.Provider>
    </SessionContext.Provider>
  )
}

export function useSession(): MapSession {
  const session = useContext(SessionContext)
  if (!session) throw new Error('useSession outside SessionProvider')
  return session
}

/** What a screen reader should hear now. */
export const useAnnouncement = (): string => useContext(AnnouncementContext)

/** A part of the snapshot; the component draws again only when that part changed. */
export function useMap<T>(select: (snapshot: Snapshot) => T): T {
  const { map } = useSession()
  return useSyncExternalStore(map.subscribe, () => select(map.snapshot))
}

export function useCard(id: string): Card | undefined {
  const { map } = useSession()
  const subscribe = useCallback((listener: () => void) => map.subscribeCard(id, listener), [map, id])
  return useSyncExternalStore(subscribe, () => map.card(id))
}

/** The cards of a stage in lanes of one kind, in reading order. */
export function useCardsOf(stage: string, kind: string): readonly Card[] {
  const snapshot = useMap((whole) => whole)
  return useMemo(() => readMap(snapshot).in(stage, kind), [snapshot, stage, kind])
}

const NO_CARDS: readonly string[] = []

export function useCell(stage: string, lane: string): readonly string[] {
  return useMap((snapshot) => snapshot.cells.get(`${stage}|${lane}`) ?? NO_CARDS)
}

/** The cards of a cell that are in this step (null: in none). */
export function usePart(stage: string, step: string | null, lane: string): readonly string[] {
  return useMap((snapshot) => snapshot.parts.get(partKey(stage, step, lane)) ?? NO_CARDS)
}

export function useUndo() {
  const { undo } = useSession()
  return { ...useSyncExternalStore(undo.subscribe, () => undo.state), undo: undo.undo, redo: undo.redo }
}

/**
 * A live document of the map; opened when shown, closed when left. When the server refuses a change made here, a fresh
 * copy is opened and `onRefused` hears of it.
 */
export function useLiveMap(mapId: string, readOnly: boolean, onRefused: () => void): { map: MapDoc; live: Live } | null {
  const [open, setOpen] = useState<{ map: MapDoc; live: Live } | null>(null)
  const [copy, setCopy] = useState(0)
  const tell = useRef(onRefused)
  useEffect(() => {
    tell.current = onRefused
  }, [onRefused])
  useEffect(() => {
    const doc = new Y.Doc()
    const live = new Live({ url: mapSocketUrl(mapId), doc, readOnly })
    setOpen({ map: new MapDoc(doc), live })
    const stop = live.subscribe(() => {
      if (live.state.refusal !== 'edit_refused') return
      tell.current()
      setCopy((before) => before + 1)
    })
    return () => {
      stop()
      live.destroy()
      doc.destroy()
      setOpen(null)
    }
  }, [mapId, readOnly, copy])
  return open
}

const NEVER = () => () => undefined
const STILL: LiveState = { connection: 'online', refusal: null, trouble: null, synced: true, saved: true }

export function useLiveState(live: Live | null): LiveState {
  return useSyncExternalStore(live ? live.subscribe : NEVER, () => (live ? live.state : STILL))
}
