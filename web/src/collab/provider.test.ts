import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import { Live, mapSocketUrl, type Notice, type SocketLike } from './provider'

/** The other end of the wire: a server document and the frames it got. */
class FakeSocket implements SocketLike {
  binaryType = ''
  readyState = 0
  frames: Uint8Array[] = []
  onopen: ((event: never) => void) | null = null
  onmessage: ((event: never) => void) | null = null
  onclose: ((event: never) => void) | null = null
  onerror: ((event: never) => void) | null = null

  /** While held, updates wait and are not stored. */
  hold = false
  private held: Uint8Array[] = []

  constructor(readonly server: Y.Doc) {}

  release(): void {
    this.hold = false
    for (const frame of this.held.splice(0)) this.take(frame)
  }

  accept(): void {
    this.readyState = 1
    this.onopen?.({} as never)
  }

  send(data: Uint8Array): void {
    this.frames.push(data)
    if (this.hold && data[0] === 0 && data[1] === 2) this.held.push(data)
    else this.take(data)
  }

  private take(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data)
    if (decoding.readVarUint(decoder) !== 0) return
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, 0)
    syncProtocol.readSyncMessage(decoder, answer, this.server, this)
    if (encoding.length(answer) > 1) this.deliver(encoding.toUint8Array(answer))
  }

  deliver(frame: Uint8Array): void {
    this.onmessage?.({ data: frame.slice().buffer } as never)
  }

  stored(): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 4)
    encoding.writeVarUint8Array(encoder, Y.encodeStateVector(this.server))
    this.deliver(encoding.toUint8Array(encoder))
  }

  notice(what: Notice): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 5)
    encoding.writeVarUint8Array(encoder, new TextEncoder().encode(JSON.stringify(what)))
    this.deliver(encoding.toUint8Array(encoder))
  }

  present(client: number, clock: number, state: object | null): void {
    const update = encoding.createEncoder()
    for (const number of [1, client, clock]) encoding.writeVarUint(update, number)
    encoding.writeVarString(update, JSON.stringify(state))
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 1)
    encoding.writeVarUint8Array(encoder, encoding.toUint8Array(update))
    this.deliver(encoding.toUint8Array(encoder))
  }

  step1(): void {
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 0)
    syncProtocol.writeSyncStep1(encoder, this.server)
    this.deliver(encoding.toUint8Array(encoder))
  }

  drop(code: number, reason = ''): void {
    this.readyState = 3
    this.onclose?.({ code, reason } as never)
  }

  close(): void {
    this.readyState = 3
  }
}

const lives: Live[] = []

function connect(options: { readOnly?: boolean } = {}) {
  const server = new Y.Doc()
  server.getMap('meta').set('title', 'نقشه')
  const sockets: FakeSocket[] = []
  const doc = new Y.Doc()
  const live = new Live({
    url: 'ws://test', doc, random: () => 1, ...options,
    open: () => {
      const socket = new FakeSocket(server)
      sockets.push(socket)
      return socket
    },
  })
  lives.push(live)
  return { server, sockets, doc, live }
}

beforeEach(() => vi.useFakeTimers())
afterEach(() => {
  for (const live of lives.splice(0)) live.destroy()
  vi.useRealTimers()
})

