/** Put a screen in its whole surroundings, with a server of the test's own at the door. */
import { QueryClientProvider } from '@tanstack/react-query'
import { render } from '@testing-library/react'
import { createMemoryRouter, RouterProvider, type RouteObject } from 'react-router'
import { vi } from 'vitest'
import { makeQueries } from '@/app/App'
import { LocaleProvider } from '@/i18n/locale'
import { loadTexts } from '@/i18n/texts'
import type { Calendar, Language } from '@/i18n/format'
import type { Role, Session } from '@/api/types'
import { Root } from '@/ui/Root'

export interface Asked {
  method: string
  path: string
  query: URLSearchParams
  body: unknown
}

type Answer = (asked: Asked) => unknown

/** `{'GET /api/session': session, 'POST /api/x': (asked) => ({…})}`; a `Response` is given as it is; others are 404. */
export function serve(answers: Record<string, unknown>): Asked[] {
  const seen: Asked[] = []
  vi.stubGlobal('fetch', async (input: Request) => {
    const url = new URL(input.url)
    const text = await input.text()
    const asked: Asked = {
      method: input.method,
      path: url.pathname,
      query: url.searchParams,
      body: bodyOf(text),
    }
    seen.push(asked)
    const answer = answers[`${input.method} ${url.pathname}`]
    if (answer === undefined) {
      return json({ code: 'not_found', title: `No ${input.method} ${url.pathname} in this test.`, status: 404 }, 404)
    }
    const given = typeof answer === 'function' ? (answer as Answer)(asked) : answer
    return given instanceof Response ? given : json(given)
  })
  return seen
}

/** JSON as what it says; anything else (a form with a file) as its text. */
function bodyOf(text: string): unknown {
  try {
    return text ? (JSON.parse(text) as unknown) : undefined
  } catch {
    return text
  }
}

export function json(body: unknown, status = 200): Response {
  return new Response(JSON.stringify(body), { status, headers: { 'Content-Type': 'application/json' } })
}

export function session(role: Role = 'owner', language: Language = 'en'): Session {
  return {
    user: {
      id: 'u1',
      name: 'Sara Ahmadi',
      email: 'sara@example.com',
      language,
      calendar: language === 'fa' ? 'jalali' : 'gregorian',
      theme: 'light',
      has_password: true,
    },
    workspaces: [{ id: 'w1', name: 'Bookshop', role, is_sample: false, language }],
    setup_needed: false,
    version: '0.1.0',
  }
}

export async function show(
  routes: RouteObject[],
  at: string,
  { language = 'en', calendar }: { language?: Language; calendar?: Calendar } = {},
) {
  await loadTexts(language)
  const queries = makeQueries()
  queries.setDefaultOptions({ queries: { retry: false } })
  const router = createMemoryRouter(routes, { initialEntries: [at] })
  const initial = { language, calendar: calendar ?? (language === 'fa' ? 'jalali' : 'gregorian') } as const
  const view = render(
    <LocaleProvider initial={initial}>
      {({ dir }) => (
        <Root dir={dir}>
          <QueryClientProvider client={queries}>
            <RouterProvider router={router} />
          </QueryClientProvider>
        </Root>
      )}
    </LocaleProvider>,
  )
  return { ...view, router, queries }
}
