import { screen, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { serve, session, show } from '@/testing/render'

const P = '/api/workspaces/w1/paths'
const names = {
  items: [{ name: 'cart', events: 90, persons: 60 }, { name: 'buy', events: 40, persons: 40 }],
  total: 2,
}
const common = {
  'GET /api/session': session('viewer'),
  'GET /api/workspaces/w1/events/names': names,
  'GET /api/workspaces/w1/events/properties': [{ name: 'amount', values: [] }],
  [`POST ${P}/who`]: { items: [{ person: 'c7', events: 3 }], next: null, total: 1 },
}
const rate = (value: number, n: number) => ({ value, low: value - 0.02, high: value + 0.02, n })
const figures = (before: number, after: number) => ({
  before: { value: before, low: before * 0.9, high: before * 1.1 },
  after: { value: after, low: after * 0.9, high: after * 1.1 },
  change: { value: after - before, low: (after - before) / 2, high: (after - before) * 2 },
})

describe('attribution', () => {
  it('asks for the conversion, shows every model with its interval, and opens who', async () => {
    const row = (channel: string, model: string, share: number) => ({
      channel, model, conversions: share * 40, share, low: share - 0.05, high: share + 0.05, value: null,
    })
    const asked = serve({
      ...common,
      [`POST ${P}/attribution`]: {
        events: 300, persons: 100, conversions: 40, converting_persons: 38, conversions_without_touch: 2,
        journeys_without_conversion: 60, value: null, other_channels: 0, order: 1,
        channels: [
          { channel: 'sms', touches: 50, conversions_with: 30, persons: 29, removal_effect: 0.5 },
          { channel: '(none)', touches: 0, conversions_with: 2, persons: 2, removal_effect: null },
        ],
        rows: ['last', 'shapley', 'markov'].flatMap((model) => [row('sms', model, 0.95), row('(none)', model, 0.05)]),
      },
    })
    await show(routes, '/w/w1/paths/attribution?conversion=buy&lookback=30d')
    const table = await screen.findByRole('table', { name: 'Credits by channel and model' }, { timeout: 15_000 })
    expect(within(table).getAllByText('38')).toHaveLength(3)
    expect(within(table).getAllByText(/95% \(90%–100%\)/)).toHaveLength(3)
    expect(within(table).getByText('Without a touch')).toBeTruthy()
    await userEvent.click(within(table).getByRole('button', { name: '29' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/attribution`)!.body).toMatchObject({
      conversion: 'buy', over: 'channel', lookback_seconds: 30 * 86_400, counted: 'every', order: 1,
    })
    expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
      question: 'attribution', selector: { conversion: 'buy', channel: 'sms', lookback_seconds: 30 * 86_400 },
    })
  })
})

describe('what if', () => {
  const answer = {
    events: 300, persons: 100, paths: 100, arrived: 40, goal: 'buy', observed_seconds: 3600,
    reach: figures(0.4, 0.45), conversions: figures(40, 45), seconds: figures(3600, 3000),
    assumptions: { en: ['Only the place counts.'], fa: ['فقط جای فعلی مهم است.'] },
    rows: [{
      source: 'cart', target: 'buy', count: 40, persons: 38, of: 80, probability: 0.5, probability_after: 0.6,
      mean_seconds: 600, mean_seconds_after: 600, per_point: 0.5, changed: true, interval: rate(0.5, 80),
    }],
  }

  it('asks with the changes of the address, and shows before, after and the difference with its interval', async () => {
    const asked = serve({ ...common, [`POST ${P}/what_if`]: answer })
    await show(routes, `/w/w1/paths/what-if?goal=buy&change=${encodeURIComponent('["cart","buy",0.6]')}`)
    expect(await screen.findByText('\u200e+5')).toBeTruthy()
    expect(screen.getByText(/\+2\.5–\u200e\+10/)).toBeTruthy()
    expect(screen.getByText('Only the place counts.')).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/what_if`)!.body).toMatchObject({
      goal: 'buy', changes: [{ source: 'cart', target: 'buy', value: 0.6, how: '=' }], times: [],
    })
    await userEvent.click(screen.getByRole('button', { name: '38' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
      question: 'what_if', selector: { goal: 'buy', source: 'cart', target: 'buy' },
    })
  })
})

describe('the next step', () => {
  it('shows the model beside its baselines, and says when it does not predict', async () => {
    const scores = (model: string, accuracy: number) => ({
      model, accuracy: rate(accuracy, 500), top_three: rate(accuracy + 0.1, 500),
      log_loss: { value: 1.5, low: 1.4, high: 1.6 }, calibration_error: 0.01, coverage: rate(0.8, 500),
      accuracy_when_sure: rate(accuracy + 0.05, 400),
    })
    serve({
      ...common,
      [`POST ${P}/next_step_evaluation`]: {
        events: 300, persons: 100, split_at: '2026-01-01T00:00:00Z', open_after_seconds: 86_400, training_cases: 900,
        all_test_cases: 500, test_cases: 500, test_persons: 90, order: 2, min_confidence: 0.2,
        log_loss_gain: { value: 0.06, low: 0.055, high: 0.065 }, accuracy_gain: { value: 0.01, low: 0, high: 0.02 },
        rows: [scores('variable_order', 0.5), scores('first_order', 0.49), scores('most_frequent', 0.2)],
        reliability: [{ from: 0.4, to: 0.5, n: 500, confidence: 0.45, right: rate(0.5, 500) }],
      },
      [`POST ${P}/next_step`]: {
        last_events: ['cart'], still_open: true, open_after_seconds: 86_400, min_confidence: 0.2, abstains: true,
        cases: 900,
        rows: [{
          event: 'buy', probability: 0.15, count: 30, of: 200, context: 1, timed: 30, median_seconds: 60,
          p25_seconds: 30, p75_seconds: 90,
        }],
      },
    })
    await show(routes, '/w/w1/paths/next-step?person=c1')
    const table = await screen.findByRole('table', { name: 'Scores by model' })
    expect(within(table).getAllByRole('row')).toHaveLength(4)
    expect(await screen.findByText('No outcome reaches 20%, so there is no prediction. The likeliest are:')).toBeTruthy()
    await userEvent.click(screen.getByRole('button', { name: '30 of 200 cases' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
  })
})
