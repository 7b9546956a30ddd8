/** Cards on their way between places, maps and workspaces: what is put on the clipboard, and the commands of a paste. */
import { newId, type Command } from './commands'
import type { MapDoc } from './document'
import { inOrder } from './manyCards'
import { stepOfCard } from './moves'
import type { Card } from './model'
import { openGrid, placeOf, type Place } from './reach'
import { plainText, SAFE_LINK } from './richText'
import { keepable, readTable, writeTable } from './table'

export const CLIP_TYPE = 'application/x-hamsafar-cards'
const FORMAT = 'hamsafar-cards/1'

/** The most cards of one paste; a map holds no more than 5,000 (`LIMITS` of maps/fields.py). */
export const MOST_PASTED = 500
export const MOST_CARDS = 5_000
export const MOST_TEXT = 5_000

type Fields = Record<string, unknown>

export interface Clipped {
  /** Columns and lanes after the first one of the clip. */
  column: number
  lane: number
  fields: Fields
  touchpoint_name?: string
}

export interface Clip {
  format: typeof FORMAT
  workspace: string
  cards: Clipped[]
  /** Between cards of the clip, by their place in it. */
  arrows: { from: number; to: number; label?: string }[]
}

export interface Library {
  workspace: string
  /** Id of a touchpoint in this workspace -> its name. */
  names: ReadonlyMap<string, string>
  /** A touchpoint of this workspace by its name, however it is typed. */
  idOf(name: string): string | undefined
}

/** What stays with its own place, not with the copy. */
const OF_PLACE = new Set(['id', 'stage', 'step', 'lane'])
const text = (value: unknown): boolean => typeof value === 'string' && value.length <= MOST_TEXT
const yes = (value: unknown): boolean => typeof value === 'boolean'
const from1to = (most: number) => (value: unknown): boolean => Number.isInteger(value) && (value as number) >= 1 && (value as number) <= most
const among = (...words: string[]) => (value: unknown): boolean => words.includes(value as string)
const object = (value: unknown): value is Fields => typeof value === 'object' && value !== null && !Array.isArray(value)
const id = (value: unknown): boolean => typeof value === 'string' && /^[\w.-]{1,64}$/.test(value)

