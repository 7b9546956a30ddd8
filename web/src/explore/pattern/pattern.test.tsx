import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { serve, session, show } from '@/testing/render'
import { marked, quoted, replaced } from './problem'

const P = '/api/workspaces/w1/paths'
const quantiles = { min: 0, p10: 1, p25: 2, median: 60, p75: 90, p90: 100, max: 200 }
const found = {
  find: 'visit -> order', events: 300, paths: 100, persons: 100, unit: 'person', occurrences: 50, matched_paths: 40,
  matched_persons: 40, share: { value: 0.4, low: 0.31, high: 0.5, n: 100 }, duration_seconds: quantiles, length: quantiles,
  median_relative_error: 0, sequences: 1, other_occurrences: 0,
  rows: [{ path: ['visit', 'order'], occurrences: 50, persons: 40 }],
}
const common = {
  'GET /api/session': session('viewer'),
  'GET /api/workspaces/w1/events/names': {
    items: [{ name: 'visit', events: 200, persons: 100 }, { name: 'add to cart', events: 40, persons: 40 }], total: 2,
  },
  'GET /api/workspaces/w1/events/properties': [],
}

describe('a pattern', () => {
  it('is asked as the address says; its persons are one click away, those without it too', async () => {
    const asked = serve({
      ...common,
      [`POST ${P}/pattern`]: found,
      [`POST ${P}/who`]: { items: [{ person: 'c7', events: 3 }], next: null, total: 60 },
    })
    await show(routes, `/w/w1/paths/pattern?find=${encodeURIComponent('visit -> order')}`)
    await userEvent.click(await screen.findByRole('button', { name: '60' }))
    expect(await screen.findByRole('link', { name: 'c7' })).toBeTruthy()
    expect(asked.find((one) => one.path === `${P}/pattern`)!.body).toEqual({ find: 'visit -> order', top: 20 })
    expect(asked.find((one) => one.path === `${P}/who`)!.body).toMatchObject({
      question: 'pattern', selector: { find: 'visit -> order', matched: false },
    })
    expect(screen.getByText(/31%–50%/)).toBeTruthy()
  })

  it('is written with examples and names, a name with spaces in quotes', async () => {
    serve({ ...common, [`POST ${P}/pattern`]: found })
    const { router } = await show(routes, '/w/w1/paths/pattern')
    await userEvent.click(await screen.findByRole('button', { name: 'visit' }))
    await userEvent.click(screen.getByRole('button', { name: 'add to cart' }))
    expect(screen.getByLabelText<HTMLTextAreaElement>('What to look for').value).toBe('visit -> "add to cart"')
    await waitFor(() => expect(new URLSearchParams(router.state.location.search).get('find')).toBe('visit -> "add to cart"'))
    await userEvent.click(screen.getByRole('button', { name: 'And then never' }))
    expect(new URLSearchParams(router.state.location.search).get('find')).toBe('visit -> (!"add to cart")* -> (end)')
  })

  it('shows where it is wrong, and takes the name that was meant', () => {
    const problem = { params: { pattern: 'visit -> 𝔊 -> crt', position: 14, length: 3 } }
    expect(marked(problem)).toEqual({ before: 'visit -> 𝔊 -> ', wrong: 'crt', after: '' })
    expect(replaced(problem, 'add to cart')).toBe('visit -> 𝔊 -> "add to cart"')
    expect(marked({ params: { pattern: 'a ->', position: 4, length: 1 } })!.wrong).toBe('\u00a0')
    expect(['a-b', 'ثبت\u200cنام', 'within', 'a "b"', '-a', 'a->b'].map(quoted)).toEqual([
      'a-b', 'ثبت\u200cنام', '"within"', '"a ""b"""', '"-a"', '"a->b"',
    ])
  })
})
