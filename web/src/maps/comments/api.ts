/** Threads of a map over HTTP. Whatever changes them, here or elsewhere, has them asked for again. */
import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove, type Answer } from '@/api/client'
import { Problem } from '@/api/problem'
import { useWorkspace } from '@/shell/session'

const THREADS = '/api/workspaces/{w}/maps/{m}/threads'
const THREAD = '/api/workspaces/{w}/maps/{m}/threads/{t}'
const COMMENT = '/api/workspaces/{w}/maps/{m}/comments/{c}'

export type Thread = Answer<'get', typeof THREAD>
export type Comment = Thread['comments'][number]
export type Counts = Answer<'get', '/api/workspaces/{w}/maps/{m}/threads/counts'>
export const WHICH = ['open', 'resolved', 'mine', 'mentions'] as const
export type Which = (typeof WHICH)[number]

/** A part of a map that can be spoken of; `target` is empty for the map itself, `stage|lane` for a cell. */
export interface About {
  part: Thread['part']
  target: string
}

export const commentsKey = (w: string, m: string) => ['comments', w, m]

export function useCounts(m: string) {
  const { id: w } = useWorkspace()
  return useQuery<Counts, Problem>({
    queryKey: [...commentsKey(w, m), 'counts'],
    queryFn: ({ signal }) => get(`${THREADS}/counts`, { path: { w, m }, signal }),
  })
}

/** Those with the latest word first, page by page; of one part, its resolved ones too. */
export function useThreads(m: string, which: Which, about: About | null) {
  const { id: w } = useWorkspace()
  return useInfiniteQuery({
    queryKey: [...commentsKey(w, m), 'threads', about ?? which],
    initialPageParam: null as string | null,
    queryFn: ({ pageParam, signal }) =>
      get(THREADS, { path: { w, m }, query: { which: about ? 'all' : which, ...about, cursor: pageParam }, signal }),
    getNextPageParam: (page) => page.next,
  })
}

export function useThread(m: string, t: string | null) {
  const { id: w } = useWorkspace()
  return useQuery<Thread, Problem>({
    queryKey: [...commentsKey(w, m), 'thread', t],
    enabled: t !== null,
    retry: (failures, problem) => problem.status !== 404 && failures < 2,
    queryFn: ({ signal }) => get(THREAD, { path: { w, m, t: t! }, signal }),
  })
}

export function useWriting(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  const path = { w, m }
  const onSuccess = () => queries.invalidateQueries({ queryKey: commentsKey(w, m) })
  return {
    begin: useMutation<Thread, Problem, About & { text: string; request_id: string }>({
      mutationFn: (body) => post(THREADS, { path, body }),
      onSuccess,
    }),
    reply: useMutation<Thread, Problem, { t: string; text: string; request_id: string }>({
      mutationFn: ({ t, ...body }) => post(`${THREAD}/comments`, { path: { ...path, t }, body }),
      onSuccess,
    }),
    edit: useMutation<Thread, Problem, { c: string; text: string }>({
      mutationFn: ({ c, text }) => patch(COMMENT, { path: { ...path, c }, body: { text } }),
      onSuccess,
    }),
    drop: useMutation<unknown, Problem, string>({
      mutationFn: (c) => remove(COMMENT, { path: { ...path, c } }),
      onSuccess,
    }),
    restore: useMutation<Thread, Problem, string>({
      mutationFn: (c) => post(`${COMMENT}/restore`, { path: { ...path, c } }),
      onSuccess,
    }),
    settle: useMutation<Thread, Problem, { t: string; how: 'resolve' | 'reopen' }>({
      mutationFn: ({ t, how }) => post(how === 'resolve' ? `${THREAD}/resolve` : `${THREAD}/reopen`, { path: { ...path, t } }),
      onSuccess,
    }),
  }
}

/** Notes what was read: one thread, or (null) all of the map; notices about it are read with it. */
export function useSee(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<unknown, Problem, string | null>({
    mutationFn: (t) => (t === null ? post(`${THREADS}/seen`, { path: { w, m } }) : post(`${THREAD}/seen`, { path: { w, m, t } })),
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: commentsKey(w, m) }),
        queries.invalidateQueries({ queryKey: ['notices'] }),
      ]),
  })
}
