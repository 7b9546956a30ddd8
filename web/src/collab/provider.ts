/**
 * The live connection of one document: sync, awareness, and what the server has stored.
 *
 * Frames are y-protocols' (0 sync, 1 awareness) and, from the server, 4 `stored`: the state vector that is durable, and
 * 5 `notice`: what else has changed beside the map and is to be fetched.
 * "Saved" is said only when the server has stored everything this screen has. A deletion leaves no mark in a state
 * vector, so for those the stored document itself is asked: its answer lists every deletion it knows.
 */
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'

const SYNC = 0
const AWARENESS = 1
const STORED = 4
const NOTICE = 5

/** Close codes after which trying again with this document would change nothing. */
const FINAL: Record<number, Refusal> = {
  // 1009: a change in one piece larger than the server takes; it would be no smaller the next time.
  1009: 'edit_refused', 4400: 'edit_refused', 4401: 'signed_out', 4403: 'no_role', 4404: 'no_map',
}
const TOO_MANY = 4429

/** `edit_refused`: the server will not have a change made here; begin again with a fresh copy. */
export type Refusal = 'edit_refused' | 'signed_out' | 'no_role' | 'no_map'

/**
 * Why it is offline, where that is known and trying again may help: `not_stored`: the server cannot store what is sent;
 * `too_many`: this person has too many windows open.
 */
export type Trouble = 'not_stored' | 'too_many'

/** A run of deleted items of one client. */
interface Deleted {
  client: number
  clock: number
  len: number
}

export interface LiveState {
  connection: 'connecting' | 'online' | 'offline' | 'refused'
  refusal: Refusal | null
  /** Stands until all is saved. */
  trouble: Trouble | null
  /** The first full copy has arrived. */
  synced: boolean
  /** Everything on this screen is stored on the server. */
  saved: boolean
}

/** What changed beside the map: `comments` (of which thread), `notices` of one's own, `standing` (one's role here). */
export interface Notice {
  about: string
  thread?: string
}

export interface SocketLike {
  binaryType: string
  readyState: number
  send(data: Uint8Array): void
  close(): void
  onopen: ((event: never) => void) | null
  onmessage: ((event: never) => void) | null
  onclose: ((event: never) => void) | null
  onerror: ((event: never) => void) | null
}

export interface LiveOptions {
  url: string
  doc: Y.Doc
  readOnly?: boolean
  /** Doors for tests. */
  open?: (url: string) => SocketLike
  random?: () => number
}

const OPEN = 1
const FIRST_WAIT_MS = 400
const LONGEST_WAIT_MS = 20_000
const ASK_AGAIN_MS = 300

export class Live {
  readonly doc: Y.Doc
  readonly awareness: awarenessProtocol.Awareness
  private socket: SocketLike | null = null
  private attempts = 0
  private timer: ReturnType<typeof setTimeout> | null = null
  private stopped = false
  private stored = new Map<number, number>()
  private unstoredDeletes: Deleted[] = []
  private asking: ReturnType<typeof setTimeout> | null = null
  private listeners = new Set<() => void>()
  private noticeListeners = new Set<(notice: Notice) => void>()
  private current: LiveState = { connection: 'connecting', refusal: null, trouble: null, synced: false, saved: true }

  constructor(private readonly options: LiveOptions) {
    this.doc = options.doc
    this.awareness = new awarenessProtocol.Awareness(this.doc)
    this.doc.on('update', this.onUpdate)
    this.awareness.on('update', this.onAwareness)
    this.connect()
  }

