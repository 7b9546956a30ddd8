/**
 * A map's document: the Yjs layout, and plain snapshots of it for drawing.
 *
 * Root maps: `meta` (plain fields) and one per collection, id -> Y.Map of plain JSON fields; ordered collections carry
 * an `order` key. The same layout as `maps/document.py`.
 *
 * A snapshot is immutable and shares whatever did not change, so a screen may compare by identity.
 */
import * as Y from 'yjs'
import {
  type Arrow, type BlueprintLine, type Branch, type Card, type Collection, COLLECTIONS, cellKey, emotionKey,
  type EmotionPoint, FORMAT, type Lane, type MapDocument, type MapMeta, type MapPersona, ORDERED, partKey, type Stage, type Step, type Target,
} from './model'
import { compareOrder, keysBetween } from './order'

export interface Snapshot {
  readonly meta: MapMeta
  readonly personas: readonly MapPersona[]
  readonly stages: readonly Stage[]
  /** Of all stages; those of one are in its order. */
  readonly steps: readonly Step[]
  readonly lanes: readonly Lane[]
  readonly branches: readonly Branch[]
  readonly lines: readonly BlueprintLine[]
  readonly arrows: readonly Arrow[]
  readonly targets: readonly Target[]
  readonly cards: ReadonlyMap<string, Card>
  /** `cellKey(stage, lane)` -> ids of its cards, in order; cells without cards are absent. */
  readonly cells: ReadonlyMap<string, readonly string[]>
  /** `partKey(stage, step, lane)` -> those of the cell in this step (null: in none). */
  readonly parts: ReadonlyMap<string, readonly string[]>
  /** `emotionKey(persona, stage, step)` -> point. */
  readonly emotions: ReadonlyMap<string, EmotionPoint>
}

type Fields = Record<string, unknown>
type Entry = { item: Fields; order: string }

/** Changes made by this user on this screen: the ones undo takes back. */
export const LOCAL = Symbol('local')
/** Changes that fill a document: never undone. */
export const LOAD = Symbol('load')

const DEFAULT_META: MapMeta = { title: '', kind: 'current_state', language: 'en' }
const NO_CARDS: readonly string[] = []

export class MapDoc {
  readonly doc: Y.Doc
  private entries = new Map<Collection, Map<string, Entry>>()
  private current: Snapshot
  private listeners = new Set<() => void>()
  private cardListeners = new Map<string, Set<() => void>>()
  private dirty = new Map<Collection | 'meta', Set<string>>()

  constructor(doc: Y.Doc = new Y.Doc()) {
    this.doc = doc
    this.meta.observe(() => this.touch('meta', ''))
    for (const name of COLLECTIONS) {
      this.entries.set(name, new Map())
      this.root(name).observeDeep((events) => {
        for (const event of events) {
          if (event.path.length > 0) this.touch(name, String(event.path[0]))
          else for (const id of event.changes.keys.keys()) this.touch(name, id)
        }
      })
      for (const id of this.root(name).keys()) this.touch(name, id)
    }
    this.touch('meta', '')
    this.current = {
      meta: DEFAULT_META, personas: [], stages: [], steps: [], lanes: [], branches: [], lines: [], arrows: [], targets: [],
      cards: new Map(), cells: new Map(), parts: new Map(), emotions: new Map(),
    }
    this.refresh()
    doc.on('afterTransaction', () => this.refresh())
  }

  get meta(): Y.Map<unknown> {
    return this.doc.getMap('meta')
  }

  root(name: Collection): Y.Map<Y.Map<unknown>> {
    return this.doc.getMap(name)
  }

  get snapshot(): Snapshot {
    return this.current
  }

  /** Called after every change; returns the way to stop. */
  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Called only when this card changed, appeared or went. */
  subscribeCard(id: string, listener: () => void): () => void {
    const listeners = this.cardListeners.get(id) ?? new Set()
    this.cardListeners.set(id, listeners.add(listener))
    return () => {
      listeners.delete(listener)
      if (listeners.size === 0 && this.cardListeners.get(id) === listeners) this.cardListeners.delete(id)
    }
  }

  card(id: string): Card | undefined {
    return this.current.cards.get(id)
  }

  cell(stage: string, lane: string): readonly string[] {
    return this.current.cells.get(cellKey(stage, lane)) ?? NO_CARDS
  }

  /** The cards of a cell that are in this step (null: in none). */
  part(stage: string, step: string | null, lane: string): readonly string[] {
    return this.current.parts.get(partKey(stage, step, lane)) ?? NO_CARDS
  }

  /** The order key of an item; undefined when there is no such item. */
  orderOf(name: Collection, id: string): string | undefined {
    return this.entries.get(name)?.get(id)?.order
  }

  private touch(name: Collection | 'meta', id: string): void {
    const ids = this.dirty.get(name)
    if (ids) ids.add(id)
    else this.dirty.set(name, new Set([id]))
  }

