import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { showBoard } from '@/testing/board'
import { json } from '@/testing/render'

configure({ asyncUtilTimeout: 5_000 })
vi.setConfig({ testTimeout: 30_000 })

const VERSIONS = '/api/workspaces/w1/maps/m1/versions'
const version = (id: string, at: string, more: object) => ({
  id, map: 'm1', at, kept_at: at, by: 'Sara Ahmadi', kept_by: null, name: '', note: '', reason: 'quiet', cards: 3, ...more,
})
const items = [
  version('v3', '2026-11-02T09:00:00Z', { name: 'Before the workshop', note: 'With the old prices', reason: 'asked' }),
  version('v2', '2026-11-02T08:00:00Z', { reason: 'before_large', by: null }),
  version('v1', '2026-11-01T08:00:00Z', { cards: 1 }),
]
const list = { [`GET ${VERSIONS}`]: { items, next: null, total: 3 } }

async function openPanel(user: ReturnType<typeof userEvent.setup>) {
  await user.click(await screen.findByRole('button', { name: 'Versions' }))
  const panel = await screen.findByRole('complementary')
  await within(panel).findByText('Before the workshop')
  return panel
}

describe('the versions of a map', () => {
  it('stand under their days with who made them so and why they were kept', async () => {
    const user = userEvent.setup()
    await showBoard({ answers: list })
    const panel = await openPanel(user)
    const days = within(panel).getAllByRole('region').filter((one) => /November/.test(one.getAttribute('aria-label') ?? ''))
    expect(days.map((day) => within(day).getAllByRole('listitem').length)).toEqual([2, 1])
    expect(days[0]!.textContent).toContain('Before a large change')
    expect(days[0]!.textContent).toContain('With the old prices')
    expect(days[1]!.textContent).toContain('1 card')
    await user.click(within(panel).getByRole('switch', { name: 'Only those with a name' }))
    expect(within(panel).getAllByRole('listitem')).toHaveLength(1)
  })

  it('are restored at once, and the notice takes the restoring back', async () => {
    const user = userEvent.setup()
    const restored = (kept: string | null) => () => json({ kept })
    const { asked } = await showBoard({
      answers: { ...list, [`POST ${VERSIONS}/v3/restore`]: restored('v4'), [`POST ${VERSIONS}/v4/restore`]: restored(null) },
    })
    const panel = await openPanel(user)
    await user.click(within(panel).getByRole('button', { name: /^What to do with “Before the workshop”/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Restore this version' }))
    const notice = await screen.findByRole('alert')
    expect(notice.textContent).toContain('The map is again as it was.')
    expect(within(notice).getByRole('button', { name: 'Close' })).toBeTruthy()
    await user.click(within(notice).getByRole('button', { name: 'Undo' }))
    await screen.findByText('The map is already exactly so.')
    const posts = asked.filter((one) => one.method === 'POST' && one.path.endsWith('/restore'))
    expect(posts.map((one) => one.path)).toEqual([`${VERSIONS}/v3/restore`, `${VERSIONS}/v4/restore`])
    const ids = posts.map((one) => (one.body as { request_id: string }).request_id)
    expect(new Set(ids).size).toBe(2)
  })

  it('are looked at and compared, not changed, by a viewer', async () => {
    const user = userEvent.setup()
    await showBoard({ answers: list, readOnly: true })
    const panel = await openPanel(user)
    await waitFor(() => expect(within(panel).getAllByRole('link', { name: /^Compare with now/ })).toHaveLength(3))
    expect(within(panel).getAllByRole('link', { name: /^Look at it/ })).toHaveLength(3)
    expect(within(panel).queryByRole('button', { name: /^What to do/ })).toBeNull()
    expect(within(panel).queryByRole('textbox')).toBeNull()
  })
})