  get state(): LiveState {
    return this.current
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Hears what changed beside the map, and (`reconnected`) that something may have while nobody listened. */
  onNotice = (listener: (notice: Notice) => void): (() => void) => {
    this.noticeListeners.add(listener)
    return () => this.noticeListeners.delete(listener)
  }

  destroy(): void {
    this.stopped = true
    if (this.timer) clearTimeout(this.timer)
    if (this.asking) clearTimeout(this.asking)
    this.doc.off('update', this.onUpdate)
    this.awareness.off('update', this.onAwareness)
    this.awareness.destroy()
    this.socket?.close()
    this.socket = null
  }

  private connect(): void {
    const socket = (this.options.open ?? browserSocket)(this.options.url)
    socket.binaryType = 'arraybuffer'
    this.socket = socket
    socket.onopen = () => {
      const back = this.current.connection === 'offline'
      this.set({ connection: 'online' })
      if (back) this.tell({ about: 'reconnected' })
      this.send(SYNC, (encoder) => syncProtocol.writeSyncStep1(encoder, this.doc))
      // A new number: those who saw this screen go have noted the old one.
      const here = this.awareness.getLocalState()
      if (here !== null) this.awareness.setLocalState(here)
    }
    socket.onmessage = (event: { data: ArrayBuffer }) => this.receive(new Uint8Array(event.data))
    socket.onclose = (event: { code: number; reason?: string }) => this.onClose(socket, event.code, event.reason)
    socket.onerror = () => undefined; // a close follows
  }

  private onClose(socket: SocketLike, code: number, reason?: string): void {
    if (this.socket !== socket || this.stopped) return
    this.socket = null
    const others = [...this.awareness.getStates().keys()].filter((id) => id !== this.doc.clientID)
    awarenessProtocol.removeAwarenessStates(this.awareness, others, this)
    // Forgotten altogether, so that they are seen again even if they have not moved since.
    for (const id of others) this.awareness.meta.delete(id)
    const refusal = FINAL[code]
    if (refusal) {
      this.set({ connection: 'refused', refusal })
      return
    }
    const trouble = code === TOO_MANY ? 'too_many' : reason === 'not_stored' ? 'not_stored' : this.current.trouble
    this.set({ connection: 'offline', trouble })
    if (reason === 'standing') this.tell({ about: 'standing' })
    this.timer = setTimeout(() => this.connect(), this.wait())
  }

  /**
   * Doubling waits with chance in them, so that a restarted server is not met by everyone at once. They are short again
   * once all is saved: a server that lets everyone in but stores nothing is not asked twice a second.
   */
  private wait(): number {
    const longest = Math.min(LONGEST_WAIT_MS, FIRST_WAIT_MS * 2 ** this.attempts++)
    return longest / 2 + (longest / 2) * (this.options.random ?? Math.random)()
  }

  private receive(frame: Uint8Array): void {
    const decoder = decoding.createDecoder(frame)
    const kind = decoding.readVarUint(decoder)
    if (kind === SYNC) this.receiveSync(decoder)
    else if (kind === AWARENESS) {
      awarenessProtocol.applyAwarenessUpdate(this.awareness, decoding.readVarUint8Array(decoder), this)
    } else if (kind === STORED) this.receiveStored(decoding.readVarUint8Array(decoder))
    else if (kind === NOTICE) this.tell(JSON.parse(new TextDecoder().decode(decoding.readVarUint8Array(decoder))) as Notice)
  }

  private receiveSync(decoder: decoding.Decoder): void {
    const start = decoder.pos
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, SYNC)
    const message = syncProtocol.readSyncMessage(decoder, encoder, this.doc, this)
    // A reader has nothing to tell; the server would drop it anyway.
    const answers = encoding.length(encoder) > 1
    if (answers && !(this.options.readOnly && message === syncProtocol.messageYjsSyncStep1)) this.raw(encoding.toUint8Array(encoder))
    if (message !== syncProtocol.messageYjsSyncStep2) return
    if (this.unstoredDeletes.length > 0) {
      decoder.pos = start
      decoding.readVarUint(decoder)
      const known = deletesOf(decoding.readVarUint8Array(decoder))
      this.unstoredDeletes = this.unstoredDeletes.filter((deleted) => !covered(deleted, known))
      this.judge()
    }
    this.set({ synced: true })
  }

  private receiveStored(vector: Uint8Array): void {
    this.stored = Y.decodeStateVector(vector)
    if (this.unstoredDeletes.length > 0) this.askForDeletes()
    else this.judge()
  }

  /** Asks what the stored document knows, and again after a while: every answer brings news of its own. */
  private askForDeletes(): void {
    if (this.asking) return
    this.asking = setTimeout(() => {
      this.asking = null
      if (this.unstoredDeletes.length > 0) this.askForDeletes()
    }, ASK_AGAIN_MS)
    this.send(SYNC, (encoder) => syncProtocol.writeSyncStep1(encoder, this.doc))
  }

  /** Whether everything here is stored there. */
  private judge(): void {
    if (this.unstoredDeletes.length > 0) return
    for (const [client, clock] of Y.decodeStateVector(Y.encodeStateVector(this.doc))) {
      if ((this.stored.get(client) ?? 0) < clock) return
    }
    this.attempts = 0
    this.set({ saved: true, trouble: null })
  }

  private onUpdate = (update: Uint8Array, origin: unknown): void => {
    if (origin === this || this.options.readOnly) return
    this.unstoredDeletes.push(...deletesOf(update))
    this.set({ saved: false })
    this.send(SYNC, (encoder) => syncProtocol.writeUpdate(encoder, update))
  }

  private onAwareness = (
    { added, updated, removed }: { added: number[]; updated: number[]; removed: number[] },
    origin: unknown,
  ): void => {
    if (origin !== this) this.sendAwareness([...added, ...updated, ...removed])
  }

  private sendAwareness(clients: number[]): void {
    this.send(AWARENESS, (encoder) =>
      encoding.writeVarUint8Array(encoder, awarenessProtocol.encodeAwarenessUpdate(this.awareness, clients)),
    )
  }

  private send(kind: number, write: (encoder: encoding.Encoder) => void): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, kind)
    write(encoder)
    this.raw(encoding.toUint8Array(encoder))
  }

  private raw(frame: Uint8Array): void {
    if (this.socket?.readyState === OPEN) this.socket.send(frame)
  }

  private tell(notice: Notice): void {
    for (const listener of [...this.noticeListeners]) listener(notice)
  }

  private set(change: Partial<LiveState>): void {
    const next = { ...this.current, ...change }
    const same = (Object.keys(next) as (keyof LiveState)[]).every((key) => next[key] === this.current[key])
    if (same) return
    this.current = next
    for (const listener of [...this.listeners]) listener()
  }
}

function deletesOf(update: Uint8Array): Deleted[] {
  return [...Y.decodeUpdate(update).ds.clients].flatMap(([client, runs]) => runs.map(({ clock, len }) => ({ client, clock, len })))
}

function covered({ client, clock, len }: Deleted, known: readonly Deleted[]): boolean {
  let at = clock
  while (at < clock + len) {
    const run = known.find((one) => one.client === client && one.clock <= at && at < one.clock + one.len)
    if (!run) return false
    at = run.clock + run.len
  }
  return true
}

function browserSocket(url: string): SocketLike {
  return new WebSocket(url) as unknown as SocketLike
}

/** Address of a map's socket beside the page's own address. */
export function mapSocketUrl(mapId: string, location: { protocol: string; host: string } = window.location): string {
  return `${location.protocol === 'https:' ? 'wss' : 'ws'}://${location.host}/ws/maps/${encodeURIComponent(mapId)}`
}
