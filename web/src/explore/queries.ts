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

/** Opens the list of persons behind a number of one of these questions. */
export function useWhoOf(question: string) {
  const { id } = useWorkspace()
  const body = usePathsBody()
  const open = useWho()
  return useCallback(
    (title: string, selector: Record<string, unknown>, help?: string) => {
      const asked = { ...body, question, selector }
      open({
        title,
        ...(help ? { help } : {}),
        key: ['paths', asked],
        page: (cursor, signal) =>
          post('/api/workspaces/{w}/paths/who', { path: { w: id }, body: { ...asked, cursor }, signal }),
      })
    },
    [body, id, open, question],
  )
}

export function useEventNames() {
  const { id } = useWorkspace()
  return useQuery<{ items: EventName[]; total: number }, Problem>({
    queryKey: ['event-names', id],
    queryFn: ({ signal }) =>
      get('/api/workspaces/{w}/events/names', { path: { w: id }, query: { limit: 500 }, signal }),
    staleTime: 60_000,
  })
}
