/** The library over HTTP: touchpoints, channels, personas, and what a matcher finds. */
import { keepPreviousData, useMutation, useQuery, useQueryClient, type QueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { EventName, EventProperty, Member, Page, Teams } from '@/api/types'
import type { Matcher } from '@/editor/model'
import { useWorkspace } from '@/shell/session'
import type { Channel, Content, MatchResult, Persona, Touchpoint, TouchpointFields } from './types'

type Kind = 'touchpoints' | 'channels' | 'contents' | 'personas'
interface Kinds {
  contents: Content
  touchpoints: Touchpoint
  channels: Channel
  personas: Persona
}

/** A library is small and its places need all of it: every page is fetched. */
async function everything<T>(w: string, kind: Kind, signal: AbortSignal): Promise<T[]> {
  const items: T[] = []
  let cursor: string | null = null
  do {
    const page: Page<T> = await get<Page<T>>(`/api/workspaces/{w}/${kind}`, { path: { w }, query: { cursor, limit: 200 }, signal })
    items.push(...page.items)
    cursor = page.next
  } while (cursor)
  return items
}

function useList<K extends Kind>(kind: K) {
  const { id: w } = useWorkspace()
  return useQuery({
    queryKey: [kind, w],
    queryFn: ({ signal }) => everything<Kinds[K]>(w, kind, signal),
    staleTime: 15_000,
  })
}

export const useTouchpoints = () => useList('touchpoints')
export const useChannels = () => useList('channels')
export const useContents = () => useList('contents')
export const usePersonas = () => useList('personas')

/** Whatever shows these numbers asks again. */
function changed(queries: QueryClient, w: string, kind: Kind): Promise<void> {
  return Promise.all([
    queries.invalidateQueries({ queryKey: [kind, w] }),
    queries.invalidateQueries({ queryKey: ['measured', w] }),
    queries.invalidateQueries({ queryKey: ['maps', w] }),
  ]).then(() => undefined)
}

/** What is written of an item: a touchpoint's profile field by field. */
type Writable<K extends Kind> = K extends 'touchpoints' ? TouchpointFields : Kinds[K]

/** Makes a new item when there is no id, else changes the given fields. */
export function useSave<K extends Kind>(kind: K) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...fields }: Partial<Writable<K>> & { id?: string }) =>
      id
        ? patch<Kinds[K]>(`/api/workspaces/{w}/${kind}/{id}`, { path: { w, id }, body: fields })
        : post<Kinds[K]>(`/api/workspaces/{w}/${kind}`, { path: { w }, body: fields }),
    onSuccess: () => changed(queries, w, kind),
  })
}

/** Makes an item again from what its author had said of it. */
export function useMakeAgain(kind: Kind) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (fields: object) => post<unknown>(`/api/workspaces/{w}/${kind}`, { path: { w }, body: fields }),
    onSuccess: () => changed(queries, w, kind),
  })
}

export function useDelete(kind: Kind) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (id: string) => remove(`/api/workspaces/{w}/${kind}/{id}`, { path: { w, id } }),
    onSuccess: () => changed(queries, w, kind),
  })
}

/** Groups of touchpoints that may be one. */
export function useDuplicates() {
  const { id: w } = useWorkspace()
  return useQuery({
    queryKey: ['touchpoints', w, 'duplicates'],
    queryFn: ({ signal }) => get<Touchpoint[][]>('/api/workspaces/{w}/touchpoints/duplicates', { path: { w }, signal }),
    staleTime: 15_000,
  })
}

/** Puts the touchpoint `into` in the place of another on every map. */
export function useMerge() {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: ({ id, ...body }: { id: string; into: string; events: 'keep' | 'join' }) =>
      post<Touchpoint>('/api/workspaces/{w}/touchpoints/{id}/merge', { path: { w, id }, body }),
    // After a failure some maps may have changed over already.
    onSettled: () => changed(queries, w, 'touchpoints'),
  })
}

/** What the matcher finds now; the last answer stays while the next is on its way. */
export function useMatch(matcher: Matcher | null, touchpoint: string | undefined, map: string | undefined) {
  const { id: w } = useWorkspace()
  return useQuery({
    queryKey: ['match', w, matcher, touchpoint, map],
    enabled: matcher !== null && matcher.events.length > 0,
    queryFn: ({ signal }) =>
      post<MatchResult>('/api/workspaces/{w}/touchpoints/match', {
        path: { w },
        body: { matcher, ...(map ? { map } : {}), ...(touchpoint ? { touchpoint } : {}) },
        signal,
      }),
    placeholderData: keepPreviousData,
    staleTime: 10_000,
  })
}

export function useEventNames(search: string) {
  const { id: w } = useWorkspace()
  return useQuery({
    queryKey: ['event-names', w, search],
    queryFn: ({ signal }) =>
      get<Page<EventName>>('/api/workspaces/{w}/events/names', { path: { w }, query: { search, limit: 50 }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

export function useEventProperties() {
  const { id: w } = useWorkspace()
  return useQuery({
    queryKey: ['event-properties', w],
    queryFn: ({ signal }) => get<EventProperty[] | Page<EventProperty>>('/api/workspaces/{w}/events/properties', { path: { w }, signal }),
    select: (data) => (Array.isArray(data) ? data : data.items),
    staleTime: 60_000,
  })
}

export function useMembers() {
  const { id: w } = useWorkspace()
  return useQuery<Member[], Problem>({
    queryKey: ['members', w],
    staleTime: 60_000,
    queryFn: ({ signal }) => get('/api/workspaces/{w}/members', { path: { w }, signal }),
  })
}

export function useTeams() {
  const { id: w } = useWorkspace()
  return useQuery<Teams, Problem>({
    queryKey: ['teams', w],
    staleTime: 60_000,
    queryFn: ({ signal }) => get('/api/workspaces/{w}/teams', { path: { w }, signal }),
  })
}
