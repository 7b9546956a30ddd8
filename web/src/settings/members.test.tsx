import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { json, serve, session, show } from '@/testing/render'

const MEMBERS = '/api/workspaces/w1/members'
const members = [
  { id: 'm1', user_id: 'u1', name: 'Sara Ahmadi', email: 'sara@example.com', role: 'owner', joined: true, created_at: '2026-01-01T00:00:00Z' },
  { id: 'm2', user_id: 'u2', name: '', email: 'reza@example.com', role: 'viewer', joined: false, created_at: '2026-01-02T00:00:00Z' },
]

describe('members', () => {
  it('gives the link that a new member needs', async () => {
    const asked = serve({
      'GET /api/session': session('admin'),
      [`GET ${MEMBERS}`]: members,
      [`POST ${MEMBERS}`]: json({ id: 'm3', invite_path: '/invite/abc' }, 201),
    })
    await show(routes, '/w/w1/settings/members')
    await userEvent.type(await screen.findByLabelText('E-mail of the new member'), 'nima@example.com')
    await userEvent.click(screen.getByRole('button', { name: 'Add member' }))
    const link = (await screen.findByLabelText('Invitation link')) as HTMLInputElement
    expect(link.value).toBe(`${location.origin}/invite/abc`)
    expect(asked.find((one) => one.method === 'POST')!.body).toEqual({ email: 'nima@example.com', name: '', role: 'editor' })
  })

  it('changes a role, and says when the server refuses', async () => {
    serve({
      'GET /api/session': session('owner'),
      [`GET ${MEMBERS}`]: members,
      [`PATCH ${MEMBERS}/m1`]: json({ code: 'last_owner', title: 'A workspace needs an owner.', status: 409 }, 409),
    })
    await show(routes, '/w/w1/settings/members')
    const role = (await screen.findByLabelText('Role of Sara Ahmadi')) as HTMLSelectElement
    await userEvent.selectOptions(role, 'viewer')
    expect(await screen.findByText('A workspace needs an owner.')).toBeTruthy()
    await waitFor(() => expect(role.value).toBe('owner'))
  })

  it('shows an editor who is here, without the means to change it', async () => {
    serve({ 'GET /api/session': session('editor'), [`GET ${MEMBERS}`]: members })
    await show(routes, '/w/w1/settings/members')
    await screen.findByText('reza@example.com')
    expect(screen.queryByLabelText('E-mail of the new member')).toBeNull()
    expect(screen.queryByLabelText('Role of reza@example.com')).toBeNull()
  })
})

it('saves language and calendar for oneself and shows the page in them', async () => {
  const mine = session('viewer')
  serve({
    'GET /api/session': () => mine,
    'PATCH /api/me': ({ body }: { body: object }) => Object.assign(mine.user!, body),
  })
  await show(routes, '/w/w1/settings/profile')
  expect(await screen.findByText(/^Today is \w+, \d+ \w+ 20\d\d\.$/)).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'Jalali' }))
  expect(await screen.findByText(/^Today is \w+, \d+ \w+ 14\d\d\.$/)).toBeTruthy()
  await userEvent.click(screen.getByRole('radio', { name: 'فارسی' }))
  expect(await screen.findByText(/^امروز .+ ۱۴[۰-۹]+ است\.$/)).toBeTruthy()
  await waitFor(() => expect(document.documentElement.dir).toBe('rtl'))
})
