/**
 * Who else is on this map and what they point at. Kept outside React: a moving hand draws nothing again but itself.
 *
 * The server says who somebody is (`maps/presence.py`); here only what they point at is told.
 */
import type { Awareness } from 'y-protocols/awareness'

/** A place within a part: shares of its size, from its reading start and its top. */
export interface Place {
  in: string
  x: number
  y: number
}

export interface Present {
  /** The other screen: one person may have several. */
  client: number
  user: { id: string; name: string }
  /** 1 to 6, the same for a person on every screen. */
  tint: number
  cursor?: Place
  selected?: string
  editing?: string
}

export interface Person {
  id: string
  name: string
  tint: number
}

const EVERY_MS = 60
const TINTS = 6
const NOBODY: readonly Present[] = []
const NO_PERSONS: readonly Person[] = []

type Pointing = Pick<Present, 'cursor' | 'selected' | 'editing'>

export class Presence {
  private here: readonly Present[] = NOBODY
  private persons: readonly Person[] = NO_PERSONS
  private byPart = new Map<string, readonly Present[]>()
  private listeners = new Set<() => void>()
  private timer: ReturnType<typeof setTimeout> | null = null
  private mine: Pointing = {}

  constructor(private readonly awareness: Awareness, private readonly userId: string) {
    awareness.on('change', this.read)
    this.read()
  }

  destroy(): void {
    if (this.timer) clearTimeout(this.timer)
    this.awareness.off('change', this.read)
    this.listeners.clear()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Other people's screens. */
  get others(): readonly Present[] {
    return this.here
  }

  /** Other people, each once; the same list until somebody comes or goes. */
  get people(): readonly Person[] {
    return this.persons
  }

  /** Who has this part selected or writes in it; the same list until that changes. */
  at(part: string): readonly Present[] {
    return this.byPart.get(part) ?? NOBODY
  }

  /** What I point at; sent at most every 60 ms, the last of it always. */
  point(change: Partial<Record<keyof Pointing, Pointing[keyof Pointing] | null>>): void {
    const next = Object.fromEntries(Object.entries({ ...this.mine, ...change }).filter(([, value]) => value != null)) as Pointing
    if (JSON.stringify(next) === JSON.stringify(this.mine)) return
    this.mine = next
    this.timer ??= setTimeout(() => {
      this.timer = null
      this.awareness.setLocalState({ ...this.mine })
    }, EVERY_MS)
  }

  private read = (): void => {
    const here: Present[] = []
    for (const [client, state] of this.awareness.getStates()) {
      const user = (state as Partial<Present>).user
      if (client === this.awareness.clientID || !user || user.id === this.userId) continue
      const { cursor, selected, editing } = state as Partial<Present>
      here.push({
        client, user, tint: tintOf(user.id),
        ...(cursor ? { cursor } : {}), ...(selected ? { selected } : {}), ...(editing ? { editing } : {}),
      })
    }
    here.sort((one, other) => one.client - other.client)
    this.here = here
    this.persons = keep(this.persons, eachOnce(here))
    const byPart = new Map<string, Present[]>()
    for (const one of here) {
      for (const part of new Set([one.selected, one.editing])) {
        if (part) byPart.set(part, [...(byPart.get(part) ?? []), one])
      }
    }
    this.byPart = new Map([...byPart].map(([part, at]) => [part, keepMarks(this.byPart.get(part), at)]))
    for (const listener of [...this.listeners]) listener()
  }
}

/** The colour that a person has on everybody's screen. */
export function tintOf(userId: string): number {
  let sum = 0
  for (const letter of userId) sum = (sum * 31 + letter.charCodeAt(0)) % 9973
  return 1 + (sum % TINTS)
}

function eachOnce(here: readonly Present[]): Person[] {
  const persons = new Map(here.map(({ user, tint }) => [user.id, { ...user, tint }]))
  return [...persons.values()].sort((one, other) => (one.id < other.id ? -1 : 1))
}

function keep<T>(before: readonly T[], next: readonly T[]): readonly T[] {
  return JSON.stringify(before) === JSON.stringify(next) ? before : next
}

/** A mark does not move with the hand. */
function keepMarks(before: readonly Present[] | undefined, next: readonly Present[]): readonly Present[] {
  const marks = (list: readonly Present[]) => JSON.stringify(list.map(({ client, user, selected, editing }) => [client, user, selected, editing]))
  return before && marks(before) === marks(next) ? before : next
}

/** The part a place on the screen belongs to, and where in it. */
export function placeOf(target: Element, board: Element, at: { clientX: number; clientY: number }, rtl: boolean): Place | null {
  const found = target.closest<HTMLElement>('[data-card],[data-cell],[data-stage-head],[data-lane-head]')
  const box = (found && board.contains(found) ? found : board).getBoundingClientRect()
  if (box.width === 0 || box.height === 0) return null
  const along = rtl ? box.right - at.clientX : at.clientX - box.left
  const share = (part: number, whole: number) => Math.round(Math.min(1, Math.max(0, part / whole)) * 1000) / 1000
  return { in: found && board.contains(found) ? partOf(found) : 'map:', x: share(along, box.width), y: share(at.clientY - box.top, box.height) }
}

function partOf(element: HTMLElement): string {
  const { card, cell, stageHead, laneHead } = element.dataset
  if (card) return `card:${card}`
  if (cell) return `cell:${cell}`
  return stageHead ? `stage:${stageHead}` : `lane:${laneHead}`
}

/** Where a place is drawn on this board, in pixels from its top left; null when this screen does not show the part. */
export function spotOf(place: Place, board: Element, rtl: boolean): { x: number; y: number } | null {
  const element = place.in === 'map:' ? board : board.querySelector(selectorOf(place.in))
  if (!element) return null
  const box = element.getBoundingClientRect()
  const origin = board.getBoundingClientRect()
  const along = rtl ? box.right - place.x * box.width : box.left + place.x * box.width
  // The hand is drawn on the board, in the board's own pixels.
  const scale = board instanceof HTMLElement && board.offsetWidth > 0 ? origin.width / board.offsetWidth : 1
  return { x: (along - origin.left) / scale, y: (box.top + place.y * box.height - origin.top) / scale }
}

/** The server lets only letters, digits, `_.-` and `|` through: safe in a selector. */
function selectorOf(part: string): string {
  const [kind, id] = [part.slice(0, part.indexOf(':')), part.slice(part.indexOf(':') + 1)]
  return `[data-${kind === 'stage' || kind === 'lane' ? `${kind}-head` : kind}="${id}"]`
}
