import { screen } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { serve, session, show } from '@/testing/render'

const M = '/api/workspaces/w1/maps'
const P = '/api/workspaces/w1/paths'
const rate = (value: number, n: number) => ({ value, low: value - 0.02, high: value + 0.02, n })
const seconds = { n: 30, p25: 3600, p50: 7200, p75: 86_400, p90: 172_800 }
const base = {
  map: { id: 'm2', title: 'Purchase' }, events: 400, bound_events: 300, persons: 90, instances: 100,
  relative_error: 0, reason: null,
}
const stage = (id: string, name: string) => ({
  stage: id, name, entered: 60, persons: 50, went_on: 30, left: 25, still_open: 5, skipped: 4,
  share_went_on: rate(0.55, 55), stays: 66, seconds, open_after_seconds: 86_400,
})
const move = { count: 6, instances: 6, persons: 5, share: rate(0.1, 60) }
const stages = {
  ...base,
  whole: { begun: 100, completed: 40, left: 50, still_open: 10, completion: rate(0.44, 90) },
  rows: [stage('s1', 'Look'), stage('s2', 'Buy')],
  moves: [{ from: '(start)', to: 's1', ...move }, { from: 's2', to: 's1', ...move }],
  regressions: [{ from: 's2', to: 's1', ...move }],
}
const row = {
  stage: 's2', name: 'Payment', card: 'c2', touchpoint: 't2', group: null, cards: ['c2'], from_card: null,
  from_name: null, event: null, target_seconds: null, since: null, seconds: null,
}
const deviations = {
  ...base,
  fitness: { conforming: rate(0.6, 100), conforming_persons: rate(0.7, 90), mean: rate(0.9, 100) },
  kinds: ['missing', 'out_of_sequence', 'ad_hoc', 'failing', 'late'].map((kind) => ({
    kind, deviations: 9, instances: 8, persons: 7, share: rate(0.08, 100),
  })),
  rows: [
    { ...row, kind: 'failing', count: 9, of: 80, share: rate(0.11, 80), instances: 8, persons: 7 },
    { ...row, kind: 'late', count: 3, of: 30, share: rate(0.1, 30), instances: 3, persons: 3, target_seconds: 259_200, seconds },
  ],
}
const common = {
  'GET /api/session': session('viewer'),
  'GET /api/workspaces/w1/events/properties': [],
  [`GET ${M}`]: {
    items: [{ id: 'm1', title: 'Draft', bound_touchpoints: 0 }, { id: 'm2', title: 'Purchase', bound_touchpoints: 3 }],
    next: null, total: 2,
  },
  [`POST ${P}/who`]: { items: [{ person: 'c7', instances: 1, events: 4 }], next: null, total: 1 },
}

describe('the stages of a map', () => {
  it('takes the first map bound to events, and opens who moved back', async () => {
    const asked = serve({ ...common, [`POST ${P}/stages`]: stages })
    await show(routes, '/w/w1/paths/stages?where=city:=:Tehran')
    await screen.findByRole('row', { name: /^Buy/ }).catch(() => null)
    await userEvent.click((await screen.findAllByText('10%')).at(-1)!)
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/stages`)!.body).toEqual({
      map: 'm2',
      conditions: [{ property: 'city', op: '=', value: 'Tehran' }],
    })
    expect(asked.find((one) => one.path.endsWith('/who'))!.body).toMatchObject({
      question: 'stages',
      selector: { map: 'm2', number: { kind: 'move', from: 's2', to: 's1' } },
    })
  })

  it('says why there is nothing', async () => {
    const reason = { en: 'None of these events is on a touchpoint of the map.', fa: '…' }
    serve({ ...common, [`POST ${P}/stages`]: { ...stages, instances: 0, rows: [], moves: [], regressions: [], reason } })
    await show(routes, '/w/w1/paths/stages')
    expect(await screen.findByText(reason.en)).toBeTruthy()
  })
})

describe('the deviations from a map', () => {
  it('shows fitness and each place, and opens who failed there', async () => {
    const asked = serve({ ...common, [`POST ${P}/deviations`]: deviations })
    await show(routes, '/w/w1/paths/deviations?map=m2&kind=failing')
    await userEvent.click(await screen.findByRole('button', { name: '7' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    expect(screen.getAllByText('90%').length).toBeGreaterThan(0)
    expect(asked.find((one) => one.path.endsWith('/who'))!.body).toMatchObject({
      question: 'deviations',
      selector: { map: 'm2', number: { kind: 'touchpoint', card: 'c2', bucket: 'failing' } },
    })
  })
})
