/** Who answers for what, over HTTP. */
import { useInfiniteQuery, useQuery } from '@tanstack/react-query'
import { get } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { OwnedCount, OwnedPart, OwnedTouchpoint, Page } from '@/api/types'
import { useWorkspace } from '@/shell/session'

export type { OwnedPart, OwnedTouchpoint }

export interface OwnedAsked {
  /** mine, none, any, `member:<id>` or `team:<id>` */
  owner: string
  map: string
  /** stage, or a kind of lane */
  kind: string
  stage: string
  search: string
}

export function useOwned(asked: OwnedAsked, enabled: boolean) {
  const { id: w } = useWorkspace()
  return useInfiniteQuery<Page<OwnedPart>, Problem>({
    queryKey: ['owned', w, asked],
    enabled,
    initialPageParam: null,
    queryFn: ({ pageParam, signal }) =>
      get<Page<OwnedPart>>('/api/workspaces/{w}/owned', { path: { w }, query: { ...asked, cursor: pageParam as string | null, limit: 50 }, signal }),
    getNextPageParam: (page) => page.next,
  })
}

/** Touchpoints of the library; they are of no stage and of no lane. */
export function useOwnedTouchpoints({ owner, map, search }: Pick<OwnedAsked, 'owner' | 'map' | 'search'>, enabled: boolean) {
  const { id: w } = useWorkspace()
  return useQuery<OwnedTouchpoint[], Problem>({
    queryKey: ['owned', w, 'touchpoints', owner, map, search],
    enabled,
    queryFn: ({ signal }) => get<OwnedTouchpoint[]>('/api/workspaces/{w}/owned/touchpoints', { path: { w }, query: { owner, map, search }, signal }),
  })
}

export function useOwnedCounts() {
  const { id: w } = useWorkspace()
  return useQuery<OwnedCount[], Problem>({
    queryKey: ['owned-counts', w],
    queryFn: ({ signal }) => get<OwnedCount[]>('/api/workspaces/{w}/owned/counts', { path: { w }, signal }),
  })
}
