/** Comments for every part of the map's screen: how many stand where, and opening the panel about a part. */
import { useQueryClient } from '@tanstack/react-query'
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { useSearchParams } from 'react-router'
import { useWorkspace } from '@/shell/session'
import { useSession } from '../session'
import { commentsKey, useCounts, type About } from './api'
import { CommentCounts, type PartCount } from './counts'

interface Comments {
  counts: CommentCounts
  /** Opens the panel about one part; stays the same, so that no card is drawn again for it. */
  open: (about: About) => void
}

const CommentsContext = createContext<Comments | null>(null)

export function CommentsProvider({ map, children }: { map: string; children: ReactNode }) {
  const { id: w } = useWorkspace()
  const { live } = useSession()
  const queries = useQueryClient()
  const [counts] = useState(() => new CommentCounts())
  const [, setParams] = useSearchParams()
  const change = useRef(setParams)
  useLayoutEffect(() => {
    change.current = setParams
  }, [setParams])

  const { data } = useCounts(map)
  useEffect(() => {
    if (data) counts.set(data)
  }, [counts, data])
  useEffect(
    () =>
      live?.onNotice(({ about }) => {
        if (about === 'comments' || about === 'reconnected') void queries.invalidateQueries({ queryKey: commentsKey(w, map) })
      }),
    [live, queries, w, map],
  )

  const open = useCallback(
    ({ part, target }: About) =>
      change.current((old) => addressOf(old, { on: part === 'map' ? null : `${part}:${target}` }), { replace: true, preventScrollReset: true }),
    [],
  )
  const value = useMemo(() => ({ counts, open }), [counts, open])
  return <CommentsContext.Provider value={value}>{children}</CommentsContext.Provider>
}

/** The address with the panel open: about one part (`on`), with one thread open, or neither. */
export function addressOf(old: URLSearchParams, { on = null, thread = null }: { on?: string | null; thread?: string | null }): URLSearchParams {
  const changed = new URLSearchParams(old)
  changed.set('at', 'panel:comments')
  for (const [name, value] of Object.entries({ on, thread })) {
    if (value === null) changed.delete(name)
    else changed.set(name, value)
  }
  return changed
}

/** Null where nobody comments: in an old version, on a shared map. */
export const useComments = (): Comments | null => useContext(CommentsContext)

const never = () => () => undefined
const NONE: PartCount = { open: 0, unread: 0 }

/** Open threads of one part, e.g. `card:c1`. */
export function useCommentsAt(part: string): PartCount {
  const counts = useComments()?.counts
  return useSyncExternalStore(counts?.subscribe ?? never, () => counts?.at(part) ?? NONE)
}

/** Open threads of the whole map. */
export function useCommentsTotal(): PartCount {
  const counts = useComments()?.counts
  return useSyncExternalStore(counts?.subscribe ?? never, () => counts?.total ?? NONE)
}
