/** Who answers for what, over HTTP. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { OwnedCount, OwnedPart, Page } from '@/api/types'
import { useWorkspace } from '@/shell/session'

export type { OwnedPart }

export interface OwnedAsked {
  /** mine, none, any, `member:<id>` or `team:<id>` */
  owner: string
  map: string
  /** stage, or a kind of lane */
  kind: string
  stage: string
  search: string
}

export function useOwned(asked: OwnedAsked) {
  const { id: w } = useWorkspace()
  return useInfiniteQuery<Page<OwnedPart>, Problem>({
    queryKey: ['owned', w, asked],
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<OwnedPart>>('/api/workspaces/{w}/owned', { path: { w }, query: { ...asked, cursor: pageParam as string | null, limit: 50 }, signal }),
    getNextPageParam: (page) => page.next,
  })
}

export function useOwnedCounts() {
  const { id: w } = useWorkspace()
  return useQuery<OwnedCount[], Problem>({
    queryKey: ['owned-counts', w],
    queryFn: ({ signal }) => get<OwnedCount[]>('/api/workspaces/{w}/owned/counts', { path: { w }, signal }),
  })
}
