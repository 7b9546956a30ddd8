/** Questions that hold paths against a map: which map, and who is behind their numbers. */
import { Button, Select } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useCallback, useEffect, useMemo } from 'react'
import { Link } from 'react-router'
import { get } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Page } from '@/api/types'
import { useT } from '@/i18n/locale'
import { useWorkspace } from '@/shell/session'
import { EmptyState } from '@/ui/States'
import { useWhoOf } from './queries'
import type { Choice } from './question/EventPick'

interface MapRow {
  id: string
  title: string
  bound_touchpoints: number
}

interface Touchpoint {
  id: string
  name: string
  matcher?: { events?: string[] } | null
}

interface MapDocument {
  touchpoints: Touchpoint[]
}

export interface MapChoice {
  /** The chosen map; undefined while the list is on its way, null: there is none to choose. */
  map: string | null | undefined
  maps: MapRow[]
}

/** The maps of which at least one touchpoint is bound to events. */
function useBoundMaps() {
  const { id: w } = useWorkspace()
  return useQuery<MapRow[], Problem>({
    queryKey: ['maps', w, 'bound'],
    queryFn: async ({ signal }) => {
      const page = await get<Page<MapRow>>('/api/workspaces/{w}/maps', { path: { w }, query: { limit: 200 }, signal })
      return page.items.filter((one) => one.bound_touchpoints > 0)
    },
    staleTime: 60_000,
  })
}

/** A map, or none; nothing where there is no map to use. */
export function UseMap(props: { label: string; none: string; map: string; onChange: (map: string) => void }) {
  const maps = useBoundMaps().data ?? []
  if (maps.length === 0) return null
  return (
    <Select
      size="sm"
      label={props.label}
      placeholder={props.none}
      clearable
      searchable={maps.length > 7}
      data={maps.map((one) => ({ value: one.id, label: one.title }))}
      value={props.map || null}
      onChange={(map) => props.onChange(map ?? '')}
    />
  )
}

/** The bound touchpoints of a map, as what-if names them; null without a map. */
export function useTouchpoints(map: string): Choice[] | null {
  const { id: w } = useWorkspace()
  const document = useQuery<MapDocument, Problem>({
    queryKey: ['maps', w, 'document', map],
    queryFn: ({ signal }) => get<MapDocument>('/api/workspaces/{w}/maps/{m}/document', { path: { w, m: map }, signal }),
    enabled: map !== '',
    staleTime: 60_000,
  })
  return useMemo(() => {
    if (map === '') return null
    const bound = (document.data?.touchpoints ?? []).filter(({ matcher }) => (matcher?.events ?? []).length > 0)
    const names = bound.map(({ name }) => name)
    return bound.map(({ id, name }) => {
      const alone = names.filter((other) => other === name).length === 1
      const label = alone ? name : `${name} (${id})`
      return { value: label, label }
    })
  }, [document.data, map])
}

/** The map asked for, else the first that is bound to events; `choose` is told of that, for the address to say it. */
export function useMapChoice(asked: string, choose?: (map: string) => void): MapChoice {
  const maps = useBoundMaps()
  const first = maps.data?.[0]?.id
  useEffect(() => {
    if (!asked && first) choose?.(first)
  }, [asked, choose, first])
  if (!maps.data) return { map: asked || undefined, maps: [] }
  return { map: asked || (first ?? null), maps: maps.data }
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
      action={
        <Button component={Link} to={`/w/${w}/maps`} variant="light">
          {t('on_map.to_maps')}
        </Button>
      }
    />
  )
}

/** Opens the list of persons behind a number of `stages` or `deviations`. */
export function useWhoOnMap(question: 'stages' | 'deviations', map: string) {
  const who = useWhoOf(question)
  return useCallback(
    (title: string, number: Record<string, unknown>, help?: string) => who(title, { map, number }, help),
    [map, who],
  )
}
