import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { routes } from '@/app/routes'
import { json, serve, session, show } from '@/testing/render'
import { param, readAddress, readTime, writeAddress, writeTime } from './address'
import { covers } from './picture'
import { questions } from './registry'
import { viewAddress } from './views'

describe('what is asked, in the address', () => {
  const SPEC = {
    steps: param.list(),
    order: param.oneOf('ordered', 'any', 'strict'),
    top: param.number(20, 1, 100),
    within: param.time(),
    whole: param.flag(),
    goal: param.text(),
  }
  const USUAL = { steps: [], order: 'ordered', top: 20, within: null, whole: false, goal: '' }

  it('comes back as it was written, and leaves out what is usual', () => {
    const asked = { steps: ['b', 'a', 'b'], order: 'any', top: 5, within: 5400, whole: true, goal: 'خرید' } as const
    const written = writeAddress(SPEC, new URLSearchParams('from=2026-01-01'), { ...asked, steps: [...asked.steps] })
    expect(readAddress(SPEC, new URLSearchParams(written.toString()))).toEqual(asked)
    expect(written.get('from')).toBe('2026-01-01')
    expect(writeAddress(SPEC, written, readAddress(SPEC, new URLSearchParams())).toString()).toBe('from=2026-01-01')
  })

  it('is the usual where it makes no sense', () => {
    const wrong = new URLSearchParams('order=backwards&top=1000&within=soon&whole=maybe&steps=')
    expect(readAddress(SPEC, wrong)).toEqual(USUAL)
  })

  it('writes times in the largest unit that fits', () => {
    for (const [seconds, text] of [[604_800, '7d'], [5400, '90m'], [3600, '1h'], [61, '61s']] as const) {
      expect(writeTime(seconds)).toBe(text)
      expect(readTime(text)).toBe(seconds)
    }
    for (const text of [null, '', '7', '0d', '-1d', '7w']) expect(readTime(text)).toBeNull()
  })

  it('of a view does not depend on who wrote it', () => {
    const one = new URLSearchParams('step=a&step=b&within=7d&view=V1')
    const other = new URLSearchParams('within=7d&step=a&step=b')
    expect(viewAddress(one)).toBe(viewAddress(other))
    expect(viewAddress(new URLSearchParams('step=b&step=a'))).not.toBe(viewAddress(new URLSearchParams('step=a&step=b')))
  })
})

it('knows which files of a font a text needs', () => {
  expect(covers('U+600-6FF, U+200C', [0x62e])).toBe(true)
  expect(covers('U+600-6FF', [0x61])).toBe(false)
  expect(covers('U+00??', [0x61])).toBe(true)
  expect(covers('', [0x61])).toBe(true)
})

const P = '/api/workspaces/w1/paths'
const variants = { events: 5, persons: 2, paths: 2, unit: 'person', variants: 1, other_paths: 0, other_persons: 0, rows: [{ path: ['a', 'b'], paths: 2, persons: 2 }], intervals: [] }
const view = {
  id: 'V1', name: 'Ways of January', question: 'variants', request: { top: 25 }, address: 'from=2026-01-01',
  shared: true, mine: false, owner_name: 'Reza', updated_at: '2026-02-01T08:00:00Z',
}
const common = {
  'GET /api/session': session('editor'),
  'GET /api/workspaces/w1/events/properties': [],
  [`POST ${P}/variants`]: variants,
}

