import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { get, post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { EventName } from '@/api/types'
import { useWorkspace } from '@/shell/session'
import { useWho } from '@/shell/Who'
import { usePathsBody } from './scope/pathScope'

/** One of the engine's questions over the events in scope. */
export function usePaths<Answer>(question: string, extra: Record<string, unknown> = {}, enabled = true) {
  const { id } = useWorkspace()
  const body = usePathsBody()
  const asked = { ...body, ...extra }
  return useQuery<Answer, Problem>({
    queryKey: ['paths', id, question, asked],
    queryFn: ({ signal }) =>
      post<Answer>(`/api/workspaces/{w}/paths/${question}`, { path: { w: id }, body: asked, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled,
  })
}

/** Opens the list of persons behind a number of one of these questions; `segment`: of one side of a comparison. */
export function useWhoOf(question: string, segment?: Record<string, unknown>) {
  const { id } = useWorkspace()
  const body = usePathsBody()
  const open = useWho()
  return useCallback(
    (title: string, selector: Record<string, unknown>, help?: string) => {
      const asked = { ...body, question, selector, ...(segment ? { segment } : {}) }
      open({
        title,
        ...(help ? { help } : {}),
        key: ['paths', asked],
        page: (cursor, signal) =>
          post('/api/workspaces/{w}/paths/who', { path: { w: id }, body: { ...asked, cursor }, signal }),
      })
    },
    [body, id, open, question, segment],
  )
}

/** The most frequent names that contain what is searched for. */
export function useEventNames(search = '') {
  const { id } = useWorkspace()
  return useQuery<{ items: EventName[]; total: number }, Problem>({
    queryKey: ['event-names', id, search],
    queryFn: ({ signal }) =>
      get('/api/workspaces/{w}/events/names', { path: { w: id }, query: { limit: 500, search }, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
  })
}

export function useEventProperties() {
  const { id } = useWorkspace()
  return useQuery({
    queryKey: ['properties', id],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/events/properties', { path: { w: id }, signal }),
    staleTime: 60_000,
  })
}
