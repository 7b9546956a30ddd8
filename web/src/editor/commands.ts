/**
 * Commands: the only way a map changes. The same names and meaning as `maps/verbs.py`.
 * A batch is checked as a whole before anything changes, and is one step for undo.
 */
import * as Y from 'yjs'
import { LOCAL, MapDoc, putItem } from './document'
import { type Collection, emotionKey } from './model'
import { compareOrder, keyBetween } from './order'

type Fields = Record<string, unknown>

type Noun = 'persona' | 'stage' | 'step' | 'lane' | 'card' | 'branch' | 'line' | 'arrow' | 'target'

export type Command =
  | { do: 'set_map'; fields: Fields }
  | ({ do: 'add_stage' | 'add_persona'; id?: string; name: string; before?: string | null } & Fields)
  | ({ do: 'add_step'; id?: string; stage: string; name: string; before?: string | null } & Fields)
  | ({ do: 'add_lane'; id?: string; kind: string; before?: string | null } & Fields)
  | ({ do: 'add_card'; id?: string; stage: string; lane: string; text: string; before?: string | null } & Fields)
  | ({ do: 'add_branch' | 'add_line' | 'add_arrow' | 'add_target'; id?: string; before?: string | null } & Fields)
  | { do: `set_${Noun}`; id: string; fields: Fields }
  | { do: `move_${Exclude<Noun, 'card' | 'step'>}`; id: string; before: string | null }
  /** Along its stage, or to another one. */
  | { do: 'move_step'; id: string; stage?: string; before: string | null }
  /** Without `step` a card keeps its step as long as it stays in the stage; null takes it out of its step. */
  | { do: 'move_card'; id: string; stage: string; step?: string | null; lane: string; before: string | null }
  | { do: `delete_${Noun}` | 'remove_persona'; id: string }
  | { do: 'set_emotion'; persona: string | null; stage: string; step?: string; value: number | null; note?: string | null; intensity?: number | null }

const COLLECTION_OF: Record<Noun, Collection> = {
  persona: 'personas', stage: 'stages', step: 'steps', lane: 'lanes', card: 'cards', branch: 'branches', line: 'lines', arrow: 'arrows',
  target: 'targets',
}

/** What an entry cannot do without, and where it leads. */
const NEEDED_TEXT: Partial<Record<Noun, string>> = { persona: 'name', stage: 'name', step: 'name', lane: 'kind', line: 'kind', target: 'metric' }
const REFERENCES: Partial<Record<Noun, readonly (readonly [field: string, to: Collection])[]>> = {
  step: [['stage', 'stages']],
  lane: [['persona', 'personas']],
  card: [['stage', 'stages'], ['lane', 'lanes']],
  branch: [['from_stage', 'stages'], ['to_stage', 'stages']],
  line: [['after_lane', 'lanes']],
  arrow: [['from_card', 'cards'], ['to_card', 'cards']],
}

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
    commands.forEach((command, index) => {
      const id = runAt(map.doc, command, index)
      if (id !== null) added.push(id)
    })
  }, LOCAL)
  return added
}

/** A later command may stand on an earlier one, so a batch is checked by doing it on a copy. */
function rehearse(map: MapDoc, commands: readonly Command[]): void {
  const copy = new Y.Doc()
  Y.applyUpdate(copy, Y.encodeStateAsUpdate(map.doc))
  commands.forEach((command, index) => runAt(copy, command, index))
  copy.destroy()
}

/** The place of a fault says which command it is in. */
function runAt(doc: Y.Doc, command: Command, index: number): string | null {
  try {
    return run(doc, command)
  } catch (error) {
    if (error instanceof CommandError) throw new CommandError(error.code, `commands[${index}].${error.place}`)
    throw error
  }
}

function run(doc: Y.Doc, command: Command): string | null {
  switch (command.do) {
    case 'set_map':
      if ('title' in command.fields) needText(command.fields.title, 'fields.title')
      write(doc.getMap('meta'), command.fields)
      return null
    case 'set_emotion':
      setEmotion(doc, command)
      return null
    case 'move_card':
      moveCard(doc, command)
      return null
    case 'move_step':
      moveStep(doc, command)
      return null
    case 'remove_persona':
      deletePart(doc, 'persona', command.id)
      return null
  }
  const split = command.do.indexOf('_')
  const verb = command.do.slice(0, split)
  const noun = command.do.slice(split + 1) as Noun
  const { do: _do, ...given } = command as { do: string } & Fields
  if (verb === 'add') return addPart(doc, noun, given)
  if (verb === 'set') setPart(doc, noun, String(given.id), given.fields as Fields)
  else if (verb === 'move') movePart(doc, COLLECTION_OF[noun], String(given.id), given.before as string | null)
  else deletePart(doc, noun, String(given.id))
  return null
}

