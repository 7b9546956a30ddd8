/** An opportunity for a goal that we cannot serve: a card in its stage, joined to it by an arrow. */
import { newId, type Command } from './commands'
import type { Snapshot } from './document'
import type { Card } from './model'

/** The commands, in one step of undo, and the id of the card; a map without the lane gets one. */
export function openOpportunity(snapshot: Snapshot, goal: Card, text: string): { commands: Command[]; id: string } {
  const found = snapshot.lanes.find((one) => one.kind === 'opportunities')
  const lane = found?.id ?? newId()
  const id = newId()
  const shown: Command[] = !found
    ? [{ do: 'add_lane', id: lane, kind: 'opportunities' }]
    : found.hidden
      ? [{ do: 'set_lane', id: lane, fields: { hidden: null } }]
      : []
  return {
    id,
    commands: [
      ...shown,
      { do: 'add_card', id, stage: goal.stage, lane, text, ...(goal.step ? { step: goal.step } : {}) },
      { do: 'add_arrow', from_card: goal.id, to_card: id },
    ],
  }
}
