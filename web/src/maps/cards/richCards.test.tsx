import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import type { Card, MapDocument } from '@/editor/model'
import { searchKey } from '@/i18n/searchKey'
import { bookshop, showBoard } from '@/testing/board'
import { EMOJI, findEmoji } from './emoji'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const withCard = (fields: Partial<Card>): MapDocument => ({
  ...bookshop, cards: bookshop.cards.map((card) => (card.id === 'c3' ? { ...card, ...fields } : card)),
})

describe('a rich card', () => {
  it('draws stress, lists and links, and is called by its words', async () => {
    await showBoard({ document: withCard({ text: '**Payment** fails\n- [why](https://a.example/why)' }) })
    const card = await screen.findByRole('group', { name: /Payment fails\s• why/ })
    expect(within(card).getByText('Payment').tagName).toBe('STRONG')
    const link = within(card).getByRole('link', { name: 'why' })
    expect(link.getAttribute('href')).toBe('https://a.example/why')
    expect(link.getAttribute('rel')).toContain('noopener')
  })

  it('never turns text into markup', async () => {
    const hostile = '<img src=x onerror="alert(1)"> [x](javascript:alert(1)) **<script>alert(1)</script>**'
    await showBoard({ document: withCard({ text: hostile, link: 'javascript:alert(1)', color: 'red;}', tags: ['<b>x</b>'] }) })
    const card = await screen.findByRole('group', { name: /onerror/ })
    expect(card.querySelectorAll('img, script, a, b, iframe')).toHaveLength(0)
    expect(card.dataset.color).toBeUndefined()
    expect(within(card).getByText('<b>x</b>')).toBeTruthy()
  })

  it('marks words bold with Ctrl+B while writing, also on a Persian keyboard', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    ;(await screen.findByRole('group', { name: 'Payment fails' })).focus()
    await user.keyboard('{F2}')
    const field = screen.getByRole('textbox', { name: 'Text' }) as HTMLTextAreaElement
    field.setSelectionRange(8, 13)
    await user.keyboard('{Control>}[KeyB]{/Control}{Enter}')
    expect(map.card('c3')!.text).toBe('Payment **fails**')
  })

  it('gets its colour, tags, link and marks in the inspector', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: withCard({ text: 'Payment fails' }) })
    await user.click(await screen.findByRole('group', { name: 'Payment fails' }))
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.click(within(panel).getByRole('button', { name: 'Amber' }))
    await user.type(within(panel).getByLabelText('Tags', { selector: 'input' }), 'bank{Enter}money,')
    await user.type(within(panel).getByRole('textbox', { name: 'Link' }), 'javascript:alert(1){Enter}')
    expect(within(panel).getByText(/A link begins with/)).toBeTruthy()
    await user.clear(within(panel).getByRole('textbox', { name: 'Link' }))
    await user.type(within(panel).getByRole('textbox', { name: 'Link' }), 'a.example/x{Enter}')
    await user.click(within(panel).getByRole('checkbox', { name: 'Moment of truth' }))
    expect(map.card('c3')).toMatchObject({ color: 'amber', tags: ['bank', 'money'], link: 'https://a.example/x', moment_of_truth: true })
    const card = screen.getByRole('group', { name: 'Payment fails' })
    expect(card.dataset.color).toBe('amber')
    for (const text of ['Moment of truth', 'bank', 'money']) expect(within(card).getByText(text)).toBeTruthy()
  })

  it('says what its evidence is', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard({ document: withCard({ evidence: { kind: 'observed' } }), language: 'fa' })
    await user.click(await screen.findByRole('group', { name: 'Payment fails' }))
    const panel = await screen.findByRole('complementary')
    await user.type(within(panel).getByRole('textbox', { name: 'تعداد (n)' }), '۱۲۰')
    await user.type(within(panel).getByRole('textbox', { name: 'از کجا می‌دانیم' }), 'مصاحبه')
    await user.tab()
    expect(map.card('c3')!.evidence).toEqual({ kind: 'observed', n: 120, query: 'مصاحبه' })
  })

  it('opens an opportunity for a goal that we cannot serve, joined by an arrow, as one step of undo', async () => {
    const user = userEvent.setup()
    const document = { ...bookshop, lanes: [...bookshop.lanes, { id: 'l3', kind: 'goals' }], cards: [...bookshop.cards, { id: 'c4', lane: 'l3', stage: 's2', text: 'Pay in parts' }] }
    const { map } = await showBoard({ document })
    await user.click(await screen.findByRole('group', { name: 'Pay in parts' }))
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.click(within(panel).getByRole('radio', { name: 'We cannot' }))
    await user.click(within(panel).getByRole('button', { name: 'Open an opportunity' }))
    const lane = map.snapshot.lanes.find((one) => one.kind === 'opportunities')!
    const [made] = map.cell('s2', lane.id)
    expect(map.card(made!)!.text).toBe('For the goal: Pay in parts')
    expect(map.snapshot.arrows).toMatchObject([{ from_card: 'c4', to_card: made }])
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(map.snapshot.arrows).toEqual([])
    expect(map.snapshot.lanes.some((one) => one.kind === 'opportunities')).toBe(false)
    expect(map.card('c4')!.fit).toBe('cannot')
  })
})

describe('emoji', () => {
  it('are found by Persian and English names, however they are typed', () => {
    const found = (search: string) => findEmoji(search, 'fa', searchKey).map((one) => one.emoji)
    expect(found('پيک')).toEqual(['🛵'])
    expect(found('courier')).toEqual(['🛵'])
    expect(found('سبد خرید')[0]).toBe('🛒')
    expect(found('سبدخرید')).toEqual([])
    expect(findEmoji('', 'fa', searchKey)).toHaveLength(EMOJI.length)
  })

  it('are each there once and fit the field', () => {
    expect(new Set(EMOJI.map(([emoji]) => emoji)).size).toBe(EMOJI.length)
    for (const [emoji] of EMOJI) expect(emoji.length).toBeLessThanOrEqual(32)
  })

  it('can be chosen with the keyboard', async () => {
    const user = userEvent.setup()
    const { map } = await showBoard()
    await user.click(await screen.findByRole('group', { name: 'Payment fails' }))
    await user.click(await screen.findByRole('button', { name: 'Choose an emoji' }))
    await user.type(await screen.findByRole('textbox', { name: 'Search emoji by name' }), 'courier{Enter}')
    await waitFor(() => expect(map.card('c3')!.emoji).toBe('🛵'))
  })
})