describe('the questions', () => {
  it('each has its name in both languages and its own place', () => {
    expect(new Set(questions.map((one) => one.key)).size).toBe(questions.length)
    expect(questions.slice(0, 3).map((one) => one.key)).toEqual(['overview', 'transitions', 'variants'])
  })

  it('stand in groups beside the page and are walked with the arrows', async () => {
    serve(common)
    await show(routes, '/w/w1/paths/variants?from=2026-01-01')
    const nav = await screen.findByRole('navigation', { name: 'Questions about paths' })
    const here = within(nav).getByRole('link', { name: 'Variants' })
    expect(here.getAttribute('aria-current')).toBe('page')
    expect(within(nav).getByRole('link', { name: 'Funnel' }).getAttribute('href')).toBe('/w/w1/paths/funnel?from=2026-01-01')
    here.focus()
    await userEvent.keyboard('{ArrowUp}')
    expect(document.activeElement?.textContent).toBe('Transitions')
  })

  it('an unknown one leads to the overview', async () => {
    serve({ ...common, [`POST ${P}/overview`]: { ...variants, rows: [], event_names: 0, events_per_person: {} } })
    const { router } = await show(routes, '/w/w1/paths/horoscope?from=2026-01-01')
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/paths'))
    expect(router.state.location.search).toBe('?from=2026-01-01')
  })

  it('explain their words', async () => {
    serve(common)
    await show(routes, '/w/w1/paths/variants')
    await userEvent.click(await screen.findByRole('button', { name: 'Definitions' }))
    expect(await screen.findByText(/exactly the same sequence of events/)).toBeTruthy()
  })
})

