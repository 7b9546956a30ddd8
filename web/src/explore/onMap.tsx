/** Questions that hold paths against a map: which map, the answer, and who is behind its numbers. */
import { Select } from '@mantine/core'
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useCallback } from 'react'
import { Link } from 'react-router'
import { get, post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Page, WhoItem } from '@/api/types'
import { useT } from '@/i18n/locale'
import { useScope } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { useWho } from '@/shell/Who'
import { EmptyState } from '@/ui/States'

interface MapRow {
  id: string
  title: string
  bound_touchpoints: number
}

export interface MapChoice {
  /** The chosen map; undefined while the list is on its way, null: there is none to choose. */
  map: string | null | undefined
  maps: MapRow[]
}

/** The map of the address, else the first that is bound to events. */
export function useMapChoice(asked: string): MapChoice {
  const { id: w } = useWorkspace()
  const maps = useQuery<MapRow[], Problem>({
    queryKey: ['maps', w, 'bound'],
    queryFn: async ({ signal }) => {
      const page = await get<Page<MapRow>>('/api/workspaces/{w}/maps', { path: { w }, query: { limit: 200 }, signal })
      return page.items.filter((one) => one.bound_touchpoints > 0)
    },
    staleTime: 60_000,
  })
  if (!maps.data) return { map: asked || undefined, maps: [] }
  return { map: asked || (maps.data[0]?.id ?? null), maps: maps.data }
}

export function MapSelect({ choice, onChoose }: { choice: MapChoice; onChoose: (map: string) => void }) {
  const t = useT('explore')
  return (
    <Select
      label={t('on_map.map')}
      data={choice.maps.map((one) => ({ value: one.id, label: one.title }))}
      value={choice.map ?? null}
      onChange={(next) => next && onChoose(next)}
      allowDeselect={false}
      searchable={choice.maps.length > 7}
      size="sm"
      w={280}
      maw="100%"
    />
  )
}

export function NoMap() {
  const t = useT('explore')
  const { id: w } = useWorkspace()
  return (
    <EmptyState
      picture="map"
      title={t('on_map.none')}
      text={t('on_map.none_text')}
      action={<Link to={`/w/${w}/maps`}>{t('on_map.to_maps')}</Link>}
    />
  )
}

/** `stages` or `deviations` of a map over the paths in scope: goes to `<QuestionPage asked={…}>`. */
export function useOnMap<Answer>(question: 'stages' | 'deviations', map: string | null | undefined) {
  const { id: w } = useWorkspace()
  const { body } = useScope()
  const query = useQuery<Answer, Problem>({
    queryKey: ['paths', w, question, map, body],
    queryFn: ({ signal }) =>
      post<Answer>(`/api/workspaces/{w}/maps/{m}/${question}`, { path: { w, m: map ?? '' }, body, signal }),
    placeholderData: keepPreviousData,
    staleTime: 60_000,
    enabled: Boolean(map),
  })
  return { query, request: map === null ? null : {} }
}

/** Opens the list of persons behind a number of the answer. */
export function useWhoOnMap(map: string | null | undefined) {
  const { id: w } = useWorkspace()
  const { body } = useScope()
  const open = useWho()
  return useCallback(
    (title: string, selector: Record<string, unknown>, help?: string) =>
      open({
        title,
        ...(help ? { help } : {}),
        key: ['on-map', w, map, body, selector],
        page: (cursor, signal) =>
          post<Page<WhoItem>>('/api/workspaces/{w}/maps/{m}/design/who', {
            path: { w, m: map ?? '' },
            body: { ...body, selector, ...(cursor ? { cursor } : {}) },
            signal,
          }),
      }),
    [body, map, open, w],
  )
}
