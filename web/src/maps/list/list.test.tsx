import { configure, screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import type { Role } from '@/api/types'
import { routes } from '@/app/routes'
import { json, serve, session, show, type Asked } from '@/testing/render'
import { describe, expect, it, vi } from 'vitest'

configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 40_000 })

const row = (id: string, title: string, more: object = {}) => ({
  id, title, kind: 'current_state', language: 'en', status: 'draft', stages: ['Before', 'After'], card_count: 3, placed_touchpoints: 4,
  bound_touchpoints: 3, created_at: '2026-11-01T08:00:00Z', updated_at: '2026-11-02T08:00:00Z', updated_by: 'Sara Ahmadi', ...more,
})

async function showList(rows: ReturnType<typeof row>[], role: Role = 'editor', answers: Record<string, unknown> = {}) {
  let maps = rows
  const asked = serve({
    'GET /api/session': session(role),
    'GET /api/workspaces/w1/maps': () => ({ items: maps, next: null, total: maps.length }),
    'GET /api/workspaces/w1/imports': { items: [], next: null },
    'GET /api/workspaces/w1/map-templates': [
      { id: 'classic', group: 'stages', language: 'en', title: 'Awareness to loyalty', description: 'The classic five', stages: ['Awareness', 'Loyalty'], lanes: [] },
      { id: 'classic', group: 'stages', language: 'fa', title: 'آگاهی تا وفاداری', description: '', stages: ['آگاهی', 'وفاداری'], lanes: [] },
    ],
    'DELETE /api/workspaces/w1/maps/m1': () => {
      maps = []
      return new Response(null, { status: 204 })
    },
    'POST /api/workspaces/w1/maps/m1/restore': () => {
      maps = rows
      return rows[0]
    },
    ...answers,
  })
  const view = await show(routes, '/w/w1/maps')
  return { ...view, asked }
}

const sent = (asked: Asked[], method: string) => asked.filter((one) => one.method === method && one.path.endsWith('/maps'))

describe('the list of maps', () => {
  it('shows each map with its stages and how far it is bound', async () => {
    await showList([row('m1', 'Buying a book'), row('m2', 'Complaints', { bound_touchpoints: 0, placed_touchpoints: 0 })])
    expect((await screen.findByRole('link', { name: 'Buying a book' })).getAttribute('href')).toBe('/w/w1/maps/m1')
    expect(screen.getByText('3 of 4 touchpoints bound')).toBeTruthy()
    expect(screen.getByText('no touchpoints yet')).toBeTruthy()
    expect(screen.getAllByRole('list', { name: 'Stages' })[0]!.textContent).toBe('BeforeAfter')
  })

  it('says what to do when there is none; a viewer has nothing to press', async () => {
    await showList([])
    expect(await screen.findByText('Draw how you think customers travel')).toBeTruthy()
    expect(screen.getByRole('button', { name: 'New map' })).toBeTruthy()
  })

  it('offers a viewer neither making nor deleting', async () => {
    await showList([row('m1', 'Buying a book')], 'viewer')
    await screen.findByRole('link', { name: 'Buying a book' })
    expect(screen.queryByRole('button', { name: 'New map' })).toBeNull()
    expect(screen.queryByRole('button', { name: 'More for Buying a book' })).toBeNull()
  })

  it('deletes a map, and brings it back', async () => {
    const user = userEvent.setup()
    await showList([row('m1', 'Buying a book')])
    await user.click(await screen.findByRole('button', { name: 'More for Buying a book' }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete map' }))
    expect(await screen.findByText('“Buying a book” was deleted.')).toBeTruthy()
    await waitFor(() => expect(screen.queryByRole('link', { name: 'Buying a book' })).toBeNull())
    await user.click(screen.getByRole('button', { name: 'Undo' }))
    expect(await screen.findByRole('link', { name: 'Buying a book' })).toBeTruthy()
  })

  it('makes a map from a stage model in the language chosen', async () => {
    const user = userEvent.setup()
    const { asked } = await showList([row('m1', 'Buying a book')], 'editor', {
      'POST /api/workspaces/w1/maps': () => json({ ...row('m9', 'سفر تازه'), notes: [] }, 201),
    })
    await user.click(await screen.findByRole('button', { name: 'New map' }))
    const drawer = await screen.findByRole('dialog', { name: 'New map' })
    await user.click(await within(drawer).findByText('فارسی'))
    await user.click(await within(drawer).findByRole('radio', { name: /آگاهی تا وفاداری/ }))
    await user.type(within(drawer).getByRole('textbox', { name: 'Map title' }), 'سفر تازه')
    await user.click(within(drawer).getByRole('button', { name: 'Create map' }))
    await waitFor(() => expect(sent(asked, 'POST')[0]?.body).toEqual({ template: 'classic', language: 'fa', title: 'سفر تازه' }))
  })

  it('tells every fault of a file with its place', async () => {
    const user = userEvent.setup()
    await showList([row('m1', 'Buying a book')], 'editor', {
      'POST /api/workspaces/w1/maps/import': () =>
        json(
          {
            code: 'map_invalid', title: 'The map cannot be read', detail: 'The map cannot be read.', status: 400,
            errors: [{ field: 'stages[2].name', code: 'blank', detail: 'must not be empty' }],
          },
          400,
        ),
    })
    await user.click(await screen.findByRole('button', { name: 'New map' }))
    await user.click(await screen.findByRole('tab', { name: 'From a file' }))
    const input = document.querySelector<HTMLInputElement>('input[type=file]')!
    await user.upload(input, new File(['{}'], 'map.json', { type: 'application/json' }))
    expect(await screen.findByText('stages[2].name')).toBeTruthy()
    expect(screen.getByText(/must not be empty/)).toBeTruthy()
  })
})
