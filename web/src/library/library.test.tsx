import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Role } from '@/api/types'
import { routes } from '@/app/routes'
import { serve, session, show, type Asked } from '@/testing/render'
import { describe, expect, it, vi } from 'vitest'

configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 40_000 })

const touchpoints = [
  { id: 't1', name: 'Checkout', description: '', channel: 'ch1', matcher: { events: ['order_paid'], conditions: [] }, failure: null, target_seconds: null, target_from: null, profile: { doing: 'pay', performance: 2 }, maps: [{ id: 'm1', title: 'Buying' }], updated_at: '2026-11-01T00:00:00Z' },
  { id: 't2', name: 'Visit to the shop', description: '', channel: null, matcher: null, failure: null, target_seconds: null, target_from: null, profile: {}, maps: [], updated_at: '2026-11-01T00:00:00Z' },
  { id: 't3', name: 'Call', description: '', channel: null, matcher: null, failure: null, target_seconds: null, target_from: null, profile: { owner: { kind: 'member', id: 'mem1', name: 'Sarah' } }, maps: [], updated_at: '2026-11-01T00:00:00Z' },
]
const found = { events: 1200, persons: 340, examples: [], never_seen: ['order_payd'], unknown_properties: [], also_matched_by: [] }
const article = { id: 'k1', name: 'How to choose a size', kind: 'article', link: 'https://example.com/size', persona: null, stage: 'Comparing', question: 'Will it fit?', maps: [] }
const persona = { id: 'p1', name: 'Maryam', quote: 'A good book.', values: ['honesty'], traits: [{ name: 'patience', value: 2 }], updated_at: '2026-11-01T00:00:00Z' }

async function open(path: string, role: Role = 'editor'): Promise<Asked[]> {
  const asked = serve({
    'GET /api/session': session(role),
    'GET /api/workspaces/w1/touchpoints': { items: touchpoints, next: null },
    'GET /api/workspaces/w1/channels': { items: [{ id: 'ch1', name: 'Website', kind: 'web', touchpoints: 1 }], next: null },
    'GET /api/workspaces/w1/members': [{ id: 'mem1', name: 'Sara', email: 'sara@example.com' }],
    'GET /api/workspaces/w1/teams': { items: [{ id: 'team1', name: 'Sales', members: [] }], proposed: [] },
    'GET /api/workspaces/w1/contents': { items: [article], next: null },
    'GET /api/workspaces/w1/touchpoints/duplicates': [touchpoints],
    'PATCH /api/workspaces/w1/touchpoints/t1': touchpoints[0],
    'PATCH /api/workspaces/w1/contents/k1': article,
    'POST /api/workspaces/w1/touchpoints/t2/merge': touchpoints[0],
    'GET /api/workspaces/w1/personas': { items: [persona], next: null },
    'GET /api/workspaces/w1/events/names': { items: [{ name: 'order_paid', events: 1200, persons: 340 }], next: null },
    'GET /api/workspaces/w1/events/properties': { items: [] },
    'POST /api/workspaces/w1/touchpoints/match': found,
    'PATCH /api/workspaces/w1/touchpoints/t2': touchpoints[1],
    'PATCH /api/workspaces/w1/touchpoints/t3': touchpoints[2],
    'DELETE /api/workspaces/w1/touchpoints/t2': () => new Response(null, { status: 204 }),
    'POST /api/workspaces/w1/touchpoints': touchpoints[1],
    'PATCH /api/workspaces/w1/personas/p1': persona,
  })
  await show(routes, path)
  return asked
}

const changes = (asked: Asked[]) => asked.filter((one) => one.method === 'PATCH').map((one) => one.body)