describe('saved views', () => {
  it('are made of the address and of what is asked', async () => {
    const asked = serve({ ...common, [`POST ${P}/views`]: json(view, 201), [`GET ${P}/views/V1`]: view })
    const { router } = await show(routes, '/w/w1/paths/variants?from=2026-01-01')
    await userEvent.click(await screen.findByRole('button', { name: 'Save view' }))
    await userEvent.type(await screen.findByLabelText('Name'), 'Ways of January')
    await userEvent.click(screen.getByLabelText('For everybody in this workspace'))
    await userEvent.click(within(screen.getByRole('dialog')).getByRole('button', { name: 'Save view' }))
    await waitFor(() => expect(new URLSearchParams(router.state.location.search).get('view')).toBe('V1'))
    const sent = asked.find((one) => one.method === 'POST' && one.path === `${P}/views`)!.body
    expect(sent).toMatchObject({ name: 'Ways of January', question: 'variants', address: 'from=2026-01-01', shared: true })
    expect(sent).toMatchObject({ request: { top: 25, from: expect.stringContaining('2026-01-01') as string } })
  })

  it('say when the page shows something else, and take it', async () => {
    const asked = serve({ ...common, [`GET ${P}/views/V1`]: view, [`PATCH ${P}/views/V1`]: { ...view, address: '' } })
    await show(routes, '/w/w1/paths/variants?view=V1')
    await userEvent.click(await screen.findByRole('button', { name: /^Saved view: Ways of January\s*changed$/ }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Update it to what is shown' }))
    await waitFor(() => expect(asked.find((one) => one.method === 'PATCH')?.body).toEqual({ request: { top: 25 }, address: '' }))
  })

  it('of others are not changed by a viewer', async () => {
    serve({ ...common, 'GET /api/session': session('viewer'), [`GET ${P}/views/V1`]: view })
    await show(routes, '/w/w1/paths/variants?view=V1')
    await userEvent.click(await screen.findByRole('button', { name: /Ways of January/ }))
    expect(await screen.findByRole('menuitem', { name: 'Save as a new view' })).toBeTruthy()
    for (const name of ['Update it to what is shown', 'Rename', 'Delete', 'Make it private']) {
      expect(screen.queryByRole('menuitem', { name })).toBeNull()
    }
  })

  it('a taken name is said at the name', async () => {
    const taken = { code: 'view_name_taken', title: 'There is a view “x” already.', status: 409 }
    serve({ ...common, [`POST ${P}/views`]: json(taken, 409) })
    await show(routes, '/w/w1/paths/variants')
    await userEvent.click(await screen.findByRole('button', { name: 'Save view' }))
    await userEvent.type(await screen.findByLabelText('Name'), 'x{Enter}')
    expect(await screen.findByText('There is a view “x” already.')).toBeTruthy()
  })

  it('are listed, opened, and deleted with a way back', async () => {
    const asked = serve({
      ...common,
      [`GET ${P}/views`]: { items: [view], next: null, total: 1 },
      [`DELETE ${P}/views/V1`]: new Response(null, { status: 204 }),
      [`POST ${P}/views`]: json(view, 201),
    })
    await show(routes, '/w/w1/paths/views')
    const link = await screen.findByRole('link', { name: 'Ways of January' })
    expect(link.getAttribute('href')).toBe('/w/w1/paths/variants?from=2026-01-01&view=V1')
    await userEvent.click(screen.getByRole('button', { name: 'Actions for “Ways of January”' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await userEvent.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(asked.find((one) => one.method === 'POST')?.body).toMatchObject({ name: 'Ways of January' }))
  })
})

describe('export', () => {
  it('asks the server for a file of what the page shows', async () => {
    const made: Blob[] = []
    vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: (file: Blob) => (made.push(file), 'blob:x'), revokeObjectURL: () => {} }))
    const asked = serve({ ...common, [`POST ${P}/export/variants`]: new Response('a,b', { status: 200 }) })
    await show(routes, '/w/w1/paths/variants')
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Table (CSV)' }))
    await waitFor(() => expect(made).toHaveLength(1))
    const sent = asked.find((one) => one.path === `${P}/export/variants`)!
    expect([sent.query.get('format'), sent.body]).toEqual(['csv', { top: 25 }])
  })

  it('tells what went wrong', async () => {
    const wrong = { code: 'export_too_large', title: 'A sheet of Excel holds fewer rows.', status: 413 }
    serve({ ...common, [`POST ${P}/export/variants`]: json(wrong, 413) })
    await show(routes, '/w/w1/paths/variants')
    await userEvent.click(await screen.findByRole('button', { name: 'Export' }))
    await userEvent.click(await screen.findByRole('menuitem', { name: 'Excel (XLSX)' }))
    expect(await screen.findByText('A sheet of Excel holds fewer rows.')).toBeTruthy()
  })
})

describe('comparison', () => {
  const side = (persons: number) => ({ unit: 'person', events: 3 * persons, paths: persons, persons })
  const comparison = {
    of: 'variants', a: side(40), b: side(60), overlap: 2, comparisons: 1, tests: [], correction: 'holm',
    names: { en: ['a → b'], fa: ['a ← b'] },
    rows: [{
      row: ['a', 'b'], figure: 'share', a: 0.5, a_low: 0.35, a_high: 0.65, a_n: 40, b: 0.25, b_low: 0.16, b_high: 0.37, b_n: 60,
      difference: 0.25, difference_low: 0.06, difference_high: 0.42, p: 0.01, p_corrected: 0.01,
    }],
  }

  it('asks the question of both segments and shows what differs, how surely', async () => {
    const asked = serve({ ...common, [`POST ${P}/compare`]: comparison })
    await show(routes, '/w/w1/paths/variants?from=2026-01-01&compare=1&a=city:=:Tehran&b=city:=:Yazd')
    const table = await screen.findByRole('table', { name: 'Comparison of two segments' })
    expect(within(table).getByText(/^\u200e\+25 pp$/)).toBeTruthy()
    expect(within(table).getByText(/35%–65% · n = 40/)).toBeTruthy()
    expect(screen.getByText(/A: 40 persons, 120 events. B: 60 persons, 180 events./)).toBeTruthy()
    expect(screen.getByText(/2 persons are in both segments/)).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/compare`)!.body).toMatchObject({
      of: 'variants', arguments: { top: 25 }, from: expect.any(String) as string,
      a: { person_conditions: [{ property: 'city', op: '=', value: 'Tehran' }] },
      b: { person_conditions: [{ property: 'city', op: '=', value: 'Yazd' }] },
    })
  })

  it('begins with a choice, and ends with the page as it was', async () => {
    serve(common)
    const { router } = await show(routes, '/w/w1/paths/variants')
    await userEvent.click(await screen.findByRole('button', { name: 'Compare' }))
    expect(await screen.findByText('Who is compared with whom?')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: 'Stop comparing' }))
    await waitFor(() => expect(router.state.location.search).toBe(''))
    expect(await screen.findByRole('button', { name: 'Compare' })).toBeTruthy()
  })
})
