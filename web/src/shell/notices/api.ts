/** One's own notices over HTTP: what one was told, what is unread. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post, type Answer } from '@/api/client'
import type { Problem } from '@/api/problem'

export type NoticePage = Answer<'get', '/api/me/notices'>
export type Notice = NoticePage['items'][number]

export const NOTICES = ['notices'] as const
/** A map's live connection tells at once; elsewhere this is how late the bell may be. */
const EVERY_MS = 60_000

export function useUnread() {
  return useQuery({
    queryKey: [...NOTICES, 'unread'],
    queryFn: ({ signal }) => get('/api/me/notices/unread', { signal }),
    refetchInterval: EVERY_MS,
    refetchOnWindowFocus: true,
  })
}

export function useNotices(unread: boolean, limit: number) {
  return useInfiniteQuery({
    queryKey: [...NOTICES, 'list', unread, limit],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) => get('/api/me/notices', { query: { unread, cursor: pageParam, limit }, signal }),
    getNextPageParam: (page) => page.next,
  })
}

/** Marks these read, or (null) all. */
export function useMarkRead() {
  const queries = useQueryClient()
  return useMutation<unknown, Problem, string[] | null>({
    mutationFn: (ids) => post('/api/me/notices/read', { body: ids === null ? {} : { ids } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: NOTICES }),
  })
}
