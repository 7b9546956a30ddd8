import { screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it } from 'vitest'
import { routes } from '@/app/routes'
import { json, serve, session, show } from '@/testing/render'
import { ownAddress } from './SignIn'

const nobody = { user: null, workspaces: [], setup_needed: false, version: '0.1.0' }
const LOGIN = 'POST /_allauth/browser/v1/auth/login'

describe('the door', () => {
  it('leads a stranger to the sign-in and, signed in, to where they wanted to go', async () => {
    let inside = false
    serve({
      'GET /api/session': () => (inside ? session() : nobody),
      [LOGIN]: () => {
        inside = true
        return { status: 200, data: {} }
      },
      'GET /api/workspaces/w1/imports': { items: [], next: null },
    })
    const { router } = await show(routes, '/w/w1/imports?x=1')
    await userEvent.type(await screen.findByLabelText('E-mail'), 'sara@example.com')
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse')
    await userEvent.click(screen.getByRole('button', { name: 'Sign in' }))
    await screen.findByText('Nothing was imported here yet')
    expect(router.state.location.pathname + router.state.location.search).toBe('/w/w1/imports?x=1')
  })

  it('says that e-mail and password do not match, in Persian too', async () => {
    serve({
      'GET /api/session': nobody,
      [LOGIN]: json({ status: 400, errors: [{ code: 'email_password_mismatch', message: 'x', param: 'password' }] }, 400),
    })
    await show(routes, '/signin', { language: 'fa' })
    await userEvent.type(await screen.findByLabelText('ایمیل'), 'sara@example.com')
    await userEvent.type(screen.getByLabelText('رمز عبور'), 'nonsense')
    await userEvent.click(screen.getByRole('button', { name: 'ورود' }))
    expect((await screen.findByRole('alert')).textContent).toContain('ایمیل و رمز عبور با هم نمی‌خوانند.')
  })

  it('opens the first run on an empty Hamsafar, wherever one comes in', async () => {
    const asked = serve({
      'GET /api/session': { ...nobody, setup_needed: true },
      'POST /api/setup': session(),
      'GET /api/workspaces/w1/maps': { items: [], next: null },
    })
    const { router } = await show(routes, '/')
    await userEvent.type(await screen.findByLabelText('Your name'), 'Sara')
    await userEvent.type(screen.getByLabelText('E-mail'), 'sara@example.com')
    await userEvent.type(screen.getByLabelText('Password'), 'correct horse battery')
    await userEvent.type(screen.getByLabelText('Workspace'), 'Bookshop')
    await userEvent.click(screen.getByRole('button', { name: 'Begin' }))
    await waitFor(() => expect(router.state.location.pathname).toBe('/w/w1/maps'))
    expect(asked.find((one) => one.path === '/api/setup')!.body).toEqual({
      name: 'Sara', email: 'sara@example.com', password: 'correct horse battery', workspace: 'Bookshop', language: 'en',
    })
  })
})

it('follows only addresses of its own after signing in', () => {
  expect(ownAddress('/w/w1/maps?from=2026-01-01')).toBe('/w/w1/maps?from=2026-01-01')
  for (const foreign of [null, '', 'https://evil.example', '//evil.example', '/\\evil.example']) {
    expect(ownAddress(foreign)).toBe('/')
  }
})
