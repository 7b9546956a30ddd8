import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { routes } from '@/app/routes'
import { serve, show, type Asked } from '@/testing/render'
import { plainStyle } from '@/testing/style'
import { describe, expect, it, vi } from 'vitest'

configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 40_000 })

const map = {
  format: 'hamsafar-map/1', title: 'Buying a kettle', kind: 'current_state', language: 'en', personas: [],
  stages: [{ id: 's1', name: 'Look' }], steps: [], lanes: [{ id: 'l1', kind: 'actions' }],
  cards: [{ id: 'c1', stage: 's1', lane: 'l1', text: 'Compares prices' }],
  emotions: [], branches: [], lines: [], arrows: [], targets: [], touchpoints: [], channels: [], contents: [],
}
const refusal = (code: string, title: string) =>
  new Response(JSON.stringify({ type: 'about:blank', title, status: 403, code, detail: '', params: {} }), {
    status: 403, headers: { 'Content-Type': 'application/problem+json' },
  })
const problems = { share_password_needed: 'This map is protected by a password.', share_password_wrong: 'This is not the password of this map.' }

describe('a public link', () => {
  it('shows the map to read, with nothing to change it by and nobody behind it', async () => {
    serve({ 'POST /api/shared/abc.x': { document: map, measured: false, style: plainStyle } })
    await show(routes, '/shared/abc.x')
    expect(await screen.findByRole('heading', { name: 'Buying a kettle' })).toBeTruthy()
    expect(await screen.findByText('Compares prices')).toBeTruthy()
    expect(screen.queryByRole('button', { name: /Add a card/ })).toBeNull()
  })

  it('asks for the password, says when it is wrong, and opens with the right one', async () => {
    const user = userEvent.setup()
    const asked: Asked[] = serve({
      'POST /api/shared/abc.x': ({ body }: Asked) => {
        const { password } = body as { password: string }
        if (password === 'saffron') return { document: map, measured: false, style: plainStyle }
        const code = password ? 'share_password_wrong' : 'share_password_needed'
        return refusal(code, problems[code])
      },
    })
    await show(routes, '/shared/abc.x')
    await user.type(await screen.findByLabelText('Password', { selector: 'input' }), 'pepper{Enter}')
    expect(await screen.findByText(problems.share_password_wrong)).toBeTruthy()
    const field = screen.getByLabelText('Password', { selector: 'input' })
    await user.clear(field)
    await user.type(field, 'saffron{Enter}')
    expect(await screen.findByText('Compares prices')).toBeTruthy()
    expect(asked.every((one) => !one.path.includes('saffron'))).toBe(true)
  })

  it('shows numbers that open nobody', async () => {
    const rate = { value: 0.5, low: 0.4, high: 0.6, n: 80 }
    serve({
      'POST /api/shared/abc.x': { document: map, measured: true, style: plainStyle },
      'POST /api/shared/abc.x/measured': {
        map: { id: 'm', title: 'Buying a kettle' }, events: 100, bound_events: 90, data_end_at: null, touchpoints: [], groups: [], ad_hoc: [],
        whole: { begun: 80, completed: 40, left: 30, still_open: 10, persons: 75, completion: rate, median_seconds_to_complete: 60, n_time: 40 },
        stages: [], range: { from_at: null, to_at: null },
      },
    })
    await show(routes, '/shared/abc.x')
    const whole = await screen.findByRole('region', { name: 'The whole map' })
    await waitFor(() => expect(within(whole).getByText('80')).toBeTruthy())
    expect(within(whole).queryByRole('button')).toBeNull()
  })
})
