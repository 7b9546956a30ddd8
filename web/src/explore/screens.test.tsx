import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { serve, session, show } from '@/testing/render'

const P = '/api/workspaces/w1/paths'
const rate = (value: number, n: number) => ({ value, low: value - 0.02, high: value + 0.02, n })
const quantiles = (median: number | null) => ({ p10: median, p25: median, median, p75: median, p90: median })
const funnel = {
  unit: 'person', events: 300, paths: 100, persons: 100, within_seconds: 604800, median_relative_error: 0,
  rows: [
    {
      step: 'visit', paths: 100, persons: 100, share_of_first: 1, share_of_previous: null, median_seconds_from_first: 0,
      seconds_from_first: quantiles(0), seconds_from_previous: quantiles(null),
    },
    {
      step: 'order', paths: 40, persons: 40, share_of_first: 0.4, share_of_previous: 0.4, median_seconds_from_first: 7200,
      seconds_from_first: quantiles(7200), seconds_from_previous: quantiles(7200),
    },
  ],
  next: [
    { after: 1, step: 'visit', kind: 'event', next: 'call', paths: 45, persons: 45, share: 0.75, of: 60 },
    { after: 1, step: 'visit', kind: 'other', next: '(other)', paths: 15, persons: 15, share: 0.25, of: 60 },
  ],
  breakdown: null,
  intervals: [
    { of_first: rate(1, 100), of_previous: null },
    { of_first: rate(0.4, 100), of_previous: rate(0.4, 100) },
  ],
}
const names = { items: [{ name: 'visit', events: 200, persons: 100 }, { name: 'order', events: 40, persons: 40 }], total: 2 }
const common = {
  'GET /api/session': session('viewer'),
  'GET /api/workspaces/w1/events/names': names,
  'GET /api/workspaces/w1/events/properties': [],
}

