import { configure, screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import type { MapDocument } from '@/editor/model'
import { bookshop, showBoard } from '@/testing/board'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const document: MapDocument = {
  ...bookshop,
  lanes: [...bookshop.lanes, { id: 'o', kind: 'opportunities' }],
  cards: [
    ...bookshop.cards,
    { id: 'o1', lane: 'o', stage: 's1', text: 'Fewer adverts', impact: 2, effort: 1, confidence: 2 },
    { id: 'o2', lane: 'o', stage: 's2', text: '**Wallet** payment', impact: 5, effort: 2, confidence: 4 },
    { id: 'o3', lane: 'o', stage: 's2', text: 'Own bank' },
  ],
}

it('lists opportunities by score, draws them, and leads to their cards', async () => {
  const user = userEvent.setup()
  await showBoard({ document })
  await user.click(await screen.findByRole('button', { name: 'Opportunities' }))
  const panel = await screen.findByRole('complementary', { name: 'Details' })
  const items = (await within(panel).findAllByRole('listitem')).map((item) => item.textContent)
  expect(items.map((text) => ['Wallet payment', 'Fewer adverts', 'Own bank'].find((name) => text.includes(name)))).toEqual([
    'Wallet payment', 'Fewer adverts', 'Own bank',
  ])
  expect(items[0]).toMatch(/10$/)
  expect(within(panel).getByText(/1 opportunity lacks/)).toBeTruthy()
  await user.click(within(panel).getByRole('button', { name: '1. Wallet payment: impact 5, effort 2' }))
  const card = screen.getByRole('group', { name: 'Wallet payment' })
  expect(card.dataset.selected).toBe('true')
})

it('says what to do when there are none', async () => {
  const user = userEvent.setup()
  await showBoard()
  await user.click(await screen.findByRole('button', { name: 'Opportunities' }))
  expect(await screen.findByText('No opportunities yet')).toBeTruthy()
})
