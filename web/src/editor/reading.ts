/** A snapshot as its readers (the review, the guide) ask for it: the cards of a stage in lanes of one kind. */
import type { Command } from './commands'
import { newId } from './commands'
import type { Snapshot } from './document'
import type { Card, Lane } from './model'

export interface ReadMap extends Snapshot {
  /** The cards of a stage in lanes of one kind, in reading order. */
  in(stage: string, kind: string): Card[]
  /** The first lane of a kind. */
  lane(kind: string): Lane | undefined
}

export function readMap(snapshot: Snapshot): ReadMap {
  const { lanes, cells, cards } = snapshot
  return {
    ...snapshot,
    lane: (kind) => lanes.find((lane) => lane.kind === kind),
    in: (stage, kind) =>
      lanes
        .filter((lane) => lane.kind === kind)
        .flatMap((lane) => (cells.get(`${stage}|${lane.id}`) ?? []).map((id) => cards.get(id)!)),
  }
}

/**
 * Where cards of a kind go: the lane that is asked for, else the first one that is shown, else a hidden one is shown
 * again, else one is made.
 */
export function openLane({ lanes }: Snapshot, kind: string, wanted: string | null = null): { lane: string; commands: Command[] } {
  const ofKind = lanes.filter((one) => one.kind === kind)
  const found = ofKind.find((one) => one.id === wanted) ?? ofKind.find((one) => !one.hidden) ?? ofKind[0]
  if (!found) {
    const lane = newId()
    return { lane, commands: [{ do: 'add_lane', id: lane, kind }] }
  }
  return { lane: found.id, commands: found.hidden ? [{ do: 'set_lane', id: found.id, fields: { hidden: null } }] : [] }
}
