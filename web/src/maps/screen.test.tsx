import { act, configure, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import * as decoding from 'lib0/decoding'
import * as encoding from 'lib0/encoding'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import * as syncProtocol from 'y-protocols/sync'
import * as Y from 'yjs'
import type { Role } from '@/api/types'
import { routes } from '@/app/routes'
import { fromExchange, type MapDoc } from '@/editor/document'
import { bookshop, library, measured } from '@/testing/board'
import { serve, session, show } from '@/testing/render'
import { measuredVersion } from './MapScreen'

configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 40_000 })

/** The server's end of the socket: a document that is stored at once. */
class Socket {
  static last: Socket
  static stored: MapDoc
  static refusal: number | null = null
  static connections = 0
  readyState = 0
  binaryType = ''
  onopen: (() => void) | null = null
  onmessage: ((event: { data: ArrayBuffer }) => void) | null = null
  onclose: ((event: { code: number }) => void) | null = null
  onerror: (() => void) | null = null

  constructor(readonly url: string) {
    Socket.last = this
    Socket.connections++
    setTimeout(() => {
      this.readyState = 1
      this.onopen?.()
      if (Socket.refusal) return this.drop(Socket.refusal)
      const hello = encoding.createEncoder()
      encoding.writeVarUint(hello, 0)
      syncProtocol.writeSyncStep1(hello, Socket.stored.doc)
      this.deliver(encoding.toUint8Array(hello))
    }, 0)
  }

  send(data: Uint8Array): void {
    const decoder = decoding.createDecoder(data)
    if (decoding.readVarUint(decoder) !== 0) return
    const answer = encoding.createEncoder()
    encoding.writeVarUint(answer, 0)
    syncProtocol.readSyncMessage(decoder, answer, Socket.stored.doc, this)
    if (encoding.length(answer) > 1) this.deliver(encoding.toUint8Array(answer))
    const stored = encoding.createEncoder()
    encoding.writeVarUint(stored, 4)
    encoding.writeVarUint8Array(stored, Y.encodeStateVector(Socket.stored.doc))
    this.deliver(encoding.toUint8Array(stored))
  }

  private deliver(frame: Uint8Array): void {
    this.onmessage?.({ data: frame.slice().buffer })
  }

  drop(code: number): void {
    this.readyState = 3
    act(() => this.onclose?.({ code }))
  }

  close(): void {
    this.readyState = 3
  }
}

beforeEach(() => {
  Socket.stored = fromExchange(bookshop)
  Socket.refusal = null
  Socket.connections = 0
  vi.stubGlobal('WebSocket', Socket)
})

async function open(role: Role = 'editor', at = '/w/w1/maps/m1') {
  const asked = serve({
    'GET /api/session': session(role),
    ...library,
    'POST /api/workspaces/w1/maps/m1/measure': measured,
    'POST /api/workspaces/w1/maps/m1/who': { items: [{ person: 'P-7', instances: 2, spans: [] }], next: null, total: 1 },
  })
  await show(routes, at)
  return asked
}

describe('an open map', () => {
  it('comes over the socket, is measured, and says when an edit is stored', async () => {
    const user = userEvent.setup()
    const asked = await open('editor', '/w/w1/maps/m1?from=2026-01-01&where=city:%3D:Tehran')
    expect(await screen.findByRole('heading', { name: 'Bookshop', level: 1 })).toBeTruthy()
    expect(Socket.last.url).toMatch(/^ws:\/\/.*\/ws\/maps\/m1$/)
    expect(await screen.findByRole('region', { name: 'The whole map' })).toBeTruthy()
    const measures = asked.filter((one) => one.path.endsWith('/measure'))
    expect(measures[0]!.body).toMatchObject({ conditions: [{ property: 'city', op: '=', value: 'Tehran' }] })
    screen.getByRole('group', { name: 'Payment fails' }).focus()
    await user.keyboard('{Delete}')
    expect(Socket.stored.card('c3')).toBeUndefined()
    await waitFor(() => expect(screen.getByText('Saved')).toBeTruthy())
  })

  it('opens the persons behind a number', async () => {
    const user = userEvent.setup()
    const asked = await open()
    await user.click(await screen.findByRole('button', { name: /still open\s*15/ }))
    expect(await screen.findByRole('link', { name: 'P-7' })).toBeTruthy()
    expect(asked.find((one) => one.path.endsWith('/who'))!.body).toMatchObject({ selector: { kind: 'map', bucket: 'still_open' } })
  })

  it.each([
    [4404, 'There is no such map'],
    [4403, 'You may not open this map'],
  ])('after close code %i says why', async (code, title) => {
    Socket.refusal = code
    await open()
    expect(await screen.findByRole('heading', { name: title })).toBeTruthy()
  })

  it('begins with a fresh copy when the server will not have a change', async () => {
    await open()
    await screen.findByRole('group', { name: 'Payment fails' })
    const before = Socket.connections
    Socket.last.drop(4400)
    expect(await screen.findByText(/did not accept your last change/)).toBeTruthy()
    expect(await screen.findByRole('group', { name: 'Payment fails' })).toBeTruthy()
    expect(Socket.connections).toBeGreaterThan(before)
  })

  it('says that it is offline, and keeps what is written', async () => {
    const user = userEvent.setup()
    await open()
    await screen.findByRole('group', { name: 'Payment fails' })
    Socket.last.drop(1006)
    expect(await screen.findByText('Offline, trying again')).toBeTruthy()
    screen.getByRole('group', { name: 'Payment fails' }).focus()
    await user.keyboard('{Delete}')
    await waitFor(() => expect(Socket.stored.card('c3')).toBeUndefined())
    expect(await screen.findByText('Saved')).toBeTruthy()
  })
})

describe('what is measured', () => {
  it('changes with bindings, stages and thresholds, not with words', () => {
    const version = (change: (map: typeof bookshop) => void) => {
      const copy = structuredClone(bookshop)
      change(copy)
      return measuredVersion(fromExchange(copy).snapshot)
    }
    const now = version(() => undefined)
    expect(version((map) => (map.cards[2]!.text = 'Bank is slow'))).toBe(now)
    expect(version((map) => (map.stages[0]!.name = 'Seeing'))).toBe(now)
    expect(version((map) => (map.cards[1]!.need = 'optional'))).not.toBe(now)
    expect(version((map) => map.stages.reverse())).not.toBe(now)
    expect(version((map) => (map.stages[0]!.open_after_seconds = 86_400))).not.toBe(now)
    expect(version((map) => (map.cards = []))).toBe('')
  })
})
