/**
 * Commands: the only way a map changes. The same names and meaning as `maps/commands.py`.
 * A batch is checked as a whole before anything changes, and is one step for undo.
 */
import * as Y from 'yjs'
import { LOCAL, MapDoc, putItem } from './document'
import { type Collection, emotionKey } from './model'
import { compareOrder, keyBetween } from './order'

type Fields = Record<string, unknown>

export type Command =
  | { do: 'set_map'; fields: Fields }
  | ({ do: 'add_stage'; id?: string; name: string; before?: string | null } & Fields)
  | { do: 'set_stage' | 'set_lane' | 'set_card' | 'set_persona'; id: string; fields: Fields }
  | { do: 'move_stage' | 'move_lane'; id: string; before: string | null }
  | { do: 'delete_stage' | 'delete_lane' | 'delete_card' | 'remove_persona'; id: string }
  | ({ do: 'add_lane'; id?: string; kind: string; name?: string; persona?: string; before?: string | null } & Fields)
  | ({ do: 'add_card'; id?: string; stage: string; lane: string; text: string; before?: string | null } & Fields)
  | { do: 'move_card'; id: string; stage: string; lane: string; before: string | null }
  | { do: 'set_emotion'; persona: string | null; stage: string; step?: string; value: number | null; note?: string; intensity?: number }
  | ({ do: 'add_persona'; id?: string; name: string; persona?: string } & Fields)

/** A command that cannot be carried out; nothing was changed. `code` has a sentence in the locale files. */
export class CommandError extends Error {
  constructor(readonly code: string, readonly place: string) {
    super(`${code} at ${place}`)
    this.name = 'CommandError'
  }
}

const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ'

/** 16 characters of chance: enough for the parts of one map, short enough to read in a file. */
export function newId(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  return Array.from(bytes, (byte) => ALPHABET.charAt(byte % ALPHABET.length)).join('')
}

/** Carries out the commands in one transaction; returns the ids of what was added, in order. */
export function apply(map: MapDoc, commands: readonly Command[]): string[] {
  if (commands.length > 1) rehearse(map, commands)
  const added: string[] = []
  map.doc.transact(() => {
    for (const command of commands) {
      const id = run(map.doc, command)
      if (id !== null) added.push(id)
    }
  }, LOCAL)
  return added
}

/** A later command may stand on an earlier one, so a batch is checked by doing it on a copy. */
function rehearse(map: MapDoc, commands: readonly Command[]): void {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(map.doc))
  for (const command of commands) run(copy, command)
  copy.destroy()
}

function run(doc: Y.Doc, command: Command): string | null {
  switch (command.do) {
    case 'set_map':
      if ('title' in command.fields) needText(command.fields.title, 'title')
      write(doc.getMap('meta'), command.fields)
      return null
    case 'add_stage': {
      const { do: _do, id, before, ...fields } = command
      needText(fields.name, 'name')
      return add(doc, 'stages', id, fields, before ?? null)
    }
    case 'add_lane': {
      const { do: _do, id, before, ...fields } = command
      needText(fields.kind, 'kind')
      return add(doc, 'lanes', id, fields, before ?? null)
    }
    case 'add_persona': {
      const { do: _do, id, ...fields } = command
      needText(fields.name, 'name')
      return add(doc, 'personas', id, fields, null)
    }
    case 'add_card': {
      const { do: _do, id, before, ...fields } = command
      find(doc, 'stages', fields.stage, 'stage')
      find(doc, 'lanes', fields.lane, 'lane')
      if (typeof fields.text !== 'string') throw new CommandError('text_missing', 'text')
      return add(doc, 'cards', id, fields, before ?? null, inCell(fields.stage, fields.lane))
    }
    case 'set_stage':
    case 'set_persona': {
      const item = find(doc, command.do === 'set_stage' ? 'stages' : 'personas', command.id)
      if ('name' in command.fields) needText(command.fields.name, 'name')
      write(item, command.fields)
      return null
    }
    case 'set_lane': {
      const item = find(doc, 'lanes', command.id)
      if ('kind' in command.fields) needText(command.fields.kind, 'kind')
      write(item, command.fields)
      return null
    }
    case 'set_card': {
      const item = find(doc, 'cards', command.id)
      write(item, command.fields)
      return null
    }
    case 'move_stage':
      return place(doc, 'stages', command.id, command.before)
    case 'move_lane':
      return place(doc, 'lanes', command.id, command.before)
    case 'move_card': {
      const card = find(doc, 'cards', command.id)
      find(doc, 'stages', command.stage, 'stage')
      find(doc, 'lanes', command.lane, 'lane')
      const order = orderBefore(doc, 'cards', command.id, command.before, inCell(command.stage, command.lane))
      if (card.get('stage') !== command.stage && card.has('step')) card.delete('step')
      write(card, { stage: command.stage, lane: command.lane, order })
      return null
    }
    case 'delete_stage': {
      find(doc, 'stages', command.id)
      doc.getMap('stages').delete(command.id)
      deleteCards(doc, (card) => card.get('stage') === command.id)
      deleteWhere(doc, 'emotions', (point) => point.get('stage') === command.id)
      deleteWhere(doc, 'branches', (branch) => branch.get('from_stage') === command.id || branch.get('to_stage') === command.id)
      deleteWhere(doc, 'targets', (target) => (target.get('scope') as Fields | undefined)?.stage === command.id)
      return null
    }
    case 'delete_lane': {
      find(doc, 'lanes', command.id)
      doc.getMap('lanes').delete(command.id)
      deleteCards(doc, (card) => card.get('lane') === command.id)
      deleteWhere(doc, 'lines', (line) => line.get('after_lane') === command.id)
      return null
    }
    case 'delete_card':
      find(doc, 'cards', command.id)
      deleteCards(doc, (_card, id) => id === command.id)
      return null
    case 'remove_persona': {
      find(doc, 'personas', command.id)
      doc.getMap('personas').delete(command.id)
      deleteWhere(doc, 'emotions', (point) => point.get('persona') === command.id)
      for (const lane of maps(doc, 'lanes').values()) if (lane.get('persona') === command.id) lane.delete('persona')
      return null
    }
    case 'set_emotion':
      setEmotion(doc, command)
      return null
  }
}