  private refresh(): void {
    if (this.dirty.size === 0) return
    const dirty = this.dirty
    this.dirty = new Map()
    const next: { -readonly [K in keyof Snapshot]: Snapshot[K] } = { ...this.current }
    if (dirty.has('meta')) next.meta = { ...DEFAULT_META, ...this.meta.toJSON() } as MapMeta
    for (const [name, ids] of dirty) {
      if (name === 'meta') continue
      this.reread(name, ids)
      if (name === 'emotions') next.emotions = this.readEmotions()
      else if (name !== 'cards') (next as Fields)[name] = this.inOrder(name)
    }
    if (dirty.has('cards')) {
      next.cards = new Map([...this.entries.get('cards')!].map(([id, { item }]) => [id, item as unknown as Card]))
    }
    if (dirty.has('cards') || dirty.has('stages') || dirty.has('steps') || dirty.has('lanes')) {
      Object.assign(next, this.readCells(next))
    }
    this.current = next
    for (const listener of [...this.listeners]) listener()
    for (const id of dirty.get('cards') ?? []) {
      for (const listener of [...(this.cardListeners.get(id) ?? [])]) listener()
    }
  }

  private reread(name: Collection, ids: Set<string>): void {
    const entries = this.entries.get(name)!
    const root = this.root(name)
    for (const id of ids) {
      const fields = root.get(id)
      if (!(fields instanceof Y.Map)) {
        entries.delete(id)
        continue
      }
      const { order, ...item } = fields.toJSON() as Fields
      if (name !== 'emotions') item.id = id
      entries.set(id, { item, order: typeof order === 'string' ? order : '' })
    }
  }

  private inOrder(name: Collection): Fields[] {
    return [...this.entries.get(name)!]
      .map(([id, entry]) => ({ id, ...entry }))
      .sort(compareOrder)
      .map(({ item }) => item)
  }

  private readEmotions(): Map<string, EmotionPoint> {
    const points = new Map<string, EmotionPoint>()
    for (const [key, { item }] of this.entries.get('emotions')!) {
      points.set(key, { ...item, persona: item.persona ?? null } as EmotionPoint)
    }
    return points
  }

  /** Cards of a stage or lane that someone else just deleted have no cell: they are not drawn. */
  private readCells(next: Snapshot): Pick<Snapshot, 'cells' | 'parts'> {
    const stages = new Set(next.stages.map((stage) => stage.id))
    const lanes = new Set(next.lanes.map((lane) => lane.id))
    const stageOfStep = new Map(next.steps.map((step) => [step.id, step.stage]))
    const cells = new Map<string, string[]>()
    const parts = new Map<string, string[]>()
    for (const item of this.inOrder('cards')) {
      const card = item as unknown as Card
      if (!stages.has(card.stage) || !lanes.has(card.lane)) continue
      push(cells, cellKey(card.stage, card.lane), card.id)
      // Crossed edits may leave a card in a step of another stage: it stands in none.
      const step = card.step && stageOfStep.get(card.step) === card.stage ? card.step : null
      push(parts, partKey(card.stage, step, card.lane), card.id)
    }
    return { cells: keepSame(this.current.cells, cells), parts: keepSame(this.current.parts, parts) }
  }
}

function push(lists: Map<string, string[]>, key: string, id: string): void {
  const list = lists.get(key)
  if (list) list.push(id)
  else lists.set(key, [id])
}

/** The lists of before wherever they say the same, so that whoever shows them need not draw again. */
function keepSame(before: ReadonlyMap<string, readonly string[]>, next: Map<string, readonly string[]>): Map<string, readonly string[]> {
  for (const [key, ids] of next) {
    const old = before.get(key)
    if (old && old.length === ids.length && old.every((id, index) => id === ids[index])) next.set(key, old)
  }
  return next
}

/** A document filled from the exchange format. The input is taken as valid: the server validates files. */
export function fromExchange(map: MapDocument, doc: Y.Doc = new Y.Doc()): MapDoc {
  doc.transact(() => {
    const { format: _format, id: _id, personas, stages, steps, lanes, cards, emotions, touchpoints: _touchpoints,
      channels: _channels, branches, lines, arrows, targets, ...meta } = map
    const root = doc.getMap('meta')
    for (const [field, value] of Object.entries(meta)) if (value !== undefined) root.set(field, value)
    const ordered = { personas, stages, steps, lanes, cards, branches, lines, arrows, targets }
    for (const name of ORDERED) {
      const items = ordered[name] ?? []
      const keys = keysBetween(null, null, items.length)
      items.forEach((item, index) => {
        const { id, ...fields } = item
        putItem(doc.getMap<Y.Map<unknown>>(name), id, { ...fields, order: keys[index] })
      })
    }
    for (const point of emotions ?? []) {
      putItem(doc.getMap<Y.Map<unknown>>('emotions'), emotionKey(point.persona, point.stage, point.step), { ...point })
    }
  }, LOAD)
  return new MapDoc(doc)
}

/** The document as it is exchanged, without the library's touchpoints and channels. */
export function toExchange(map: MapDoc): MapDocument {
  const { meta, personas, stages, steps, lanes, branches, lines, arrows, targets, emotions } = map.snapshot
  const cards = stages.flatMap((stage) => lanes.flatMap((lane) => map.cell(stage.id, lane.id).map((id) => map.card(id)!)))
  return {
    format: FORMAT, ...meta, personas: [...personas], stages: [...stages], steps: [...steps], lanes: [...lanes], cards,
    emotions: [...emotions.values()], branches: [...branches], lines: [...lines], arrows: [...arrows], targets: [...targets],
  }
}

export function putItem(root: Y.Map<Y.Map<unknown>>, id: string, fields: Fields): void {
  const item = new Y.Map<unknown>()
  for (const [field, value] of Object.entries(fields)) if (value !== undefined && value !== null) item.set(field, value)
  root.set(id, item)
}
