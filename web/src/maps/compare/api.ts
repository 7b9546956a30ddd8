/** Comparing two maps or versions over HTTP. */
import { useQuery } from '@tanstack/react-query'
import { get, type Answer } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { MapDocument } from '@/editor/model'
import { useWorkspace } from '@/shell/session'

type Told = Answer<'get', '/api/workspaces/{w}/map-comparison'>

export type Difference = Told['differences'][number]
/** Ids of what stands opposite each other; null where a side has nothing. */
export type Opposite = [string | null, string | null]

export interface Comparison {
  before: MapDocument
  after: MapDocument
  stages: Opposite[]
  lanes: Opposite[]
  differences: Difference[]
}

/** Each side is `map:<id>` (as it is now) or `version:<id>`. */
export function useComparison(before: string, after: string) {
  const { id: w } = useWorkspace()
  return useQuery<Comparison, Problem>({
    queryKey: ['map-comparison', w, before, after],
    enabled: before !== '' && after !== '',
    staleTime: 0,
    queryFn: ({ signal }) => get<Comparison>('/api/workspaces/{w}/map-comparison', { path: { w }, query: { before, after }, signal }),
  })
}

/** The address of the list as a table. */
export function tableAddress(w: string, before: string, after: string, kinds: readonly string[], owner: string | null): string {
  const query = new URLSearchParams({ before, after, ...(kinds.length > 0 ? { kinds: kinds.join(',') } : {}), ...(owner ? { owner } : {}) })
  return `/api/workspaces/${w}/map-comparison.csv?${query}`
}
