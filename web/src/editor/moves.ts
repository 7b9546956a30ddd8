/** Moving with the keyboard: one step along the stages or up and down the lanes, as commands. */
import { columnsOf } from './columns'
import type { Command } from './commands'
import type { MapDoc } from './document'
import type { Card } from './model'

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

/** The step a card stands in: null for none, and for one of another stage. */
export function stepOfCard(map: MapDoc, card: Card): string | null {
  return map.snapshot.steps.some((step) => step.id === card.step && step.stage === card.stage) ? card.step! : null
}

/**
 * Along runs through the steps of a stage before it goes on to the next one; up and down move within the cell first, then
 * to the next lane. Collapsed stages and lanes are passed over. Null at the edge of the map.
 */
export function moveCardStep(map: MapDoc, id: string, step: Step): Command | null {
  const card = map.card(id)
  if (!card) return null
  const { stages, steps, lanes } = map.snapshot
  const inStep = stepOfCard(map, card)
  if (step === 'forward' || step === 'back') {
    const places = columnsOf(stages, steps).filter((column) => column.kind !== 'collapsed' || column.stage.id === card.stage)
    const at = places.findIndex((column) => column.stage.id === card.stage && (column.step?.id ?? null) === inStep)
    const place = at < 0 ? undefined : places[at + (step === 'forward' ? 1 : -1)]
    return place ? { do: 'move_card', id, stage: place.stage.id, step: place.step?.id ?? null, lane: card.lane, before: null } : null
  }
  const here = { do: 'move_card', id, stage: card.stage, step: inStep } as const
  const cell = map.part(card.stage, inStep, card.lane)
  const at = cell.indexOf(id)
  if (step === 'up' && at > 0) return { ...here, lane: card.lane, before: cell[at - 1]! }
  if (step === 'down' && at + 1 < cell.length) return { ...here, lane: card.lane, before: cell[at + 2] ?? null }
  const open = lanes.filter((lane) => lane.id === card.lane || (!lane.hidden && !lane.collapsed && holdsCards(lane.kind)))
  const lane = open[open.findIndex((one) => one.id === card.lane) + (step === 'down' ? 1 : -1)]
  if (!lane) return null
  const before = step === 'down' ? (map.part(card.stage, inStep, lane.id)[0] ?? null) : null
  return { ...here, lane: lane.id, before }
}

/** One place along its stage for a step; at its edge, into the next stage. Null at the edge of the map. */
export function moveStepAlong(map: MapDoc, id: string, forward: boolean): Command | null {
  const { stages, steps } = map.snapshot
  const step = steps.find((one) => one.id === id)
  if (!step) return null
  const own = steps.filter((one) => one.stage === step.stage)
  const at = own.findIndex((one) => one.id === id)
  if (forward && at + 1 < own.length) return { do: 'move_step', id, before: own[at + 2]?.id ?? null }
  if (!forward && at > 0) return { do: 'move_step', id, before: own[at - 1]!.id }
  const open = stages.filter((stage) => stage.id === step.stage || !stage.collapsed)
  const stage = open[open.findIndex((one) => one.id === step.stage) + (forward ? 1 : -1)]
  if (!stage) return null
  const first = steps.find((one) => one.stage === stage.id)?.id ?? null
  return { do: 'move_step', id, stage: stage.id, before: forward ? first : null }
}

/** One place along for a stage, step or lane among its equals; null at the edge. */
export function moveAmong(noun: 'stage' | 'step' | 'lane', ids: readonly string[], id: string, forward: boolean): Command | null {
  const at = ids.indexOf(id)
  if (at < 0 || (forward ? at + 1 >= ids.length : at === 0)) return null
  return { do: `move_${noun}`, id, before: forward ? (ids[at + 2] ?? null) : ids[at - 1]! }
}
