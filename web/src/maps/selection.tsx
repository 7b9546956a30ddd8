/** What is selected on the map, and what is being written: one thing at a time. */
import { createContext, useContext, useMemo, useState, type ReactNode } from 'react'

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

export function SelectionProvider(props: {
  selected: Selected | null
  onSelect: (next: Selected | null) => void
  children: ReactNode
}) {
  const { selected, onSelect } = props
  const [editing, edit] = useState<string | null>(null)
  const value = useMemo(() => ({ selected, select: onSelect, editing, edit }), [selected, onSelect, editing])
  return <SelectionContext.Provider value={value}>{props.children}</SelectionContext.Provider>
}

export const useSelection = (): Selection => useContext(SelectionContext)