function addPart(doc: Y.Doc, noun: Noun, given: Fields): string {
  const { id, before, ...fields } = given
  const needed = NEEDED_TEXT[noun]
  if (needed) needText(fields[needed], needed)
  for (const [field, to] of REFERENCES[noun] ?? []) if (fields[field] != null || noun !== 'lane') find(doc, to, fields[field], field)
  if (noun === 'card') stepIn(doc, fields.step, fields.stage, 'step')
  const among = noun === 'card' ? inCell(fields.stage, fields.lane) : everywhere
  return add(doc, COLLECTION_OF[noun], id as string | undefined, fields, (before as string | null | undefined) ?? null, among)
}

function setPart(doc: Y.Doc, noun: Noun, id: string, fields: Fields): void {
  const item = find(doc, COLLECTION_OF[noun], id)
  const needed = NEEDED_TEXT[noun]
  if (needed && needed in fields) needText(fields[needed], `fields.${needed}`)
  if (noun === 'card') stepIn(doc, fields.step, item.get('stage'), 'fields.step')
  write(item, fields)
}

function movePart(doc: Y.Doc, name: Collection, id: string, before: string | null): void {
  const item = find(doc, name, id)
  if (before !== id) item.set('order', orderBefore(doc, name, id, before, everywhere))
}

function moveCard(doc: Y.Doc, command: Extract<Command, { do: 'move_card' }>): void {
  const card = find(doc, 'cards', command.id)
  find(doc, 'stages', command.stage, 'stage')
  find(doc, 'lanes', command.lane, 'lane')
  if (command.before === command.id) return
  const order = orderBefore(doc, 'cards', command.id, command.before, inCell(command.stage, command.lane))
  stepIn(doc, command.step, command.stage, 'step')
  // A step belongs to its stage.
  const leaves = command.step !== undefined || card.get('stage') !== command.stage
  write(card, { stage: command.stage, lane: command.lane, order, ...(leaves ? { step: command.step ?? null } : {}) })
}

/** What stands in the step goes with it. */
function moveStep(doc: Y.Doc, command: Extract<Command, { do: 'move_step' }>): void {
  const { id, before } = command
  const step = find(doc, 'steps', id)
  if (command.stage !== undefined) find(doc, 'stages', command.stage, 'stage')
  const stage = command.stage ?? String(step.get('stage'))
  if (before !== id) write(step, { order: orderBefore(doc, 'steps', id, before, everywhere) })
  if (step.get('stage') === stage) return
  write(step, { stage })
  const moved = [...maps(doc, 'cards')]
    .filter(([, card]) => card.get('step') === id)
    .map(([card, item]) => ({ id: card, item, order: String(item.get('order') ?? '') }))
    .sort(compareOrder)
  for (const card of moved) {
    write(card.item, { stage, order: orderBefore(doc, 'cards', card.id, null, inCell(stage, card.item.get('lane'))) })
  }
  const points = maps(doc, 'emotions')
  for (const [key, point] of [...points]) {
    if (point.get('step') !== id) continue
    const fields = { ...point.toJSON(), stage }
    points.delete(key)
    putItem(points, emotionKey((point.get('persona') as string | undefined) ?? null, stage, id), fields)
  }
}

/** Refuses a step that is not one of this stage; none is always right. */
function stepIn(doc: Y.Doc, step: unknown, stage: unknown, place: string): void {
  if (step === undefined || step === null) return
  if (find(doc, 'steps', step, place).get('stage') !== stage) throw new CommandError('step_of_another_stage', place)
}

/** Takes a part out, with everything that means nothing without it. */
function deletePart(doc: Y.Doc, noun: Noun, id: string): void {
  find(doc, COLLECTION_OF[noun], id)
  if (noun === 'card') {
    deleteCards(doc, (_card, other) => other === id)
    return
  }
  maps(doc, COLLECTION_OF[noun]).delete(id)
  if (noun === 'stage') {
    deleteCards(doc, (card) => card.get('stage') === id)
    deleteWhere(doc, 'steps', (step) => step.get('stage') === id)
    deleteWhere(doc, 'emotions', (point) => point.get('stage') === id)
    deleteWhere(doc, 'branches', (branch) => branch.get('from_stage') === id || branch.get('to_stage') === id)
    deleteWhere(doc, 'targets', (target) => (target.get('scope') as Fields | undefined)?.stage === id)
  } else if (noun === 'step') {
    deleteWhere(doc, 'emotions', (point) => point.get('step') === id)
    for (const card of maps(doc, 'cards').values()) if (card.get('step') === id) card.delete('step')
  } else if (noun === 'lane') {
    deleteCards(doc, (card) => card.get('lane') === id)
    deleteWhere(doc, 'lines', (line) => line.get('after_lane') === id)
  } else if (noun === 'persona') {
    deleteWhere(doc, 'emotions', (point) => point.get('persona') === id)
    for (const lane of maps(doc, 'lanes').values()) if (lane.get('persona') === id) lane.delete('persona')
  }
}

function setEmotion(doc: Y.Doc, command: Extract<Command, { do: 'set_emotion' }>): void {
  const { persona, stage, step, value, note, intensity } = command
  find(doc, 'stages', stage, 'stage')
  if (persona !== null) find(doc, 'personas', persona, 'persona')
  stepIn(doc, step, stage, 'step')
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