describe('touchpoints', () => {
  it('tells bound from unbound, and on how many maps each stands', async () => {
    await open('/w/w1/touchpoints')
    const rows = await screen.findAllByRole('row')
    expect(rows.map((row) => row.textContent)).toEqual(
      expect.arrayContaining([expect.stringContaining('order_paid'), expect.stringContaining('not bound')]),
    )
  })

  it('gives it to a team or a member, and takes it away again', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t3')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    const owner = within(panel).getByLabelText('Owner', { selector: 'input' })
    // Called as they are now, not as they were when it was given to them.
    await waitFor(() => expect(owner).toHaveProperty('value', 'Sara'))
    await user.clear(owner)
    await user.type(owner, 'sales')
    await user.click(await screen.findByRole('option', { name: 'Sales' }))
    await waitFor(() => expect(changes(asked)).toEqual([{ owner: { kind: 'team', id: 'team1', name: 'Sales' } }]))
  })

  it('counts what a matcher finds while it is written, and keeps it only when told', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t2')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    expect(within(panel).getByText('Not bound yet: choose at least one event.')).toBeTruthy()
    await user.type(within(panel).getByLabelText('Events', { selector: 'input' }), 'order_*{Enter}')
    expect(await within(panel).findByText('1,200 events of 340 persons')).toBeTruthy()
    expect(within(panel).getByText(/Never seen: .*order_payd/)).toBeTruthy()
    expect(changes(asked)).toEqual([])
    await user.click(within(panel).getByRole('button', { name: 'Save' }))
    await waitFor(() => expect(changes(asked)).toEqual([{ matcher: { events: ['order_*'], conditions: [] } }]))
  })

  it('says the touchpoint in a sentence, with gaps for what is not said', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t1')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    expect(await within(panel).findByText('I pay on Website, because ….')).toBeTruthy()
    await user.type(within(panel).getByLabelText('Why here'), 'it is quick{Enter}')
    await waitFor(() => expect(changes(asked)).toEqual([{ reason: 'it is quick' }]))
  })

  it('merges two that may be one, keeping the events of the one that stays', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t2')
    expect(await screen.findByText('1 group of touchpoints may be one and the same')).toBeTruthy()
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.click(await within(panel).findByRole('button', { name: 'Perhaps “Checkout”' }))
    await user.click(within(panel).getByRole('button', { name: 'Merge' }))
    await waitFor(() => {
      const merges = asked.filter((one) => one.path.endsWith('/merge'))
      expect(merges.map((one) => one.body)).toEqual([{ into: 't1', events: 'keep' }])
    })
  })

  it('deletes what stands on no map, and takes that back', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t2')
    await user.click(await screen.findByRole('button', { name: 'Delete touchpoint' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    const made = () => asked.find((one) => one.method === 'POST' && one.path.endsWith('/touchpoints'))
    await waitFor(() => expect(made()?.body).toEqual({ name: 'Visit to the shop' }))
  })

  it('lets a viewer look only', async () => {
    await open('/w/w1/touchpoints?at=t1', 'viewer')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    expect(within(panel).queryByRole('button', { name: 'Delete touchpoint' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'Add a touchpoint' })).toBeNull()
    expect((within(panel).getByRole('textbox', { name: 'Name' }) as HTMLInputElement).readOnly).toBe(true)
  })
})

describe('a persona', () => {
  it('keeps a field when it is left, and lists line by line', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/personas/p1')
    await user.type(await screen.findByRole('textbox', { name: 'Lifestyle' }), 'Reads at night')
    expect(changes(asked)).toEqual([])
    await user.tab()
    await waitFor(() => expect(changes(asked)).toEqual([{ lifestyle: 'Reads at night' }]))
    await user.type(screen.getByLabelText('Values', { selector: 'input' }), 'calm{Enter}')
    await waitFor(() => expect(changes(asked).at(-1)).toEqual({ values: ['honesty', 'calm'] }))
  })
})

describe('what a good visit is', () => {
  it('keeps a target time in the unit it is typed in, and the touchpoint it counts from', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t2')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    expect((within(panel).getByRole('combobox', { name: 'Since' }) as HTMLInputElement).disabled).toBe(true)
    await user.type(within(panel).getByLabelText('At most'), '2{Enter}')
    await waitFor(() => expect(changes(asked)).toEqual([{ target_seconds: 172_800 }]))
    await user.clear(within(panel).getByLabelText('At most'))
    await user.type(within(panel).getByLabelText('At most'), 'soon{Enter}')
    expect(within(panel).getByText(/A number above 0/)).toBeTruthy()
    expect(changes(asked)).toHaveLength(1)
  })

  it('keeps which events are failures', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?at=t2')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    await user.type(within(panel).getByLabelText('Events of a failure', { selector: 'input' }), 'payment_failed{Enter}')
    await user.click(await within(panel).findByRole('button', { name: 'Save' }))
    await waitFor(() => expect(changes(asked)).toEqual([{ failure: { events: ['payment_failed'], conditions: [] } }]))
  })
})

describe('contents', () => {
  it('lists each with the question it answers, and changes one', async () => {
    const user = userEvent.setup()
    const asked = await open('/w/w1/touchpoints?tab=contents&at=k1')
    const table = await screen.findByRole('table', { name: 'Contents' })
    expect(within(table).getByText('Will it fit?')).toBeTruthy()
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    const link = within(panel).getByLabelText('Link')
    await user.clear(link)
    await user.tab()
    await waitFor(() => expect(changes(asked)).toEqual([{ link: null }]))
  })

  it('shows a viewer the same, without ways to change it', async () => {
    await open('/w/w1/touchpoints?tab=contents&at=k1', 'viewer')
    const panel = await screen.findByRole('complementary', { name: 'Details' })
    expect((within(panel).getByLabelText('Title') as HTMLInputElement).readOnly).toBe(true)
    expect(screen.queryByRole('button', { name: 'Add a content' })).toBeNull()
  })
})
