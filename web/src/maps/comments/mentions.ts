/** People named in a comment: `<@user id>` as it is kept, `@name` while it is written. */
import { searchKey } from '@/i18n/searchKey'

export interface Person {
  id: string
  name: string
  email?: string
}

const TOKEN = /<@([0-9A-Z]{26})>/g
const LONGEST_QUERY = 40
const SHOWN = 6
/** What may stand before an @ that names somebody; in an e-mail address a letter does. */
const BEFORE = /[\s()[\]«»“”"'،,.:;؛!?؟\u200f\u200e]/

/** What somebody is called after the @: two people of one name are told apart by their addresses. */
export function labelOf(person: Person, people: readonly Person[]): string {
  const same = people.some((other) => other.id !== person.id && other.name === person.name)
  return same && person.email ? `${person.name} (${person.email})` : person.name
}

/** The name that is being written after an @ at `caret`: where its @ stands, and whom it may mean; null when it is none. */
export function mentionAt(text: string, caret: number, people: readonly Person[]): { at: number; found: Person[] } | null {
  const at = text.lastIndexOf('@', caret - 1)
  if (at < 0 || (at > 0 && !BEFORE.test(text.charAt(at - 1)))) return null
  const query = text.slice(at + 1, caret)
  if (query.length > LONGEST_QUERY || query.includes('\n') || query.startsWith(' ')) return null
  // Already written out, and not the beginning of a longer name: what follows is the sentence.
  const labels = people.map((one) => labelOf(one, people))
  if (labels.some((label) => query.startsWith(label)) && !labels.some((label) => label.length > query.length && label.startsWith(query))) return null
  const found = findPeople(query, people)
  return found.length > 0 ? { at, found } : null
}

/** People whose name has the query in it, however it is typed; those whose name begins with it first. */
export function findPeople(query: string, people: readonly Person[]): Person[] {
  const key = searchKey(query)
  const ranked = people.flatMap((person) => {
    const name = searchKey(person.name)
    const rank = name.startsWith(key) ? 0 : name.split(/\s+/).some((word) => word.startsWith(key)) ? 1 : name.includes(key) ? 2 : 3
    if (rank < 3) return [{ person, rank }]
    return person.email?.toLowerCase().startsWith(key) ? [{ person, rank }] : []
  })
  return ranked
    .sort((one, other) => one.rank - other.rank)
    .slice(0, SHOWN)
    .map(({ person }) => person)
}

/** The text as it is kept: every `@name` of these people becomes their id. */
export function encode(text: string, people: readonly Person[]): string {
  const labels = people
    .map((person) => ({ id: person.id, label: labelOf(person, people) }))
    // «@سارا احمدی» must not be read as «@سارا».
    .sort((one, other) => other.label.length - one.label.length)
  let out = ''
  for (let at = 0; at < text.length; ) {
    const named = text.charAt(at) === '@' && (at === 0 || BEFORE.test(text.charAt(at - 1)))
    const found = named ? labels.find(({ label }) => text.startsWith(label, at + 1) && !/[\p{L}\p{N}]/u.test(text.charAt(at + 1 + label.length))) : undefined
    out += found ? `<@${found.id}>` : text.charAt(at)
    at += found ? found.label.length + 1 : 1
  }
  return out
}

/** The text as it is written; somebody nobody knows any more stays an id, so that saving changes nothing. */
export function decode(text: string, people: readonly Person[]): string {
  return text.replace(TOKEN, (token, id: string) => {
    const person = people.find((one) => one.id === id)
    return person ? `@${labelOf(person, people)}` : token
  })
}

export type Part = { kind: 'text'; text: string } | { kind: 'person'; id: string; name: string | null }

/** The text as it is read, in pieces; `name` is null for an account that is gone. */
export function pieces(text: string, people: readonly Person[]): Part[] {
  const out: Part[] = []
  let from = 0
  for (const found of text.matchAll(TOKEN)) {
    if (found.index > from) out.push({ kind: 'text', text: text.slice(from, found.index) })
    const id = found[1]!
    out.push({ kind: 'person', id, name: people.find((one) => one.id === id)?.name ?? null })
    from = found.index + found[0].length
  }
  if (from < text.length) out.push({ kind: 'text', text: text.slice(from) })
  return out
}
