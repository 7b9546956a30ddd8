/** Differences sorted and sought: pure. */
import type { Difference } from './api'

export const KINDS = ['added', 'removed', 'moved', 'changed', 'owner', 'emotion'] as const
export type Kind = (typeof KINDS)[number]
export type Side = 0 | 1

export interface Filter {
  kinds: readonly Kind[]
  owner: string | null
}

export const isKind = (text: string): text is Kind => (KINDS as readonly string[]).includes(text)

/** No kinds chosen: all of them. */
export function filtered(differences: readonly Difference[], { kinds, owner }: Filter): Difference[] {
  return differences.filter(
    (one) =>
      (kinds.length === 0 || one.kinds.some((kind) => (kinds as readonly string[]).includes(kind))) &&
      (owner === null || one.owners.includes(owner)),
  )
}

/** How many there are of each kind; one difference may be of several. */
export function countKinds(differences: readonly Difference[]): Record<Kind, number> {
  const counts = Object.fromEntries(KINDS.map((kind) => [kind, 0])) as Record<Kind, number>
  for (const one of differences) for (const kind of one.kinds) if (isKind(kind)) counts[kind]++
  return counts
}

export function ownersOf(differences: readonly Difference[]): string[] {
  return [...new Set(differences.flatMap((one) => one.owners))].sort((a, b) => a.localeCompare(b, 'fa'))
}

export interface Group {
  key: string
  name: string
  differences: Difference[]
}

/** By stage, in the order they came in; the first group may be that of the whole map. */
export function byStage(differences: readonly Difference[]): Group[] {
  const groups = new Map<string, Group>()
  for (const one of differences) {
    const key = one.stage.join('|')
    const group = groups.get(key)
    if (group) group.differences.push(one)
    else groups.set(key, { key, name: one.stage_name, differences: [one] })
  }
  return [...groups.values()]
}

export const keyOf = (one: Difference): string => `${one.part}|${one.before ?? ''}|${one.after ?? ''}`

/** `<side>|<part>|<id>` -> what is different about it. */
export function marks(differences: readonly Difference[]): ReadonlyMap<string, Difference> {
  const found = new Map<string, Difference>()
  for (const one of differences) {
    if (one.before !== null) found.set(markKey(0, one.part, one.before), one)
    if (one.after !== null) found.set(markKey(1, one.part, one.after), one)
  }
  return found
}

export const markKey = (side: Side, part: string, id: string): string => `${side}|${part}|${id}`