describe('live document', () => {
  it('fetches the document when the socket opens', () => {
    const { sockets, doc, live } = connect()
    expect(live.state).toMatchObject({ connection: 'connecting', synced: false })
    sockets[0]!.accept()
    expect(live.state).toMatchObject({ connection: 'online', synced: true, saved: true })
    expect(doc.getMap('meta').get('title')).toBe('نقشه')
  })

  it('says saved only after the server has stored this change', () => {
    const { server, sockets, doc, live } = connect()
    sockets[0]!.accept()
    doc.getMap('meta').set('title', 'خرید')
    expect(server.getMap('meta').get('title')).toBe('خرید')
    expect(live.state.saved).toBe(false)
    sockets[0]!.stored()
    expect(live.state.saved).toBe(true)
  })

  it('does not say a deletion is saved before it is stored', () => {
    const { server, sockets, doc, live } = connect()
    sockets[0]!.accept()
    sockets[0]!.stored()
    sockets[0]!.hold = true
    doc.getMap('meta').delete('title')
    sockets[0]!.stored() // news of someone else's change, from before the deletion was stored
    expect(live.state.saved).toBe(false)
    sockets[0]!.release()
    expect(server.getMap('meta').has('title')).toBe(false)
    sockets[0]!.stored()
    vi.advanceTimersByTime(300)
    expect(live.state.saved).toBe(true)
  })

  it('is not fooled by the news of an older state', () => {
    const { sockets, server, doc, live } = connect()
    sockets[0]!.accept()
    const encoder = encoding.createEncoder()
    encoding.writeVarUint(encoder, 4)
    encoding.writeVarUint8Array(encoder, Y.encodeStateVector(server))
    doc.getMap('meta').set('title', 'خرید')
    sockets[0]!.deliver(encoding.toUint8Array(encoder))
    expect(live.state.saved).toBe(false)
  })

  it('comes back after a break, with the changes made meanwhile', () => {
    const { server, sockets, doc, live } = connect()
    sockets[0]!.accept()
    sockets[0]!.drop(1006)
    expect(live.state.connection).toBe('offline')
    doc.getMap('meta').set('title', 'بی‌شبکه')
    expect(live.state.saved).toBe(false)
    vi.advanceTimersByTime(400)
    expect(sockets).toHaveLength(2)
    sockets[1]!.accept()
    sockets[1]!.step1()
    expect(server.getMap('meta').get('title')).toBe('بی‌شبکه')
  })

  it('waits longer after each failure', () => {
    const { sockets } = connect()
    sockets[0]!.drop(1006)
    vi.advanceTimersByTime(400)
    sockets[1]!.drop(1006)
    vi.advanceTimersByTime(799)
    expect(sockets).toHaveLength(2)
    vi.advanceTimersByTime(1)
    expect(sockets).toHaveLength(3)
  })

  it.each([[1009, 'edit_refused'], [4400, 'edit_refused'], [4401, 'signed_out'], [4403, 'no_role'], [4404, 'no_map']])('gives up after close code %i', (code, refusal) => {
    const { sockets, live } = connect()
    sockets[0]!.accept()
    sockets[0]!.drop(code)
    expect(live.state).toMatchObject({ connection: 'refused', refusal })
    vi.advanceTimersByTime(60_000)
    expect(sockets).toHaveLength(1)
  })

  it('says when the server cannot store, asks it less and less often, and is well again when all is saved', () => {
    const { sockets, doc, live } = connect()
    sockets[0]!.accept()
    doc.getMap('meta').set('title', 'خرید')
    let wait = 400
    for (let time = 0; time < 3; time++) {
      sockets[time]!.drop(4500, 'not_stored')
      expect(live.state).toMatchObject({ connection: 'offline', trouble: 'not_stored', saved: false })
      vi.advanceTimersByTime(wait - 1)
      expect(sockets).toHaveLength(time + 1)
      vi.advanceTimersByTime(1)
      sockets[time + 1]!.accept()
      wait *= 2
    }
    expect(live.state).toMatchObject({ connection: 'online', trouble: 'not_stored' })
    sockets[3]!.step1()
    sockets[3]!.stored()
    expect(live.state).toMatchObject({ trouble: null, saved: true })
    sockets[3]!.drop(1006)
    vi.advanceTimersByTime(400)
    expect(sockets).toHaveLength(5)
  })

  it('says that too many windows are open, and comes in when there is room', () => {
    const { sockets, live } = connect()
    sockets[0]!.accept()
    sockets[0]!.drop(4429, 'too_many')
    expect(live.state).toMatchObject({ connection: 'offline', trouble: 'too_many' })
    vi.advanceTimersByTime(400)
    sockets[1]!.accept()
    sockets[1]!.stored()
    expect(live.state).toMatchObject({ connection: 'online', trouble: null })
  })

  it('sends nothing of the document when it may only read', () => {
    const { server, sockets, doc } = connect({ readOnly: true })
    sockets[0]!.accept()
    doc.getMap('meta').set('title', 'نباید')
    sockets[0]!.step1()
    expect(server.getMap('meta').get('title')).toBe('نقشه')
  })
})

describe('beside the document', () => {
  it('hears notices, a lost right, and that it was away', () => {
    const { sockets, live } = connect()
    const heard: Notice[] = []
    live.onNotice((notice) => heard.push(notice))
    sockets[0]!.accept()
    sockets[0]!.notice({ about: 'comments', thread: 't1' })
    sockets[0]!.drop(4500, 'standing')
    vi.advanceTimersByTime(400)
    sockets[1]!.accept()
    expect(heard).toEqual([{ about: 'comments', thread: 't1' }, { about: 'standing' }, { about: 'reconnected' }])
  })

  it('sees who stayed in the room when it comes back, though they have not moved', () => {
    const { sockets, live } = connect()
    sockets[0]!.accept()
    sockets[0]!.present(77, 5, { user: { id: 'u2', name: 'Sara' } })
    expect(live.awareness.getStates().has(77)).toBe(true)
    sockets[0]!.drop(1006)
    expect(live.awareness.getStates().has(77)).toBe(false)
    vi.advanceTimersByTime(400)
    sockets[1]!.accept()
    sockets[1]!.present(77, 5, { user: { id: 'u2', name: 'Sara' } })
    expect(live.awareness.getStates().has(77)).toBe(true)
  })

  it('says where it is under a new number when it comes back, for those who saw it go', () => {
    const { sockets, live } = connect()
    sockets[0]!.accept()
    const before = live.awareness.meta.get(live.doc.clientID)!.clock
    sockets[0]!.drop(1006)
    vi.advanceTimersByTime(400)
    sockets[1]!.accept()
    expect(live.awareness.meta.get(live.doc.clientID)!.clock).toBeGreaterThan(before)
    expect(sockets[1]!.frames.filter((frame) => frame[0] === 1)).not.toHaveLength(0)
  })
})

it('finds the socket beside the page', () => {
  expect(mapSocketUrl('a b', { protocol: 'https:', host: 'h:1' })).toBe('wss://h:1/ws/maps/a%20b')
  expect(mapSocketUrl('m', { protocol: 'http:', host: 'h' })).toBe('ws://h/ws/maps/m')
})