/** What a copy carries, and what each field has to be: any page can put something on the clipboard. */
const CARRIED: Record<string, (value: unknown) => boolean> = {
  text, touchpoint: id, content: id, group: id, link: (value) => text(value) && SAFE_LINK.test(value as string),
  need: among('required', 'optional', 'any_of'),
  owner: (value) => object(value) && among('member', 'team', 'text')(value.kind) && text(value.name) && (value.id === undefined || id(value.id)),
  evidence: (value) => object(value) && among('assumption', 'observed', 'stale')(value.kind) && (value.n === undefined || Number.isInteger(value.n)) &&
    ['query', 'observed_at', 'note'].every((name) => value[name] === undefined || text(value[name])),
  tags: (value) => Array.isArray(value) && value.length <= 20 && value.every((tag) => text(tag) && tag !== ''),
  color: (value) => text(value) && /^(#[0-9a-fA-F]{6}|[a-z]{1,20})$/.test(value as string),
  emoji: (value) => text(value) && (value as string).length <= 32, at: (value) => text(value) && /^([01]\d|2[0-3]):[0-5]\d$/.test(value as string),
  commitment: from1to(6), impact: from1to(5), effort: from1to(5), confidence: from1to(5),
  complaint: yes, moment_of_truth: yes, hidden_need: yes, fit: among('can', 'partly', 'cannot'),
  files: (value) => Array.isArray(value) && value.length <= 10 && value.every((file) => object(file) && id(file.id) && text(file.name)),
}

/** The cards as a clip, and as text for other programs: a table of lanes and stages, or lines when they stand below one another. */
export function clipOf(map: MapDoc, ids: ReadonlySet<string>, library: Library): { clip: Clip; text: string } {
  const chosen = inOrder(map, ids).map((id) => map.card(id)!)
  const places = chosen.map((card) => placeOf(map, card))
  const firstColumn = Math.min(...places.map((place) => place.column))
  const firstLane = Math.min(...places.map((place) => place.lane))
  const nameOf = (card: Card) => (card.touchpoint ? library.names.get(card.touchpoint) : undefined)
  const cards = chosen.map((card, index) => ({
    column: places[index]!.column - firstColumn,
    lane: places[index]!.lane - firstLane,
    fields: Object.fromEntries(Object.entries(card).filter(([field]) => !OF_PLACE.has(field))),
    ...(nameOf(card) ? { touchpoint_name: nameOf(card) } : {}),
  }))
  const index = new Map(chosen.map((card, at) => [card.id, at]))
  const arrows = map.snapshot.arrows.flatMap(({ from_card, to_card, label }) => {
    const [from, to] = [index.get(from_card), index.get(to_card)]
    return from === undefined || to === undefined ? [] : [{ from, to, ...(label ? { label } : {}) }]
  })
  const rows: string[][] = []
  for (const lane of [...new Set(cards.map((card) => card.lane))].sort((a, b) => a - b)) {
    const columns = [...new Set(cards.map((card) => card.column))].sort((a, b) => a - b)
    const cells = columns.map((column) => cards.filter((card) => card.lane === lane && card.column === column))
    const height = Math.max(...cells.map((cell) => cell.length))
    for (let row = 0; row < height; row++) {
      rows.push(cells.map((cell) => said(cell[row])))
    }
  }
  return { clip: { format: FORMAT, workspace: library.workspace, cards, arrows }, text: writeTable(rows) }
}

function said(card: Clipped | undefined): string {
  return card ? plainText(String(card.fields.text ?? '')) || (card.touchpoint_name ?? '') : ''
}

/** A clip as this program wrote it; null for anything else. */
export function readClip(json: string): Clip | null {
  try {
    const found = JSON.parse(json) as Clip
    if (found.format !== FORMAT || typeof found.workspace !== 'string') return null
    const whole = (value: unknown): value is number => Number.isInteger(value) && (value as number) >= 0
    const right =
      Array.isArray(found.cards) && Array.isArray(found.arrows) && found.cards.length > 0 &&
      found.cards.every((card) => whole(card.column) && whole(card.lane) && typeof card.fields === 'object' && typeof card.fields?.text === 'string') &&
      found.arrows.every((arrow) => whole(arrow.from) && whole(arrow.to) && arrow.from < found.cards.length && arrow.to < found.cards.length)
    return right ? found : null
  } catch {
    return null
  }
}

/** Text as a clip: a table's columns are stages and its rows cards below one another; plain lines are cards. Null: nothing in it. */
export function clipOfText(text: string): Clip | null {
  const cards = readTable(text).flatMap((row) =>
    row.flatMap((cell, column) => (cell === '' ? [] : [{ column, lane: 0, fields: { text: cell } }])),
  )
  return cards.length > 0 ? { format: FORMAT, workspace: '', cards, arrows: [] } : null
}

/** Why a paste was refused: a key of the texts and its values. Nothing was changed. */
export class PasteRefused extends Error {
  constructor(readonly code: 'too_many' | 'map_full' | 'too_long' | 'too_few_stages' | 'too_few_lanes', readonly values: Record<string, number>) {
    super(code)
  }
}

/**
 * The commands that put a clip at a place, after the card `after` (null: last), and the ids of its cards. `kindOf` a lane
 * of touchpoints turns names that the library knows into those touchpoints. Throws PasteRefused.
 */
export function paste(map: MapDoc, clip: Clip, place: Place, after: string | null, library: Library): { commands: Command[]; ids: string[] } {
  const { columns, lanes } = openGrid(map)
  const column0 = columns.findIndex((one) => one.stage.id === place.stage && (one.step?.id ?? null) === place.step)
  const lane0 = lanes.findIndex((one) => one.id === place.lane)
  const found = clip.cards.length
  if (found > MOST_PASTED) throw new PasteRefused('too_many', { most: MOST_PASTED, count: found })
  if (map.snapshot.cards.size + found > MOST_CARDS) throw new PasteRefused('map_full', { most: MOST_CARDS, count: found })
  const longest = Math.max(...clip.cards.map((card) => String(card.fields.text).length))
  if (longest > MOST_TEXT) throw new PasteRefused('too_long', { most: MOST_TEXT, count: longest })
  const over = column0 + Math.max(...clip.cards.map((card) => card.column)) + 1 - columns.length
  if (over > 0) throw new PasteRefused('too_few_stages', { count: over })
  const below = lane0 + Math.max(...clip.cards.map((card) => card.lane)) + 1 - lanes.length
  if (below > 0) throw new PasteRefused('too_few_lanes', { count: below })

  const groups = new Map<string, string>()
  const cell = map.part(place.stage, place.step, place.lane)
  const next = after === null ? null : (cell[cell.indexOf(after) + 1] ?? null)
  const ids: string[] = []
  const commands: Command[] = clip.cards.map((card) => {
    const column = columns[column0 + card.column]!
    const lane = lanes[lane0 + card.lane]!
    const id = newId()
    ids.push(id)
    return {
      do: 'add_card', id, stage: column.stage.id, lane: lane.id, text: '', ...(column.step ? { step: column.step.id } : {}),
      ...carried(card, clip, lane.kind, library, groups), before: card.column === 0 && card.lane === 0 ? next : null,
    }
  })
  for (const arrow of clip.arrows) {
    commands.push({ do: 'add_arrow', from_card: ids[arrow.from]!, to_card: ids[arrow.to]!, ...(arrow.label ? { label: arrow.label } : {}) })
  }
  return { commands, ids }
}

/** The fields of a pasted card: what belongs to another workspace stays there, or is found by its name. */
function carried(card: Clipped, clip: Clip, laneKind: string, library: Library, groups: Map<string, string>): Fields {
  const fields: Fields = Object.fromEntries(Object.entries(card.fields).filter(([field, value]) => Object.hasOwn(CARRIED, field) && CARRIED[field]!(value)))
  const home = clip.workspace === library.workspace
  fields.text = keepable(String(fields.text ?? ''))
  const name = card.touchpoint_name ?? (laneKind === 'touchpoints' ? plainText(String(fields.text)) : undefined)
  const known = home && library.names.has(String(fields.touchpoint)) ? String(fields.touchpoint) : name ? library.idOf(name) : undefined
  if (known) fields.touchpoint = known
  else {
    delete fields.touchpoint
    if (!fields.text && card.touchpoint_name) fields.text = card.touchpoint_name
  }
  if (typeof fields.group === 'string') {
    if (!groups.has(fields.group)) groups.set(fields.group, newId())
    fields.group = groups.get(fields.group)
  }
  if (!home) {
    for (const field of ['content', 'files']) delete fields[field]
    const owner = fields.owner as { name?: unknown } | undefined
    if (owner) fields.owner = { kind: 'text', name: String(owner.name ?? '') }
  }
  return fields
}

/** How many cards of a clip come without their files: those stay in the workspace they belong to. */
export function filesLeftBehind(clip: Clip, workspace: string): number {
  if (clip.workspace === workspace) return 0
  return clip.cards.filter(({ fields }) => Array.isArray(fields.files) && fields.files.length > 0).length
}

/** The copies of the cards, each right after its own; and their ids. */
export function duplicate(map: MapDoc, ids: ReadonlySet<string>): { commands: Command[]; ids: string[] } {
  const groups = new Map<string, string>()
  const copies = new Map<string, string>()
  const cells = new Map<string, readonly string[]>()
  const chosen = inOrder(map, ids)
  const commands: Command[] = chosen.map((id) => {
    const { id: _own, step: _step, ...fields } = map.card(id)!
    const step = stepOfCard(map, map.card(id)!)
    const key = `${fields.stage}|${step}|${fields.lane}`
    if (!cells.has(key)) cells.set(key, map.part(fields.stage, step, fields.lane))
    const cell = cells.get(key)!
    // A block that was chosen stays a block: its copies follow the last of it.
    let at = cell.indexOf(id) + 1
    while (at < cell.length && ids.has(cell[at]!)) at++
    const copy = newId()
    copies.set(id, copy)
    const group = fields.group
    if (group && !groups.has(group)) groups.set(group, newId())
    return { do: 'add_card', id: copy, ...fields, ...(step ? { step } : {}), ...(group ? { group: groups.get(group) } : {}), before: cell[at] ?? null }
  })
  for (const { from_card, to_card, label } of map.snapshot.arrows) {
    const [from, to] = [copies.get(from_card), copies.get(to_card)]
    if (from && to) commands.push({ do: 'add_arrow', from_card: from, to_card: to, ...(label ? { label } : {}) })
  }
  return { commands, ids: [...copies.values()] }
}
