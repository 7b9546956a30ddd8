import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Page } from '@/api/types'
import { useWorkspace } from '@/shell/session'
import type { Import } from './types'

export const isGoing = (one: Import): boolean => one.status === 'queued' || one.status === 'running'

/** Looks again while something runs: often for one import that is watched, seldom for a list. */
export function useImports() {
  const { id } = useWorkspace()
  return useQuery<Page<Import>, Problem>({
    queryKey: ['imports', id],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/imports', { path: { w: id }, query: { limit: 200 }, signal }),
    refetchInterval: ({ state }) => (state.data?.items.some(isGoing) ? 2000 : false),
  })
}

export function useImport(importId: string) {
  const { id } = useWorkspace()
  return useQuery<Import, Problem>({
    queryKey: ['import', id, importId],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/imports/{i}', { path: { w: id, i: importId }, signal }),
    refetchInterval: ({ state }) => (state.data && isGoing(state.data) ? 600 : false),
  })
}

export function useImportAction(action: 'cancel' | 'undo') {
  const { id } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<Import, Problem, string>({
    mutationFn: (importId) => post(`/api/workspaces/{w}/imports/{i}/${action}` as const, { path: { w: id, i: importId } }),
    onSuccess: (changed) => {
      queries.setQueryData(['import', id, changed.id], changed)
      // Other events mean other numbers everywhere.
      void queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
    },
  })
}

export function rejectedAddress(workspace: string, importId: string): string {
  return `/api/workspaces/${workspace}/imports/${importId}/rejected.csv`
}
