/** What happened to a map over HTTP, the latest first, page by page. */
import { useDebouncedValue } from '@mantine/hooks'
import { useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import { get, type Answer } from '@/api/client'
import { useWorkspace } from '@/shell/session'
import { useMap, useSession } from '../session'

const ACTIVITY = '/api/workspaces/{w}/maps/{m}/activity'
/** After the last change: whoever types makes one line, not one a letter. */
const QUIET_MS = 1_500

export type Activity = Answer<'get', typeof ACTIVITY>['items'][number]

const activityKey = (w: string, m: string) => ['activity', w, m]

export function useActivity(m: string) {
  const { id: w } = useWorkspace()
  return useInfiniteQuery({
    queryKey: activityKey(w, m),
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get(ACTIVITY, { path: { w, m }, query: { cursor: pageParam, limit: 50 }, signal }),
    getNextPageParam: (page) => page.next,
  })
}

/** Asks again when the map has come to rest after a change, and when something beside it has changed. */
export function useFollowActivity(m: string): void {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  const { live } = useSession()
  const [rested] = useDebouncedValue(useMap((snapshot) => snapshot), QUIET_MS)
  const seen = useRef(rested)
  useEffect(() => {
    if (seen.current === rested) return
    seen.current = rested
    void queries.invalidateQueries({ queryKey: activityKey(w, m) })
  }, [rested, queries, w, m])
  useEffect(
    () =>
      live?.onNotice(({ about }) => {
        if (about !== 'notices' && about !== 'standing') void queries.invalidateQueries({ queryKey: activityKey(w, m) })
      }),
    [live, queries, w, m],
  )
}
