/** Versions of a map and its futures over HTTP. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'
import { get, patch, post, type Answer } from '@/api/client'
import type { Problem } from '@/api/problem'
import { newId } from '@/editor/commands'
import type { MapDocument } from '@/editor/model'
import type { Content } from '@/library/types'
import { useWorkspace } from '@/shell/session'
import { useSession } from '../session'

const VERSIONS = '/api/workspaces/{w}/maps/{m}/versions'
const VERSION = '/api/workspaces/{w}/maps/{m}/versions/{v}'

/** Without a name it was kept by itself; `at` and `by`: when the map was so, and who had made it so. */
export type Version = Answer<'get', typeof VERSION>
export type Links = Answer<'get', '/api/workspaces/{w}/maps/{m}/links'>

/** A whole map with what it used of the library then. */
export type VersionDocument = MapDocument & { contents?: Pick<Content, 'id' | 'name' | 'kind'>[] }

const versionsKey = (w: string, m: string) => ['versions', w, m]

/** Newest first, page by page. */
export function useVersions(m: string) {
  const { id: w } = useWorkspace()
  return useInfiniteQuery({
    queryKey: versionsKey(w, m),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get(VERSIONS, { path: { w, m }, query: { cursor: pageParam, limit: 50 }, signal }),
    getNextPageParam: (page) => page.next,
  })
}

/** Asks again when somebody else kept or restored one. */
export function useFollowVersions(m: string): void {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  const { live } = useSession()
  useEffect(
    () =>
      live?.onNotice(({ about }) => {
        if (about === 'versions') void queries.invalidateQueries({ queryKey: versionsKey(w, m) })
      }),
    [live, queries, w, m],
  )
}

export function useVersion(m: string, v: string) {
  const { id: w } = useWorkspace()
  return useQuery<Version, Problem>({
    queryKey: [...versionsKey(w, m), v],
    queryFn: ({ signal }) => get(VERSION, { path: { w, m, v }, signal }),
  })
}

/** What a version holds never changes. */
export function useVersionDocument(m: string, v: string) {
  const { id: w } = useWorkspace()
  return useQuery<VersionDocument, Problem>({
    queryKey: ['version-document', w, m, v],
    staleTime: Infinity,
    queryFn: ({ signal }) => get<VersionDocument>(`${VERSION}/document`, { path: { w, m, v }, signal }),
  })
}

export function useKeepVersion(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<Version, Problem, { name: string; note?: string }>({
    mutationFn: (body) => post(VERSIONS, { path: { w, m }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: versionsKey(w, m) }),
  })
}

/** `name` null takes it away: the version may then go with age. */
export function useRenameVersion(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<Version, Problem, { v: string; name?: string | null; note?: string | null }>({
    mutationFn: ({ v, ...body }) => patch(VERSION, { path: { w, m, v }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: versionsKey(w, m) }),
  })
}

/** Makes the map what it was; `kept` is the version that takes it back, null when nothing was different. */
export function useRestoreVersion(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: (v: string) => post(`${VERSION}/restore`, { path: { w, m, v }, body: { request_id: newId() } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: versionsKey(w, m) }),
  })
}

/** The current state that this map is the future of, and the futures drawn of it. */
export function useLinks(m: string) {
  const { id: w } = useWorkspace()
  return useQuery<Links, Problem>({
    queryKey: ['map-links', w, m],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/maps/{m}/links', { path: { w, m }, signal }),
  })
}

export function useDrawFuture(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation({
    mutationFn: () => post('/api/workspaces/{w}/maps/{m}/future', { path: { w, m }, body: {} }),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ['maps', w] }),
        queries.invalidateQueries({ queryKey: ['map-links', w, m] }),
      ]),
  })
}
