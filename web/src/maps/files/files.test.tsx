import { configure, fireEvent, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { filesLeftBehind, type Clip } from '@/editor/clip'
import type { Card, MapDocument } from '@/editor/model'
import { bookshop, showBoard } from '@/testing/board'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

/** The uploads that reached the door, answered by the test; jsdom's own would go to the network. */
class Door {
  static open: Door[] = []
  upload: { onprogress?: (event: { lengthComputable: boolean; loaded: number; total: number }) => void } = {}
  url = ''
  sent: File | null = null
  status = 0
  response: unknown = null
  onload = () => undefined
  onabort = () => undefined
  open(_method: string, url: string) {
    this.url = url
  }
  setRequestHeader() {}
  send(form: FormData) {
    this.sent = form.get('file') as File
    Door.open.push(this)
  }
  abort() {
    this.onabort()
  }
  answer(status: number, response: unknown) {
    this.status = status
    this.response = response
    this.onload()
  }
}

beforeEach(() => {
  Door.open = []
  vi.stubGlobal('XMLHttpRequest', Door)
})
afterEach(() => vi.unstubAllGlobals())

const withFiles = (files: Card['files']): MapDocument => ({
  ...bookshop, cards: bookshop.cards.map((card) => (card.id === 'c3' ? { ...card, files: files ?? [] } : card)),
})
const theCard = () => screen.findByRole('group', { name: 'Payment fails' })
const panel = () => screen.findByRole('complementary', { name: 'Details' })
const picture = (name: string) => new File(['x'], name, { type: 'image/png' })
const kept = (id: string, name: string) => ({ id, name, media: 'image/png', size: 1, width: 4, height: 3 })
const dropOn = (target: HTMLElement, files: File[]) => fireEvent.drop(target, { dataTransfer: { types: ['Files'], files } })
const sent = async (count: number) => waitFor(() => expect(Door.open).toHaveLength(count))

describe('files on a card', () => {
  it('are dropped, sent one after the other, and drawn when they are kept', async () => {
    const { map } = await showBoard()
    dropOn(await theCard(), [picture('a.png'), picture('b.png')])
    await sent(1)
    expect(Door.open[0]!.url).toBe('/api/workspaces/w1/maps/m1/files')
    Door.open[0]!.upload.onprogress?.({ lengthComputable: true, loaded: 1, total: 4 })
    const progress = await within(await panel()).findByRole('progressbar', { name: 'Uploading a.png' })
    await waitFor(() => expect(progress.getAttribute('aria-valuenow')).toBe('25'))
    expect(Door.open).toHaveLength(1)
    Door.open[0]!.answer(201, kept('f1', 'a.png'))
    await sent(2)
    Door.open[1]!.answer(201, kept('f2', 'b.png'))
    await waitFor(() => expect(map.card('c3')!.files).toEqual([{ id: 'f1', name: 'a.png' }, { id: 'f2', name: 'b.png' }]))
    const drawn = within(await theCard()).getByRole('img', { name: 'a.png' })
    expect(drawn.getAttribute('src')).toBe('/api/workspaces/w1/files/f1/thumbnail')
    expect(drawn.getAttribute('loading')).toBe('lazy')
  })

  it('come from the clipboard, but not the picture that a spreadsheet puts beside its cells', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await theCard())
    const paste = (text: string) =>
      fireEvent.paste(document, { clipboardData: { files: [picture('image.png')], getData: (type: string) => (type === 'text/plain' ? text : '') } })
    paste('')
    await sent(1)
    Door.open[0]!.answer(201, kept('f1', 'image.png'))
    await waitFor(() => expect(map.card('c3')!.files).toHaveLength(1))
    const cards = map.snapshot.cards.size
    paste('a cell')
    await waitFor(() => expect(map.snapshot.cards.size).toBe(cards + 1))
    expect(Door.open).toHaveLength(1)
  })

  it('say why they are refused, and the card stays as it was', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await theCard())
    dropOn(await theCard(), [picture('a.png')])
    await sent(1)
    Door.open[0]!.answer(409, { code: 'files_full', title: 'Full', detail: 'The files of this workspace use 3 of 3 MB.' })
    expect((await screen.findByRole('alert')).textContent).toContain('3 of 3 MB')
    expect(map.card('c3')!.files).toBeUndefined()
    await user.click(screen.getByRole('button', { name: 'Put away the message about a.png' }))
    expect(screen.queryByRole('alert')).toBeNull()
  })

  it('can be stopped, and the next one goes on', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    dropOn(await theCard(), [picture('a.png'), picture('b.png')])
    await sent(1)
    await user.click(await screen.findByRole('button', { name: 'Cancel a.png' }))
    await sent(2)
    Door.open[1]!.answer(201, kept('f2', 'b.png'))
    await waitFor(() => expect(map.card('c3')!.files).toEqual([{ id: 'f2', name: 'b.png' }]))
  })

  it('that are too large are not sent', async () => {
    await showBoard({ language: 'fa' })
    const huge = picture('a.png')
    Object.defineProperty(huge, 'size', { value: 21 * 1024 ** 2 })
    dropOn(await theCard(), [huge])
    expect((await screen.findByRole('alert')).textContent).toContain('۲۰ مگابایت')
    expect(Door.open).toHaveLength(0)
  })

  it('are described and taken off in the inspector, and undone', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: withFiles([{ id: 'f1', name: 'shop.png' }, { id: 'f2', name: 'report.pdf' }]) })
    await user.click(await theCard())
    const inside = within(await panel())
    expect(inside.getByRole('link', { name: 'report.pdf' }).getAttribute('href')).toBe('/api/workspaces/w1/files/f2')
    await user.type(inside.getByRole('textbox', { name: 'What shop.png shows' }), 'The shop{Enter}')
    expect(map.card('c3')!.files![0]).toEqual({ id: 'f1', name: 'shop.png', alt: 'The shop' })
    expect(within(await theCard()).getByRole('img', { name: 'The shop' })).toBeTruthy()
    expect(inside.queryByRole('textbox', { name: 'What report.pdf shows' })).toBeNull()
    await user.click(inside.getByRole('button', { name: 'Take shop.png off the card' }))
    await user.click(inside.getByRole('button', { name: 'Take report.pdf off the card' }))
    expect(map.card('c3')!.files).toBeUndefined()
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(map.card('c3')!.files?.length).toBeGreaterThan(0))
  })

  it('are only looked at by viewers', async () => {
    const user = userEvent.setup()
    await showBoard({ document: withFiles([{ id: 'f1', name: 'shop.png', alt: 'The shop' }]), readOnly: true })
    dropOn(await theCard(), [picture('a.png')])
    await user.click(await theCard())
    const inside = within(await panel())
    expect(inside.getByRole('link', { name: 'shop.png' })).toBeTruthy()
    expect(inside.queryByRole('button', { name: /Add files|Take/ })).toBeNull()
    expect(Door.open).toHaveLength(0)
  })

  it('stay behind when their card goes to another workspace', () => {
    const clip: Clip = {
      format: 'hamsafar-cards/1', workspace: 'w1', arrows: [],
      cards: [{ column: 0, lane: 0, fields: { text: 'a', files: [{ id: 'f1', name: 'a.png' }] } }, { column: 0, lane: 0, fields: { text: 'b' } }],
    }
    expect([filesLeftBehind(clip, 'w1'), filesLeftBehind(clip, 'w2')]).toEqual([0, 1])
  })
})
