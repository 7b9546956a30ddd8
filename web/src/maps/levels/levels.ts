/** Maps within maps: what a stage opens, what this map details, and making a detailed map out of a stage. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { get } from '@/api/client'
import type { Problem } from '@/api/problem'
import { newId } from '@/editor/commands'
import type { Snapshot } from '@/editor/document'
import { FORMAT, type MapDocument } from '@/editor/model'
import { useWorkspace } from '@/shell/session'

export interface StageOfMap {
  map: string
  title: string
  stage: string
  stage_name: string
}

export interface Levels {
  /** From the uppermost map down to the one above this. */
  path: StageOfMap[]
  /** Every stage that this map details. */
  places: StageOfMap[]
  details: { stage: string; map: string; title: string; gone: boolean }[]
}

/** `version` names the maps that the stages open; asked only when the server has stored it. */
export function useLevels(m: string, version: string, enabled: boolean) {
  const { id: w } = useWorkspace()
  const queries = useQueryClient()
  return useQuery<Levels, Problem>({
    queryKey: ['levels', w, m, version],
    enabled,
    staleTime: 0,
    placeholderData: () => queries.getQueriesData<Levels>({ queryKey: ['levels', w, m] }).at(-1)?.[1],
    queryFn: ({ signal }) => get<Levels>('/api/workspaces/{w}/maps/{m}/levels', { path: { w, m }, signal }),
  })
}

export const detailsVersion = ({ stages }: Snapshot): string => stages.map((stage) => `${stage.id}:${stage.detail_map ?? ''}`).join(' ')

const LOWEST = 3

/** A new map of one stage: its steps are the stages, its lanes and personas those of the map above. */
export function detailOf({ meta, personas, stages, steps, lanes }: Snapshot, stage: string): MapDocument {
  const above = stages.find((one) => one.id === stage)!
  const own = steps.filter((step) => step.stage === stage)
  return {
    format: FORMAT,
    title: above.name,
    kind: meta.kind,
    language: meta.language,
    level: Math.min(LOWEST, (meta.level ?? 0) + 1),
    ...(above.description ? { description: above.description } : {}),
    personas: [...personas],
    stages: own.length > 0 ? own.map(({ name, description }) => ({ id: newId(), name, ...(description ? { description } : {}) })) : [{ id: newId(), name: above.name }],
    steps: [],
    lanes: lanes.map(({ kind, name, persona }) => ({ id: newId(), kind, ...(name ? { name } : {}), ...(persona ? { persona } : {}) })),
    cards: [], emotions: [], branches: [], lines: [], arrows: [], targets: [],
  }
}
