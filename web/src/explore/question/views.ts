/** Saved views: the list, one of them, and what can be done to them. */
import { keepPreviousData, useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, patch, post, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { components } from '@/api/schema'
import { useWorkspace } from '@/shell/session'
import { COMPARE } from './comparing'
import { questions, type Question } from './registry'

export type View = components['schemas']['ViewOut']
export type NewView = Pick<View, 'name' | 'question' | 'request' | 'address' | 'shared'>
export type ViewChange = Partial<Pick<View, 'name' | 'request' | 'address' | 'shared'>>

/** The parameter that says which view the address came from. */
export const VIEW = 'view'

/** What of an address a view keeps: all but the view itself, in an order that does not depend on who wrote it. */
export function viewAddress(params: URLSearchParams): string {
  const kept = [...params].filter(([name]) => name !== VIEW)
  // Equal names keep their order: steps are several.
  kept.sort(([one], [other]) => (one < other ? -1 : one > other ? 1 : 0))
  return new URLSearchParams(kept).toString()
}

/** The page that shows a view; a comparison made on the page of what is compared is shown there. */
export function questionOfView(view: View): Question | undefined {
  const there = view.question === COMPARE && new URLSearchParams(view.address).has(COMPARE)
  const engine = there ? view.request.of : view.question
  return questions.find((one) => one.engine === engine)
}

/** Inside `/w/<id>`; null: a question of a later version, or one that is gone. */
export function wayTo(view: View): string | null {
  const question = questionOfView(view)
  if (!question) return null
  const search = new URLSearchParams(view.address)
  search.set(VIEW, view.id)
  return `paths${question.key === 'overview' ? '' : `/${question.key}`}?${search}`
}

export function useViews(search: string) {
  const { id } = useWorkspace()
  return useInfiniteQuery({
    queryKey: ['views', id, 'list', search],
    queryFn: ({ pageParam, signal }) =>
      get('/api/workspaces/{w}/paths/views', { path: { w: id }, query: { search, cursor: pageParam, limit: 50 }, signal }),
    initialPageParam: null as string | null,
    getNextPageParam: (page) => page.next,
    placeholderData: keepPreviousData,
  })
}

export function useView(view: string | null) {
  const { id } = useWorkspace()
  return useQuery<View, Problem>({
    queryKey: ['views', id, 'one', view],
    queryFn: ({ signal }) => get('/api/workspaces/{w}/paths/views/{v}', { path: { w: id, v: view ?? '' }, signal }),
    enabled: view !== null,
    staleTime: 60_000,
  })
}

function useChanging<Asked, Answer>(change: (asked: Asked, workspace: string) => Promise<Answer>) {
  const { id } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<Answer, Problem, Asked>({
    mutationFn: (asked) => change(asked, id),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['views', id] }),
  })
}

export const useSaveView = () =>
  useChanging((view: NewView, w) => post('/api/workspaces/{w}/paths/views', { path: { w }, body: view }))

export const useChangeView = () =>
  useChanging(({ id, ...fields }: ViewChange & { id: string }, w) =>
    patch('/api/workspaces/{w}/paths/views/{v}', { path: { w, v: id }, body: fields }),
  )

export const useDeleteView = () =>
  useChanging((id: string, w) => remove('/api/workspaces/{w}/paths/views/{v}', { path: { w, v: id } }))
