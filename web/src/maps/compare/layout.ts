/** What stands in the rows of the two boards: pure. */
import type { Card, EmotionPoint, Lane, MapDocument, Stage } from '@/editor/model'
import type { Comparison, Opposite } from './api'
import type { Side } from './differences'

export interface Row {
  key: string
  kind: string
  lane: [Lane | null, Lane | null]
}

export interface Half {
  document: MapDocument
  stages: (Stage | null)[]
  /** `stage|lane` -> its cards, in order. */
  cells: ReadonlyMap<string, Card[]>
  /** Stage -> the points of its curves. */
  emotions: ReadonlyMap<string, EmotionPoint[]>
}

const find = <T extends { id: string }>(entries: readonly T[], id: string | null): T | null =>
  (id === null ? null : entries.find((one) => one.id === id)) ?? null

/** The lanes of both maps in one order; the curve has a row also where it has no lane. */
export function rowsOf({ before, after, lanes }: Comparison): Row[] {
  const rows = lanes.map(([old, now]): Row => {
    const lane: Row['lane'] = [find(before.lanes, old), find(after.lanes, now)]
    return { key: `${old ?? ''}|${now ?? ''}`, kind: (lane[1] ?? lane[0])!.kind, lane }
  })
  const felt = before.emotions.length + after.emotions.length > 0
  if (felt && !rows.some((row) => row.kind === 'emotion')) rows.push({ key: 'emotion', kind: 'emotion', lane: [null, null] })
  return rows
}

export function halfOf(comparison: Comparison, side: Side): Half {
  const document = side === 0 ? comparison.before : comparison.after
  const cells = new Map<string, Card[]>()
  for (const card of document.cards) {
    const key = `${card.stage}|${card.lane}`
    const cell = cells.get(key)
    if (cell) cell.push(card)
    else cells.set(key, [card])
  }
  const emotions = new Map<string, EmotionPoint[]>()
  for (const point of document.emotions) emotions.set(point.stage, [...(emotions.get(point.stage) ?? []), point])
  return { document, stages: comparison.stages.map((pair: Opposite) => find(document.stages, pair[side])), cells, emotions }
}
