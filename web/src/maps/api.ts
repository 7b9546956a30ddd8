/** Maps over HTTP: the list, templates, making and deleting, and the measured numbers. */
import { keepPreviousData, useMutation, useQuery, useQueryClient } from '@tanstack/react-query'
import { get, post, remove } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Page, WhoItem } from '@/api/types'
import type { MapDocument, MapKind } from '@/editor/model'
import { scopeBody } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import type { MeasuredMap, WhoSelector } from './measured/types'

type ScopeBody = ReturnType<typeof scopeBody>

export interface MapRow {
  id: string
  title: string
  kind: MapKind
  language: 'fa' | 'en'
  status: string
  stages: string[]
  card_count: number
  placed_touchpoints: number
  bound_touchpoints: number
  updated_at: string
  updated_by: string | null
}

export interface Template {
  id: string
  group: 'own' | 'stages' | 'kinds' | 'trades'
  language: 'fa' | 'en'
  title: string
  description: string
  stages: string[]
}

export function useMaps(enabled = true) {
  const { id: w } = useWorkspace()
  return useQuery<MapRow[], Problem>({
    queryKey: ['maps', w],
    enabled,
    queryFn: async ({ signal }) => {
      const items: MapRow[] = []
      let cursor: string | null = null
      do {
        const page: Page<MapRow> = await get<Page<MapRow>>('/api/workspaces/{w}/maps', { path: { w }, query: { cursor, limit: 100 }, signal })
        items.push(...page.items)
        cursor = page.next
      } while (cursor)
      return items
    },
  })
}

export function useTemplates(enabled: boolean) {
  const { id: w } = useWorkspace()
  return useQuery<Template[], Problem>({
    queryKey: ['map-templates', w],
    enabled,
    staleTime: Infinity,
    queryFn: ({ signal }) => get<Template[]>('/api/workspaces/{w}/map-templates', { path: { w }, signal }),
  })
}

/** Keeps a map as a template of the workspace. */
export function useSaveTemplate(m: string) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<{ id: string }, Problem, { name: string; description?: string }>({
    mutationFn: (body) => post('/api/workspaces/{w}/maps/{m}/template', { path: { w, m }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['map-templates', w] }),
  })
}

/** Maps that were made from it stay as they are. */
export function useDeleteTemplate() {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<unknown, Problem, string>({
    mutationFn: (template) => remove('/api/workspaces/{w}/map-templates/{template}', { path: { w, template } }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['map-templates', w] }),
  })
}

/** The filled map of a template. */
export function useTemplate(template: string, language: 'fa' | 'en') {
  const { id: w } = useWorkspace()
  return useQuery<MapDocument, Problem>({
    queryKey: ['map-template', w, template, language],
    staleTime: Infinity,
    queryFn: ({ signal }) =>
      get<MapDocument>('/api/workspaces/{w}/map-templates/{template}/document', { path: { w, template }, query: { language }, signal }),
  })
}

/** A new map from a template, from a file's text, or empty. */
export type NewMap = { template: string; language: 'fa' | 'en'; title?: string } | { document: string } | { title: string; language: 'fa' | 'en' }

export function useCreateMap() {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<MapRow, Problem, NewMap>({
    mutationFn: (body) => post<MapRow>('/api/workspaces/{w}/maps', { path: { w }, body }),
    onSuccess: () => queries.invalidateQueries({ queryKey: ['maps', w] }),
  })
}

/** A new map from a file: JSON, a table of cards (CSV, XLSX), Mermaid or YAML, told by its name. */
export function useImportMap() {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useMutation<MapRow, Problem, File>({
    mutationFn: (file) => {
      const form = new FormData()
      form.append('file', file)
      return post<MapRow>('/api/workspaces/{w}/maps/import', { path: { w }, body: form })
    },
    onSuccess: () => queries.invalidateQueries({ queryKey: ['maps', w] }),
  })
}

export interface MapExport {
  format: string
  /** What the format cannot carry of this map. */
  left_out: string[]
  /** What it can be laid out on; empty when there is no choice. */
  papers: string[]
  /** Which other wishes it heeds: lanes, curves, scheme. */
  chooses: string[]
}

/** The formats a map can be had in; asked when somebody wants one. */
export function useMapExports(m: string, enabled: boolean) {
  const { id: w } = useWorkspace()
  return useQuery<MapExport[], Problem>({
    queryKey: ['map-exports', w, m],
    enabled,
    staleTime: 0,
    queryFn: ({ signal }) => get<MapExport[]>('/api/workspaces/{w}/maps/{m}/exports', { path: { w, m }, signal }),
  })
}

/** Deletes a map; `restore` brings it back whole. */
export function useDeleteMap() {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  const again = () => queries.invalidateQueries({ queryKey: ['maps', w] })
  const drop = useMutation<unknown, Problem, string>({
    mutationFn: (m) => remove('/api/workspaces/{w}/maps/{m}', { path: { w, m } }),
    onSuccess: again,
  })
  const restore = useMutation<unknown, Problem, string>({
    mutationFn: (m) => post('/api/workspaces/{w}/maps/{m}/restore', { path: { w, m } }),
    onSuccess: again,
  })
  return { drop, restore }
}

/** `version` names everything on the map that changes the answer; asked only when the server has stored it. */
export function useMeasuredMap(m: string, version: string, body: ScopeBody, enabled: boolean) {
  const { id: w } = useWorkspace()
  return useQuery<MeasuredMap, Problem>({
    queryKey: ['measured', w, m, version, body],
    enabled,
    queryFn: ({ signal }) => post<MeasuredMap>('/api/workspaces/{w}/maps/{m}/measure', { path: { w, m }, body, signal }),
    placeholderData: keepPreviousData,
    staleTime: 30_000,
  })
}

export function whoPage(w: string, m: string, selector: WhoSelector, body: ScopeBody) {
  return (cursor: string | null, signal: AbortSignal) =>
    post<Page<WhoItem>>('/api/workspaces/{w}/maps/{m}/who', {
      path: { w, m },
      body: { selector, ...body, ...(cursor ? { cursor } : {}) },
      signal,
    })
}