function setEmotion(doc: Y.Doc, command: Extract<Command, { do: 'set_emotion' }>): void {
  const { persona, stage, step, value, note, intensity } = command
  find(doc, 'stages', stage, 'stage')
  if (persona !== null) find(doc, 'personas', persona, 'persona')
  const key = emotionKey(persona, stage, step)
  const points = maps(doc, 'emotions')
  if (value === null) {
    points.delete(key)
    return
  }
  if (!Number.isFinite(value) || value < -2 || value > 2) throw new CommandError('emotion_out_of_range', 'value')
  const point = points.get(key)
  if (point) write(point, { value, ...(note === undefined ? {} : { note }), ...(intensity === undefined ? {} : { intensity }) })
  else putItem(points, key, { persona, stage, step, value, note, intensity })
}

const maps = (doc: Y.Doc, name: Collection): Y.Map<Y.Map<unknown>> => doc.getMap(name)

function find(doc: Y.Doc, name: Collection, id: unknown, place = 'id'): Y.Map<unknown> {
  const item = typeof id === 'string' ? maps(doc, name).get(id) : undefined
  if (!item) throw new CommandError(`${name}_not_found`, place)
  return item
}

function needText(value: unknown, place: string): void {
  if (typeof value !== 'string' || value.trim() === '') throw new CommandError('text_missing', place)
}

/** Writes only what differs, so that an unchanged field never wins over someone else's edit. undefined and null remove. */
function write(item: Y.Map<unknown>, fields: Fields): void {
  for (const [field, value] of Object.entries(fields)) {
    if (value === undefined || value === null) {
      if (item.has(field)) item.delete(field)
    } else if (JSON.stringify(item.get(field)) !== JSON.stringify(value)) {
      item.set(field, value)
    }
  }
}

type Among = (item: Y.Map<unknown>) => boolean
const everywhere: Among = () => true
const inCell = (stage: unknown, lane: unknown): Among => (card) => card.get('stage') === stage && card.get('lane') === lane

function add(doc: Y.Doc, name: Collection, id: string | undefined, fields: Fields, before: string | null, among = everywhere): string {
  const root = maps(doc, name)
  if (id !== undefined && root.has(id)) throw new CommandError('id_taken', 'id')
  const own = id ?? newId()
  putItem(root, own, { ...fields, order: orderBefore(doc, name, own, before, among) })
  return own
}

function place(doc: Y.Doc, name: Collection, id: string, before: string | null): null {
  const item = find(doc, name, id)
  if (before !== id) item.set('order', orderBefore(doc, name, id, before, everywhere))
  return null
}

/** The key that puts an item before `before` (null: last) among its neighbours. */
function orderBefore(doc: Y.Doc, name: Collection, id: string, before: string | null, among: Among): string {
  if (before !== null) find(doc, name, before, 'before')
  const neighbours = [...maps(doc, name)]
    .filter(([other, item]) => other !== id && among(item))
    .map(([other, item]) => ({ id: other, order: String(item.get('order') ?? '') }))
    .sort(compareOrder)
  const index = before === null ? neighbours.length : neighbours.findIndex((other) => other.id === before)
  const at = index < 0 ? neighbours.length : index
  const low = neighbours[at - 1]?.order ?? null
  // Two screens may have given neighbours the same key: go behind all that share it.
  const high = neighbours.slice(at).find((other) => low === null || other.order > low)?.order ?? null
  return keyBetween(low, high)
}

function deleteWhere(doc: Y.Doc, name: Collection, drop: (item: Y.Map<unknown>, id: string) => boolean): void {
  const root = maps(doc, name)
  for (const [id, item] of [...root]) if (drop(item, id)) root.delete(id)
}

function deleteCards(doc: Y.Doc, drop: (card: Y.Map<unknown>, id: string) => boolean): void {
  const gone = new Set<unknown>()
  for (const [id, card] of maps(doc, 'cards')) if (drop(card, id)) gone.add(id)
  deleteWhere(doc, 'cards', (_card, id) => gone.has(id))
  deleteWhere(doc, 'arrows', (arrow) => gone.has(arrow.get('from_card')) || gone.has(arrow.get('to_card')))
}
