/**
 * The columns of the board: a stage is one; where it has steps, it is one for each, and one before them for what stands
 * in none. Free of direction, like `layout.ts`: `along` runs with the reader.
 */
import type { Stage, Step } from './model'

export interface Column {
  key: string
  stage: Stage
  /** Null: what is in no step of the stage. */
  step: Step | null
  kind: 'whole' | 'loose' | 'step' | 'collapsed'
}

export interface PlacedColumn extends Column {
  along: number
  width: number
}

/** All columns of one stage together. */
export interface PlacedStage {
  stage: Stage
  along: number
  width: number
  columns: readonly PlacedColumn[]
}

export const LEAST_STAGE = 178
export const LEAST_STEP = 150
/** A collapsed stage, and the part before the steps while nothing stands in it. */
export const STRIP = 46
export const STAGE_WIDTHS = { least: 120, most: 1_200 } as const

export function columnsOf(stages: readonly Stage[], steps: readonly Step[]): Column[] {
  const byStage = new Map<string, Step[]>()
  for (const step of steps) byStage.set(step.stage, [...(byStage.get(step.stage) ?? []), step])
  return stages.flatMap((stage): Column[] => {
    if (stage.collapsed) return [{ key: stage.id, stage, step: null, kind: 'collapsed' }]
    const own = byStage.get(stage.id) ?? []
    if (own.length === 0) return [{ key: stage.id, stage, step: null, kind: 'whole' }]
    return [
      { key: stage.id, stage, step: null, kind: 'loose' },
      ...own.map((step): Column => ({ key: `${stage.id}/${step.id}`, stage, step, kind: 'step' })),
    ]
  })
}

interface Part {
  least: number
  /** Its share of the room; 0: it stays at its least. */
  grow: number
}

/** Shares `available` by `grow`, nobody below their least; the sum is larger than `available` when the least are. */
export function shareWidth(parts: readonly Part[], available: number): number[] {
  const widths = parts.map((part) => part.least)
  let growing = parts.map((_part, index) => index).filter((index) => parts[index]!.grow > 0)
  for (;;) {
    const taken = widths.reduce((sum, width, index) => (growing.includes(index) ? sum : sum + width), 0)
    const grow = growing.reduce((sum, index) => sum + parts[index]!.grow, 0)
    const unit = grow > 0 ? (available - taken) / grow : 0
    const kept = growing.filter((index) => parts[index]!.grow * unit >= parts[index]!.least)
    if (kept.length === growing.length) {
      for (const index of growing) widths[index] = parts[index]!.grow * unit
      return widths
    }
    growing = kept
  }
}

/**
 * Columns at their places, in whole pixels. `loose`: the stages with something outside their steps. `weights`: how much
 * of the room each stage takes (minutes of a day); without them all are equal.
 */
export function placeColumns(
  columns: readonly Column[],
  available: number,
  loose: ReadonlySet<string> = new Set(),
  weights?: ReadonlyMap<string, number>,
): PlacedColumn[] {
  const count = (stage: string) => columns.filter((column) => column.stage.id === stage && !isStrip(column, loose)).length
  const widths = shareWidth(columns.map((column): Part => {
    if (isStrip(column, loose)) return { least: STRIP, grow: 0 }
    const { id, width } = column.stage
    const parts = count(id)
    if (width !== undefined) {
      const strips = columns.filter((other) => other.stage.id === id && isStrip(other, loose)).length
      return { least: Math.max(60, (width - strips * STRIP) / parts), grow: 0 }
    }
    return { least: column.kind === 'whole' ? LEAST_STAGE : LEAST_STEP, grow: weights ? (weights.get(id) ?? 0) / parts : 1 }
  }), available)
  let end = 0
  return columns.map((column, index) => {
    const along = Math.round(end)
    end += widths[index]!
    return { ...column, along, width: Math.round(end) - along }
  })
}

const isStrip = (column: Column, loose: ReadonlySet<string>): boolean =>
  column.kind === 'collapsed' || (column.kind === 'loose' && !loose.has(column.stage.id))

export function placedStages(columns: readonly PlacedColumn[]): PlacedStage[] {
  const stages: PlacedStage[] = []
  for (const column of columns) {
    const last = stages.at(-1)
    if (last?.stage.id === column.stage.id) {
      last.width += column.width
      ;(last.columns as PlacedColumn[]).push(column)
    } else stages.push({ stage: column.stage, along: column.along, width: column.width, columns: [column] })
  }
  return stages
}

/** The room that the columns take together. */
export const widthOf = (columns: readonly PlacedColumn[]): number => {
  const last = columns.at(-1)
  return last ? last.along + last.width : 0
}
