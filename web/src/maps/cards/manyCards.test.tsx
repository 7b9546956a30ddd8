import { configure, createEvent, fireEvent, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { CLIP_TYPE } from '@/editor/clip'
import type { MapDocument } from '@/editor/model'
import { bookshop, showBoard } from '@/testing/board'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const pains: MapDocument = {
  ...bookshop,
  cards: [
    ...bookshop.cards,
    { id: 'p1', lane: 'l2', stage: 's1', text: 'Too many adverts' },
    { id: 'p2', lane: 'l2', stage: 's1', text: 'Wrong audience', tags: ['ads'] },
  ],
}
const card = (name: string) => screen.getByRole('group', { name })
const said = () => screen.getByTestId('said').textContent.trim() // words that are said twice end with a space
const addTo = (place: string) => screen.getByRole('button', { name: `Add a card: ${place}` })

/** The clipboard of a test: what a copy puts there, and what a paste brings. */
function clipboard(kind: 'copy' | 'cut' | 'paste', target: Element, data: Map<string, string>) {
  const event = createEvent[kind](target)
  Object.defineProperty(event, 'clipboardData', {
    value: { getData: (type: string) => data.get(type) ?? '', setData: (type: string, value: string) => void data.set(type, value) },
  })
  fireEvent(target, event)
  return data
}

describe('choosing several cards', () => {
  it('adds with Ctrl, reaches with Shift, and says how many', async () => {
    const user = userEvent.setup()
    await showBoard({ document: pains })
    await user.click(await screen.findByRole('group', { name: 'Too many adverts' }))
    await user.keyboard('{Control>}')
    await user.click(card('Payment fails'))
    await user.keyboard('{/Control}')
    expect(said()).toBe('2 cards selected')
    expect(await screen.findByRole('toolbar', { name: 'Chosen cards' })).toBeTruthy()
    await user.keyboard('{Shift>}')
    await user.click(card('Advert'))
    await user.keyboard('{/Shift}')
    expect(said()).toBe('5 cards selected')
    await user.click(card('Advert'))
    expect(screen.queryByRole('toolbar', { name: 'Chosen cards' })).toBeNull()
  })

  it('grows with Shift and arrows, walks with arrows, and chooses all with Ctrl+A', async () => {
    const user = userEvent.setup()
    await showBoard({ document: pains })
    ;(await screen.findByRole('group', { name: 'Too many adverts' })).focus()
    await user.keyboard('{Shift>}{ArrowDown}{/Shift}')
    expect(said()).toBe('2 cards selected')
    await vi.waitFor(() => expect(document.activeElement).toBe(card('Wrong audience')))
    await user.keyboard('{Escape}')
    card('Wrong audience').focus()
    await user.keyboard('{Control>}[KeyA]{/Control}')
    expect(said()).toBe('2 cards selected')
    await user.keyboard('{Control>}[KeyA]{/Control}')
    expect(said()).toBe('3 cards selected')
    await user.keyboard('{Control>}[KeyA]{/Control}')
    expect(said()).toBe('5 cards selected')
  })

  it('moves, edits and deletes them together, each as one step of undo', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: pains })
    ;(await screen.findByRole('group', { name: 'Too many adverts' })).focus()
    await user.keyboard('{Control>}[KeyA]{/Control}{Alt>}{ArrowRight}{/Alt}')
    expect(map.cell('s2', 'l2')).toEqual(['c3', 'p1', 'p2'])
    expect(said()).toBe('2 cards moved; now at Purchase, Pain points.')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.click(within(panel).getByRole('button', { name: 'Blue' }))
    await user.type(within(panel).getByLabelText('Tags', { selector: 'input' }), 'bank{Enter}')
    expect(map.card('p1')).toMatchObject({ color: 'blue', tags: ['bank'] })
    expect(map.card('p2')).toMatchObject({ color: 'blue', tags: ['ads', 'bank'] })
    await user.click(within(screen.getByRole('toolbar', { name: 'Chosen cards' })).getByRole('button', { name: /^Delete/ }))
    expect(map.cell('s2', 'l2')).toEqual(['c3'])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(map.cell('s2', 'l2')).toEqual(['c3', 'p1', 'p2'])
  })

  it('moves nothing when one would fall off the map', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: pains })
    ;(await screen.findByRole('group', { name: 'Too many adverts' })).focus()
    await user.keyboard('{Control>}[KeyA]{/Control}{Alt>}{ArrowLeft}{/Alt}')
    expect(map.cell('s1', 'l2')).toEqual(['p1', 'p2'])
    expect(said()).toBe('The edge of the map: nothing was moved.')
  })

  it('duplicates with Ctrl+D', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: pains })
    ;(await screen.findByRole('group', { name: 'Too many adverts' })).focus()
    await user.keyboard('{Control>}[KeyD]{/Control}')
    expect(map.cell('s1', 'l2').map((id) => map.card(id)!.text)).toEqual(['Too many adverts', 'Too many adverts', 'Wrong audience'])
  })
})

