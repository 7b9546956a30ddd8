import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { serve, session, show } from '@/testing/render'

const P = '/api/workspaces/w1/paths'
const node = (step: number, name: string, count: number) => ({
  step, node: name, count, persons: count, share: count / 10, interval: { value: count / 10, low: 0, high: 1, n: 10 },
})
const flow = {
  events: 300, persons: 100, anchor: 'cart', before: 0, after: 1, top: 6, occurrence: 'first', collapse: false,
  unit: 'person', paths: 100, occurrences: 10, anchor_paths: 10, anchor_persons: 10,
  nodes: [node(0, 'cart', 10), node(1, 'paid', 6), node(1, '(end)', 4)],
  links: [
    { step: 0, source: 'cart', target: 'paid', count: 6, persons: 6 },
    { step: 0, source: 'cart', target: '(end)', count: 4, persons: 4 },
  ],
}

describe('the flow around an event', () => {
  it('goes from node to node by arrows; a node opens its numbers, and these their persons', async () => {
    const asked = serve({
      'GET /api/session': session('viewer'),
      'GET /api/workspaces/w1/events/names': { items: [], total: 0 },
      'GET /api/workspaces/w1/events/properties': [],
      [`POST ${P}/flow`]: flow,
      [`POST ${P}/who`]: { items: [{ person: 'c7', events: 3 }], next: null, total: 4 },
    })
    await show(routes, '/w/w1/paths/flow?anchor=cart&before=0&after=1&occurrence=first')
    const anchor = await screen.findByRole('button', { name: 'Anchor: cart 100% (10)' })
    expect(anchor.getAttribute('tabindex')).toBe('0')
    anchor.focus()
    await userEvent.keyboard('{ArrowRight}{ArrowDown}{Enter}')
    const inspector = screen.getByRole('complementary', { name: 'Details' })
    expect(within(inspector).getByRole('heading', { name: 'End' })).toBeTruthy()
    await userEvent.click(within(inspector).getByRole('button', { name: '4' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    const request = { anchor: 'cart', before: 0, after: 1, top: 6, occurrence: 'first', collapse: false }
    expect(asked.find((one) => one.path === `${P}/flow`)!.body).toEqual(request)
    expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
      question: 'flow', selector: { ...request, step: 0, node: 'cart', target: '(end)' },
    })
  })
})
