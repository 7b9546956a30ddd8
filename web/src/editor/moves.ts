/** Moving with the keyboard: one step along the stages or up and down the lanes, as commands. */
import type { Command } from './commands'
import type { MapDoc } from './document'

export type Step = 'forward' | 'back' | 'up' | 'down'

/** Alt + arrow as a step; `forward` is where the reader goes: the left arrow in a right-to-left screen. */
export function stepOfKey(key: string, dir: 'ltr' | 'rtl'): Step | null {
  switch (key) {
    case 'ArrowUp':
      return 'up'
    case 'ArrowDown':
      return 'down'
    case 'ArrowRight':
      return dir === 'rtl' ? 'back' : 'forward'
    case 'ArrowLeft':
      return dir === 'rtl' ? 'forward' : 'back'
    default:
      return null
  }
}

/** Lanes that hold cards; the others are drawn from the stages and the emotions. */
export const holdsCards = (kind: string): boolean => kind !== 'emotion' && kind !== 'owner'

/** Up and down move within the cell first, then to the next lane; null at the edge of the map. */
export function moveCardStep(map: MapDoc, id: string, step: Step): Command | null {
  const card = map.card(id)
  if (!card) return null
  const { stages, lanes } = map.snapshot
  if (step === 'forward' || step === 'back') {
    const at = stages.findIndex((stage) => stage.id === card.stage)
    const stage = stages[at + (step === 'forward' ? 1 : -1)]
    return stage ? { do: 'move_card', id, stage: stage.id, lane: card.lane, before: null } : null
  }
  const cell = map.cell(card.stage, card.lane)
  const at = cell.indexOf(id)
  if (step === 'up' && at > 0) return { do: 'move_card', id, stage: card.stage, lane: card.lane, before: cell[at - 1]! }
  if (step === 'down' && at + 1 < cell.length) {
    return { do: 'move_card', id, stage: card.stage, lane: card.lane, before: cell[at + 2] ?? null }
  }
  const open = lanes.filter((lane) => !lane.hidden && holdsCards(lane.kind))
  const lane = open[open.findIndex((one) => one.id === card.lane) + (step === 'down' ? 1 : -1)]
  if (!lane) return null
  const before = step === 'down' ? (map.cell(card.stage, lane.id)[0] ?? null) : null
  return { do: 'move_card', id, stage: card.stage, lane: lane.id, before }
}

/** One place along for a stage or lane among its equals; null at the edge. */
export function moveAmong(noun: 'stage' | 'lane', ids: readonly string[], id: string, forward: boolean): Command | null {
  const at = ids.indexOf(id)
  if (at < 0 || (forward ? at + 1 >= ids.length : at === 0)) return null
  return { do: `move_${noun}`, id, before: forward ? (ids[at + 2] ?? null) : ids[at - 1]! }
}
