/** Who is signed in, in which workspace, and what their role lets them do. */
import { useMutation, useQuery, useQueryClient, type UseQueryResult } from '@tanstack/react-query'
import { useParams } from 'react-router'
import { call, get, patch } from '@/api/client'
import { Problem } from '@/api/problem'
import type { Role, Session, User, Workspace } from '@/api/types'
import { useLocale } from '@/i18n/locale'

export const SESSION = ['session'] as const

export function useSession(): UseQueryResult<Session, Problem> {
  return useQuery<Session, Problem>({
    queryKey: SESSION,
    queryFn: ({ signal }) => get('/api/session', { signal }),
    staleTime: 60_000,
  })
}

export interface CurrentWorkspace extends Workspace {
  /** Draw maps, import events, edit libraries. */
  canEdit: boolean
  /** Members and settings. */
  canManage: boolean
}

const RANK: Record<Role, number> = { viewer: 0, editor: 1, admin: 2, owner: 3 }

/** The workspace of the address; only inside `/w/:w/…`, where the frame has made sure it exists. */
export function useWorkspace(): CurrentWorkspace {
  const { w } = useParams()
  const { data } = useSession()
  const found = data?.workspaces.find((workspace) => workspace.id === w)
  if (!found) throw new Error('useWorkspace outside a workspace')
  return { ...found, canEdit: RANK[found.role] >= RANK.editor, canManage: RANK[found.role] >= RANK.admin }
}

export function useSaveMe() {
  const queries = useQueryClient()
  const { setLocale } = useLocale()
  return useMutation<User, Problem, Partial<Pick<User, 'name' | 'language' | 'calendar' | 'theme'>>>({
    mutationFn: (changes) => patch('/api/me', { body: changes }),
    onSuccess: (user) => {
      setLocale(user.language, user.calendar)
      queries.setQueryData<Session>(SESSION, (old) => (old ? { ...old, user } : old))
    },
  })
}

/** allauth answers a successful sign-out with 401 ("now nobody is signed in"). */
export async function signOut(): Promise<void> {
  try {
    await call('delete', '/_allauth/browser/v1/auth/session')
  } catch (error) {
    if (!(error instanceof Problem) || error.status !== 401) throw error
  }
}