describe('the clipboard on the board', () => {
  it('copies as cards and as text, and pastes after the card in focus', async () => {
    const { map } = await showBoard({ document: pains })
    const from = await screen.findByRole('group', { name: 'Wrong audience' })
    from.focus()
    const data = clipboard('copy', from, new Map())
    expect(data.get('text/plain')).toBe('Wrong audience')
    expect(data.has(CLIP_TYPE)).toBe(true)
    card('Payment fails').focus()
    clipboard('paste', card('Payment fails'), data)
    expect(map.cell('s2', 'l2').map((id) => map.card(id)!)).toMatchObject([{ text: 'Payment fails' }, { text: 'Wrong audience', tags: ['ads'] }])
  })

  it('cuts', async () => {
    const { map } = await showBoard({ document: pains })
    const from = await screen.findByRole('group', { name: 'Wrong audience' })
    from.focus()
    const data = clipboard('cut', from, new Map())
    expect(map.card('p2')).toBeUndefined()
    addTo('Pain points, Purchase').focus()
    clipboard('paste', addTo('Pain points, Purchase'), data)
    expect(map.cell('s2', 'l2')).toHaveLength(2)
  })

  it('refuses too wide a table with a sentence, and changes nothing', async () => {
    const { map } = await showBoard({ document: pains })
    const cell = await screen.findByRole('button', { name: 'Add a card: Pain points, Purchase' })
    cell.focus()
    clipboard('paste', cell, new Map([['text/plain', 'a\tb\tc']]))
    expect(await screen.findByText(/lacks 2 stages/)).toBeTruthy()
    expect(map.snapshot.cards.size).toBe(5)
  })

  it('lets a viewer copy and paste nothing', async () => {
    const { map } = await showBoard({ document: pains, readOnly: true })
    const from = await screen.findByRole('group', { name: 'Wrong audience' })
    from.focus()
    expect(clipboard('copy', from, new Map()).get('text/plain')).toBe('Wrong audience')
    clipboard('paste', from, new Map([['text/plain', 'a\nb']]))
    clipboard('cut', from, new Map())
    expect(map.snapshot.cards.size).toBe(5)
  })
})

describe('writing cards', () => {
  it('begins by typing, goes on with Enter, breaks lines with Shift+Enter and moves on with Tab', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    ;(await screen.findByRole('button', { name: 'Add a card: Pain points, Awareness' })).focus()
    await user.keyboard('One{Enter}Two{Shift>}{Enter}{/Shift}lines{Tab}Three{Escape}')
    expect(map.cell('s1', 'l2').map((id) => map.card(id)!.text)).toEqual(['One', 'Two\nlines'])
    expect(map.cell('s2', 'l2')).toEqual(['c3'])
    await user.keyboard('{Tab}')
  })

  it('makes a card of every pasted line', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('button', { name: 'Add a card: Pain points, Awareness' }))
    const field = screen.getByRole('textbox', { name: 'Add a card: Pain points, Awareness' })
    clipboard('paste', field, new Map([['text/plain', 'گران است\nدیر می‌رسد\n\nپشتیبانی نیست\n']]))
    expect(map.cell('s1', 'l2').map((id) => map.card(id)!.text)).toEqual(['گران است', 'دیر می‌رسد', 'پشتیبانی نیست'])
  })

  it('leaves the focus where the writing was', async () => {
    const user = userEvent.setup()
    await showBoard()
    ;(await screen.findByRole('group', { name: 'Payment fails' })).focus()
    await user.keyboard('{F2}Bank is slow{Enter}')
    await vi.waitFor(() => expect(document.activeElement).toBe(card('Bank is slow')))
  })
})
