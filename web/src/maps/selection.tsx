/** What is selected on the map, and what is being written: one thing at a time; and the cards chosen together. */
import { createContext, useCallback, useContext, useEffect, useLayoutEffect, useMemo, useRef, useState, useSyncExternalStore, type ReactNode } from 'react'
import { Picks } from './picks'

/** A part of the map, the map itself, or a panel beside it: `panel:review` in the address. */
export interface Selected {
  kind: 'stage' | 'step' | 'card' | 'lane' | 'emotion' | 'branch' | 'map' | 'panel'
  id: string
}

export interface Selection {
  selected: Selected | null
  select(next: Selected | null): void
  /** Key of the text being written in place, e.g. `card:c1`. */
  editing: string | null
  edit(key: string | null): void
}

const SelectionContext = createContext<Selection>({
  selected: null, select: () => undefined, editing: null, edit: () => undefined,
})

/** What a card needs of the selection, without being drawn again when another is selected or written. */
export interface Choosing {
  picks: Picks
  select(next: Selected | null): void
  edit(key: string | null): void
  /** Chooses cards together; `last` is the one that was touched last. One card alone is simply selected. */
  pick(ids: Iterable<string>, last: string): void
}

const ChoosingContext = createContext<Choosing>({
  picks: new Picks(), select: () => undefined, edit: () => undefined, pick: () => undefined,
})

export function SelectionProvider(props: {
  selected: Selected | null
  onSelect: (next: Selected | null) => void
  children: ReactNode
}) {
  const { selected, onSelect } = props
  const [editing, edit] = useState<string | null>(null)
  const [picks] = useState(() => new Picks())
  const tell = useRef(onSelect)
  useLayoutEffect(() => {
    tell.current = onSelect
    picks.setCurrent(selected?.kind === 'card' ? selected.id : null, editing)
  }, [onSelect, picks, selected, editing])
  // Whatever else is selected, or nothing, ends the choice of several cards.
  useEffect(() => {
    if (selected?.kind !== 'card' || !picks.has(selected.id)) picks.set([])
  }, [picks, selected])
  const select = useCallback(
    (next: Selected | null) => {
      picks.set([])
      tell.current(next)
    },
    [picks],
  )
  const choosing = useMemo<Choosing>(
    () => ({
      picks, select, edit,
      pick: (ids, last) => {
        picks.set(ids)
        tell.current(picks.ids.size > 0 ? { kind: 'card', id: picks.has(last) ? last : [...picks.ids].at(-1)! } : null)
      },
    }),
    [picks, select],
  )
  const value = useMemo(() => ({ selected, select, editing, edit }), [selected, select, editing])
  return (
    <ChoosingContext.Provider value={choosing}>
      <SelectionContext.Provider value={value}>{props.children}</SelectionContext.Provider>
    </ChoosingContext.Provider>
  )
}

export const useSelection = (): Selection => useContext(SelectionContext)

export const useChoosing = (): Choosing => useContext(ChoosingContext)

/** The cards chosen together; one or none while there is no such choice. */
export function usePicked(): ReadonlySet<string> {
  const { picks } = useChoosing()
  return useSyncExternalStore(picks.subscribe, () => picks.ids)
}

/** Whether each press adds a card to the choice or takes it away. */
export function useTogether(): [boolean, (together: boolean) => void] {
  const { picks } = useChoosing()
  return [useSyncExternalStore(picks.subscribe, () => picks.together), (together) => picks.setTogether(together)]
}

/** Whether a card is selected or among those chosen, and whether it is being written. */
export function useCardState(id: string): { isSelected: boolean; isWritten: boolean } {
  const { picks } = useChoosing()
  const isSelected = useSyncExternalStore(picks.subscribe, () => picks.has(id) || picks.selected === id)
  const isWritten = useSyncExternalStore(picks.subscribe, () => picks.editing === `card:${id}`)
  return { isSelected, isWritten }
}

/** Whether this text is being written in place. */
export function useWritten(key: string): boolean {
  const { picks } = useChoosing()
  return useSyncExternalStore(picks.subscribe, () => picks.editing === key)
}