describe('the funnel', () => {
  it('asks what the address says, shows shares with interval and n, and opens who dropped', async () => {
    const asked = serve({
      ...common,
      [`POST ${P}/funnel`]: funnel,
      [`POST ${P}/who`]: { items: [{ person: 'c7', events: 3 }], next: null, total: 60 },
    })
    await show(routes, '/w/w1/paths/funnel?step=visit&step=order&within=7d&where=city:=:Tehran')
    await userEvent.click(await screen.findByRole('button', { name: '60 did not go on (60%)' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    expect(screen.getByText('60 persons')).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/funnel`)!.body).toEqual({
      steps: ['visit', 'order'], within_seconds: 604800,
      conditions: [{ property: 'city', op: '=', value: 'Tehran' }],
    })
    expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
      question: 'funnel', selector: { steps: ['visit', 'order'], within_seconds: 604800, step: 2, reached: false },
    })
    expect(screen.getAllByText(/38%–42%/).length).toBeGreaterThan(0)
    expect(screen.getAllByText(/n = 100/).length).toBeGreaterThan(0)
  })

  it('shows what came next, by value, and asks for the persons of either', async () => {
    const group = (kind: string, value: unknown, first: number, last: number | null) => ({
      kind, value,
      rows: [
        { step: 'visit', paths: first, persons: first, interval: rate(1, first) },
        { step: 'order', paths: last, persons: last, interval: last === null ? null : rate(last / first, first) },
      ],
    })
    const breakdown = { property: 'city', groups: [group('value', 'Qom', 60, 30), group('other', null, 40, null)] }
    const asked = serve({
      ...common,
      [`POST ${P}/funnel`]: { ...funnel, breakdown },
      [`POST ${P}/who`]: { items: [], next: null, total: 15 },
    })
    await show(routes, '/w/w1/paths/funnel?step=visit&step=order&order=strict&by=city&unit=session&gap=2h&mingroup=5')
    expect(await screen.findByRole('button', { name: 'call 75%' })).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'other events 25%' }))
    const who = () => asked.filter((one) => one.path === `${P}/who`).at(-1)!.body
    await waitFor(() => expect(who()).toMatchObject({
      unit: 'session', session_gap_seconds: 7200, min_group: 5,
      selector: { steps: ['visit', 'order'], order: 'strict', step: 2, reached: false, not_then: ['call'] },
    }))
    const table = screen.getByRole('table', { name: 'By city' })
    expect(within(table).getByText('other values')).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/funnel`)!.body).toEqual({
      steps: ['visit', 'order'], order: 'strict', breakdown: 'city', unit: 'session', session_gap_seconds: 7200, min_group: 5,
    })
  })

  it('moves a step with the keyboard and says so', async () => {
    serve({ ...common, [`POST ${P}/funnel`]: funnel })
    const { router } = await show(routes, '/w/w1/paths/funnel?step=visit&step=order')
    const first = await screen.findByRole('listitem', { name: 'Step 1: visit' })
    first.focus()
    await userEvent.keyboard('{Alt>}{ArrowDown}{/Alt}')
    await waitFor(() => expect(new URLSearchParams(router.state.location.search).getAll('step')).toEqual(['order', 'visit']))
    expect(screen.getByText('“visit” is now step 2.')).toBeTruthy()
  })
})

describe('the overview', () => {
  const overview = {
    events: 240, persons: 100, event_names: 2, first_at: '2026-01-01T08:00:00Z', last_at: '2026-02-01T08:00:00Z',
    events_per_person: { mean: 2.4, median: 2, p25: 1, p75: 3 },
    rows: [{ event: 'visit', events: 200, persons: 100 }, { event: 'order', events: 40, persons: 40 }],
    intervals: [
      { share: { value: 1, low: 0.963, high: 1, n: 100 } },
      { share: { value: 0.4, low: 0.309, high: 0.498, n: 100 } },
    ],
  }

  it('lists the events, sorts and searches them', async () => {
    serve({ ...common, [`POST ${P}/overview`]: overview })
    await show(routes, '/w/w1/paths')
    const table = await screen.findByRole('table', { name: '2 kinds of events' })
    const order = () => within(table).getAllByRole('row').slice(1).map((row) => row.querySelector('td')!.textContent)
    expect(order()).toEqual(['visit', 'order'])
    expect(within(table).getByText('order').closest('tr')!.textContent).toMatch(/40%.*31%–50% · n.*100/)
    await userEvent.click(within(table).getByRole('button', { name: 'Event' }))
    expect(order()).toEqual(['order', 'visit'])
    await userEvent.type(screen.getByLabelText('Search'), 'VIS')
    expect(screen.getAllByRole('row')).toHaveLength(2)
  })

  it('tells apart that there is nothing at all and nothing in these days', async () => {
    serve({ ...common, [`POST ${P}/overview`]: { ...overview, events: 0, persons: 0, rows: [] } })
    const { router } = await show(routes, '/w/w1/paths?from=2026-01-01&to=2026-01-02')
    await userEvent.click(await screen.findByRole('button', { name: 'Show all' }))
    expect(await screen.findByText('There are no events yet')).toBeTruthy()
    expect(router.state.location.search).toBe('')
    // A viewer may not import, so the way to do it is not offered.
    expect(screen.queryByRole('link', { name: 'Import events' })).toBeNull()
  })

  it('is in Persian with Persian digits and Jalali dates', async () => {
    serve({ ...common, 'GET /api/session': session('viewer', 'fa'), [`POST ${P}/overview`]: overview })
    await show(routes, '/w/w1/paths', { language: 'fa' })
    expect(await screen.findByText('۲۴۰')).toBeTruthy()
    expect(screen.getByText('۱۱ دی ۱۴۰۴')).toBeTruthy()
  })
})

it('never groups the digits of a property: it may be an id', async () => {
  const person = { person: 'c1', events: 1, first_at: '2026-01-01T08:00:00Z', last_at: '2026-01-01T08:00:00Z' }
  serve({
    ...common,
    'GET /api/session': session('viewer', 'fa'),
    'GET /api/workspaces/w1/persons/c1': person,
    'GET /api/workspaces/w1/persons/c1/path': {
      items: [{ at: person.first_at, name: 'order', channel: null, properties: { order_id: 103383 } }], next: null,
    },
  })
  await show(routes, '/w/w1/persons/c1', { language: 'fa' })
  expect(await screen.findByText('۱۰۳۳۸۳')).toBeTruthy()
})

it('shows the flow as a table to those who want one, with the numbers of a transition', async () => {
  serve({
    ...common,
    [`POST ${P}/transitions`]: {
      events: 240, persons: 100, median_relative_error: 0,
      rows: [
        { source: '(start)', target: 'visit', count: 100, persons: 100, median_gap_seconds: null },
        { source: 'visit', target: 'order', count: 40, persons: 40, median_gap_seconds: 7200 },
        { source: 'visit', target: '(end)', count: 60, persons: 60, median_gap_seconds: null },
      ],
    },
  })
  await show(routes, '/w/w1/paths/transitions?as=table')
  const row = (await screen.findByText('order')).closest('tr')!
  await userEvent.click(row)
  const panel = await screen.findByRole('complementary', { name: 'Details' })
  expect(panel.textContent).toContain('visit → order')
  expect(panel.textContent).toContain('40% (40 / 100)')
  expect(panel.textContent).toContain('2h')
  await userEvent.keyboard('{Escape}')
  await waitFor(() => expect(screen.queryByRole('complementary', { name: 'Details' })).toBeNull())
})

it('says what happened when the server does not answer, and tries again', async () => {
  let up = false
  serve({
    ...common,
    [`POST ${P}/variants`]: () =>
      up
        ? {
            unit: 'person', events: 5, paths: 2, persons: 2, variants: 1, other_paths: 0, other_persons: 0,
            rows: [{ path: ['a', 'a', 'b'], paths: 2, persons: 2 }],
            intervals: [{ share: { value: 1, low: 0.34, high: 1, n: 2 } }],
          }
        : new Response('<h1>Bad gateway</h1>', { status: 500 }),
  })
  await show(routes, '/w/w1/paths/variants')
  expect((await screen.findByRole('alert')).textContent).toContain('Something went wrong.')
  up = true
  await userEvent.click(screen.getByRole('button', { name: 'Try again' }))
  expect(await screen.findByText('×2')).toBeTruthy()
})

it('has every way out of a screen inside a landmark, the mark in the rail too', async () => {
  serve(common)
  await show(routes, '/w/w1/paths/funnel')
  const rail = await screen.findByRole('navigation', { name: 'Main menu' })
  expect(within(rail).getByRole('link', { name: 'Hamsafar' }).getAttribute('href')).toBe('/w/w1/maps')
})
