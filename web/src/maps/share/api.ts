/** A map's public links over HTTP. */
import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import { useWorkspace } from '@/shell/session'

export interface Share {
  id: string
  token: string
  name: string
  has_password: boolean
  expires_at: string | null
  expired: boolean
  /** Ids of the lanes that are shown; null: all that are not hidden. */
  lanes: string[] | null
  measured: boolean
  embeddable: boolean
  created_at: string
  created_by: string | null
}

export type ShareFields = Partial<Pick<Share, 'name' | 'expires_at' | 'lanes' | 'measured' | 'embeddable'>> & { password?: string | null }

export function useShares(m: string) {
  const { id: w } = useWorkspace()
  return useQuery<Share[], Problem>({
    queryKey: ['shares', w, m],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/maps/{m}/shares', { path: { w, m }, signal }),
  })
}

export function useChangeShares(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  const onSuccess = () => queries.invalidateQueries({ queryKey: ['shares', w, m] })
  const make = useMutation<Share, Problem, ShareFields>({
    mutationFn: (body) => post('/api/workspaces/{w}/maps/{m}/shares', { path: { w, m }, body }),
    onSuccess,
  })
  const change = useMutation<Share, Problem, ShareFields & { id: string }>({
    mutationFn: ({ id, ...body }) => patch('/api/workspaces/{w}/maps/{m}/shares/{id}', { path: { w, m, id }, body }),
    onSuccess,
  })
  const revoke = useMutation<unknown, Problem, string>({
    mutationFn: (id) => remove('/api/workspaces/{w}/maps/{m}/shares/{id}', { path: { w, m, id } }),
    onSuccess,
  })
  return { make, change, revoke }
}

export const addressOf = (token: string): string => `${window.location.origin}/shared/${token}`

/** What another site puts into its page. */
export const embedCode = (token: string, title: string): string =>
  `<iframe src="${addressOf(token)}" title="${title.replaceAll('&', '&amp;').replaceAll('"', '&quot;')}" width="100%" height="600" style="border:0"></iframe>`
