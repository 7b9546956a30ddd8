/** Which cards stand where, for choosing several: in a cell, a lane, a rectangle, and next to one another. */
import { columnsOf, type Column } from './columns'
import type { MapDoc } from './document'
import { holdsCards, stepOfCard, type Step } from './moves'
import type { Card, Lane } from './model'

/** A cell, or the part of one that is a step's. */
export interface Place {
  stage: string
  step: string | null
  lane: string
}

/** The columns and lanes whose cards are to be seen, in reading order. */
export function openGrid(map: MapDoc): { columns: Column[]; lanes: Lane[] } {
  const { stages, steps, lanes } = map.snapshot
  return {
    columns: columnsOf(stages, steps).filter((column) => column.kind !== 'collapsed'),
    lanes: lanes.filter((lane) => !lane.hidden && !lane.collapsed && holdsCards(lane.kind)),
  }
}

const partOf = (map: MapDoc, column: Column, lane: Lane): readonly string[] => map.part(column.stage.id, column.step?.id ?? null, lane.id)

/** All cards to be seen: lane after lane, each along the stages. */
export function allCards(map: MapDoc): string[] {
  const { columns, lanes } = openGrid(map)
  return lanes.flatMap((lane) => columns.flatMap((column) => partOf(map, column, lane)))
}

export function laneCards(map: MapDoc, lane: string): string[] {
  return allCards(map).filter((id) => map.card(id)!.lane === lane)
}

export function placeOf(map: MapDoc, card: Card): { column: number; lane: number; at: number } {
  const { columns, lanes } = openGrid(map)
  const step = stepOfCard(map, card)
  return {
    column: columns.findIndex((one) => one.stage.id === card.stage && (one.step?.id ?? null) === step),
    lane: lanes.findIndex((one) => one.id === card.lane),
    at: map.part(card.stage, step, card.lane).indexOf(card.id),
  }
}

/** From one card to another: in one cell the cards between them, else all in the rectangle of their cells. */
export function between(map: MapDoc, from: string, to: string): string[] {
  const [one, other] = [map.card(from), map.card(to)]
  if (!one || !other) return [to]
  const [a, b] = [placeOf(map, one), placeOf(map, other)]
  const { columns, lanes } = openGrid(map)
  if (a.column === b.column && a.lane === b.lane) {
    const cell = map.part(one.stage, stepOfCard(map, one), one.lane)
    return cell.slice(Math.min(a.at, b.at), Math.max(a.at, b.at) + 1)
  }
  const range = (x: number, y: number): [number, number] => [Math.max(0, Math.min(x, y)), Math.max(x, y) + 1]
  return lanes
    .slice(...range(a.lane, b.lane))
    .flatMap((lane) => columns.slice(...range(a.column, b.column)).flatMap((column) => partOf(map, column, lane)))
}

/** The next card that way: within the cell, else in the next cell that has any. Null at the edge. */
export function neighbour(map: MapDoc, id: string, step: Step): string | null {
  const card = map.card(id)
  if (!card) return null
  const { columns, lanes } = openGrid(map)
  const place = placeOf(map, card)
  if (place.column < 0 || place.lane < 0) return null
  if (step === 'up' || step === 'down') {
    const cell = partOf(map, columns[place.column]!, lanes[place.lane]!)
    const beside = cell[place.at + (step === 'down' ? 1 : -1)]
    if (beside) return beside
    for (let lane = place.lane + (step === 'down' ? 1 : -1); lanes[lane]; lane += step === 'down' ? 1 : -1) {
      const found = partOf(map, columns[place.column]!, lanes[lane]!)
      if (found.length > 0) return (step === 'down' ? found[0] : found.at(-1)) ?? null
    }
    return null
  }
  const way = step === 'forward' ? 1 : -1
  for (let column = place.column + way; columns[column]; column += way) {
    const found = partOf(map, columns[column]!, lanes[place.lane]!)
    if (found.length > 0) return found[Math.min(place.at, found.length - 1)]!
  }
  return null
}

/** The cell after (or before) a place, lane after lane; null at the end of the map. */
export function nextCell(map: MapDoc, { stage, step, lane }: Place, back: boolean): Place | null {
  const { columns, lanes } = openGrid(map)
  const cells = lanes.flatMap((one) => columns.map((column) => ({ stage: column.stage.id, step: column.step?.id ?? null, lane: one.id })))
  const at = cells.findIndex((cell) => cell.stage === stage && cell.step === step && cell.lane === lane)
  return at < 0 ? null : (cells[at + (back ? -1 : 1)] ?? null)
}
