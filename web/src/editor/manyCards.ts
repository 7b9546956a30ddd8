/** Commands on several cards at once; each list is one step of undo. Cards that are gone meanwhile are passed over. */
import type { Command } from './commands'
import type { MapDoc } from './document'
import type { Step } from './moves'
import { allCards, openGrid, placeOf, type Place } from './reach'

/** The chosen cards in reading order. */
export function inOrder(map: MapDoc, ids: ReadonlySet<string>): string[] {
  const seen = allCards(map).filter((id) => ids.has(id))
  // What stands in a collapsed lane or stage was chosen too.
  return [...seen, ...[...ids].filter((id) => !seen.includes(id) && map.card(id))]
}

export function setCards(map: MapDoc, ids: ReadonlySet<string>, fields: Record<string, unknown>): Command[] {
  return inOrder(map, ids).map((id) => ({ do: 'set_card', id, fields }))
}

export function deleteCards(map: MapDoc, ids: ReadonlySet<string>): Command[] {
  return inOrder(map, ids).map((id) => ({ do: 'delete_card', id }))
}

/** Tags that all of the cards have. */
export function commonTags(map: MapDoc, ids: ReadonlySet<string>): string[] {
  const cards = [...ids].map((id) => map.card(id)).filter((card) => card !== undefined)
  return (cards[0]?.tags ?? []).filter((tag) => cards.every((card) => card.tags?.includes(tag)))
}

/** Makes `tags` what all have in common; the other tags of each stay. */
export function tagCards(map: MapDoc, ids: ReadonlySet<string>, tags: readonly string[]): Command[] {
  const gone = new Set(commonTags(map, ids).filter((tag) => !tags.includes(tag)))
  return inOrder(map, ids).map((id) => {
    const own = (map.card(id)!.tags ?? []).filter((tag) => !gone.has(tag))
    const next = [...new Set([...own, ...tags])].slice(0, 20)
    return { do: 'set_card', id, fields: { tags: next.length > 0 ? next : null } }
  })
}

/** Puts the cards one after another before `before` (null: last). `before` may be one of them: then before what follows it. */
export function moveCards(map: MapDoc, ids: ReadonlySet<string>, place: Place, before: string | null): Command[] {
  const { stage, step, lane } = place
  const cell = map.part(stage, step, lane)
  const rest = before === null ? [] : cell.slice(cell.indexOf(before))
  const next = rest.find((id) => !ids.has(id)) ?? null
  return inOrder(map, ids).map((id) => ({ do: 'move_card', id, stage, step, lane, before: next }))
}

/** One column along, or one lane up or down, each card keeping its place among the others; null when one would fall off the map. */
export function shiftCards(map: MapDoc, ids: ReadonlySet<string>, step: Step): Command[] | null {
  const { columns, lanes } = openGrid(map)
  const commands: Command[] = []
  for (const id of inOrder(map, ids)) {
    const place = placeOf(map, map.card(id)!)
    const column = columns[place.column + (step === 'forward' ? 1 : step === 'back' ? -1 : 0)]
    const lane = lanes[place.lane + (step === 'down' ? 1 : step === 'up' ? -1 : 0)]
    if (place.column < 0 || place.lane < 0 || !column || !lane) return null
    commands.push({ do: 'move_card', id, stage: column.stage.id, step: column.step?.id ?? null, lane: lane.id, before: null })
  }
  return commands
}
