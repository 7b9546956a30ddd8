/** Who else is here, for every part of the map's screen; a part draws again only when something at itself changed. */
import { createContext, useCallback, useContext, useEffect, useMemo, useSyncExternalStore, type ReactNode } from 'react'
import { useSession as useSignedIn } from '@/shell/session'
import { useSelection } from '../selection'
import { useSession } from '../session'
import { Presence, type Person, type Present } from './presence'

const PresenceContext = createContext<Presence | null>(null)

export function PresenceProvider({ children }: { children: ReactNode }) {
  const { live } = useSession()
  const { data } = useSignedIn()
  const userId = data?.user?.id ?? ''
  const presence = useMemo(() => (live ? new Presence(live.awareness, userId) : null), [live, userId])
  useEffect(() => () => presence?.destroy(), [presence])
  return <PresenceContext.Provider value={presence}>{children}</PresenceContext.Provider>
}

export const usePresence = (): Presence | null => useContext(PresenceContext)

const never = () => () => undefined
const NOBODY: readonly Present[] = []
const NO_PERSONS: readonly Person[] = []

/** Other people on this map, each once. */
export function usePeopleHere(): readonly Person[] {
  const presence = usePresence()
  return useSyncExternalStore(presence?.subscribe ?? never, () => presence?.people ?? NO_PERSONS)
}

/** Who has this part selected or writes in it. */
export function useAt(part: string): readonly Present[] {
  const presence = usePresence()
  return useSyncExternalStore(presence?.subscribe ?? never, useCallback(() => presence?.at(part) ?? NOBODY, [presence, part]))
}

const TOLD = /^(stage|lane|card):/

/** Tells the others what is selected and written here. */
export function useTellWhere(): void {
  const presence = usePresence()
  const { selected, editing } = useSelection()
  useEffect(() => {
    const part = selected ? `${selected.kind}:${selected.id}` : ''
    const added = editing?.startsWith('new:') ? editing.slice(4).split(':') : null
    presence?.point({
      selected: TOLD.test(part) ? part : null,
      editing: added ? `cell:${added.join('|')}` : editing && TOLD.test(editing) ? editing : null,
    })
  }, [presence, selected, editing])
}
