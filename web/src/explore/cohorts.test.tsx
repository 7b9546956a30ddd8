import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { serve, session, show } from '@/testing/render'

const P = '/api/workspaces/w1/paths'
const common = {
  'GET /api/session': session('viewer'),
  'GET /api/workspaces/w1/events/names': { items: [{ name: 'order', events: 9, persons: 5 }], total: 1 },
  'GET /api/workspaces/w1/events/properties': [{ name: 'city', kind: 'text', values: ['Qom'], sampled: false }],
}
const row = (period: number, persons: number, complete: boolean) => ({
  cohort: '1404-10', begins_at: '2025-12-21T20:30:00Z', size: 40, period, persons, complete,
  share: complete ? persons / 40 : null, low: complete ? 0.1 : null, high: complete ? 0.5 : null,
})

it('never shows a period that is not over as a low share, names Jalali months, and opens who came back', async () => {
  const asked = serve({
    ...common,
    'GET /api/session': session('viewer', 'fa'),
    [`POST ${P}/retention`]: {
      events: 90, persons: 50, period: 'jalali_month', timezone: 'Asia/Tehran', began: 40,
      rows: [row(0, 12, true), row(1, 2, false)],
      overall: [{ period: 0, cohorts: 1, size: 40, persons: 12, share: 0.3, low: 0.2, high: 0.45 }],
    },
    [`POST ${P}/who`]: { items: [{ person: 'c7', events: 3 }], next: null, total: 12 },
  })
  await show(routes, '/w/w1/paths/retention?first=a%7Cb&zone=Asia/Tehran', { language: 'fa' })
  const table = await screen.findByRole('table', { name: 'سهم بازگشته‌های هر گروه در هر دوره' })
  const cohort = within(table).getByRole('row', { name: /دی ۱۴۰۴/ })
  expect(cohort.textContent).toContain('۳۰٪')
  expect(cohort.textContent).toContain('۲+')
  expect(cohort.textContent).not.toContain('۵٪')
  await userEvent.click(within(cohort).getByRole('button', { name: /۳۰٪/ }))
  expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
  expect(asked.find((one) => one.path === `${P}/retention`)!.body).toMatchObject({
    period: 'jalali_month', week_starts: 'saturday', timezone: 'Asia/Tehran', mode: 'exact', first: 'a\\|b',
  })
  expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
    question: 'retention', selector: { cohort: '1404-10', back_in: 0 },
  })
})

it('asks both segments the same and opens the persons of one of them', async () => {
  const side = { unit: 'person', events: 9, paths: 5, persons: 5 }
  const asked = serve({
    ...common,
    [`POST ${P}/compare`]: {
      of: 'overview', a: side, b: side, overlap: 2, comparisons: 1, tests: [],
      names: { en: ['order'], fa: ['order'] },
      rows: [
        {
          row: ['order'], figure: 'share', a: 0.8, a_low: 0.7, a_high: 0.9, a_n: 5, b: 0.2, b_low: 0.1, b_high: 0.3,
          b_n: 5, difference: 0.6, difference_low: 0.4, difference_high: 0.7, p: 0.001, p_corrected: 0.001,
        },
      ],
    },
    [`POST ${P}/who`]: { items: [{ person: 'c9', events: 1 }], next: null, total: 1 },
  })
  await show(routes, '/w/w1/paths/compare?a=city:=:Qom&b=city:=:Yazd')
  const table = await screen.findByRole('table', { name: 'Comparison of two segments' })
  expect(table.textContent).toMatch(/\+60.*pp/)
  expect(screen.getByText(/2 persons are in both segments/)).toBeTruthy()
  await userEvent.click(within(table).getByRole('button', { name: /^20%/ }))
  expect(await screen.findByRole('link', { name: 'c9' })).toBeTruthy()
  const segment = (value: string) => ({ person_conditions: [{ property: 'city', op: '=', value }] })
  expect(asked.find((one) => one.path === `${P}/compare`)!.body).toEqual({
    of: 'overview', arguments: {}, a: segment('Qom'), b: segment('Yazd'),
  })
  expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
    question: 'overview', selector: { event: 'order' }, segment: segment('Yazd'),
  })
})

it('says why there is nothing that goes with a goal', async () => {
  serve({
    ...common,
    [`POST ${P}/correlates`]: {
      events: 9, paths: 5, persons: 5, unit: 'person', goal: 'order', min_paths: 10, reached: 0, others: 5,
      began_with_goal: 0, not_watched: 0, tested: 0, empty: 'nobody_reached', rows: [],
    },
  })
  await show(routes, '/w/w1/paths/correlates?goal=order')
  expect(await screen.findByText(/Nobody reaches this goal here/)).toBeTruthy()
})
