import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { beforeEach, describe, expect, it } from 'vitest'
import { loadTexts } from '@/i18n/texts'
import { fromExchange } from '@/editor/document'
import { SelectionProvider } from '@/maps/selection'
import { SessionProvider } from '@/maps/session'
import { useSession as useSignedIn } from '@/shell/session'
import { bookshop, library } from '@/testing/board'
import { serve, session, show, type Asked } from '@/testing/render'
import '../texts'
import { CommentMark } from './CommentMark'
import { CommentsPanel } from './CommentsPanel'
import { CommentsProvider } from './context'

const T = '/api/workspaces/w1/maps/m1/threads'
const SARA = '01ARZ3NDEKTSV4RRFFQ69G5FA1'
const REZA = '01ARZ3NDEKTSV4RRFFQ69G5FA3'

const comment = (id: string, text: string, author = { id: REZA, name: 'Reza Kiani' }) => ({
  id, text, author, people: [], created_at: '2026-11-01T08:00:00Z', edited_at: null, deleted: false,
})

const thread = (id: string, changes: object = {}) => ({
  id, part: 'card', target: 'c3', details: { name: 'Payment fails' }, gone: false, comments: [comment(`${id}-1`, 'Which bank?')],
  created_at: '2026-11-01T08:00:00Z', updated_at: '2026-11-01T08:00:00Z', resolved_at: null, resolved_by: null, unread: false, ...changes,
})

interface Options {
  at?: string
  readOnly?: boolean
  threads?: object[]
  answers?: Record<string, unknown>
}

async function showPanel({ at = '?at=panel:comments', readOnly = false, threads = [thread('th1')], answers = {} }: Options = {}) {
  const me = session(readOnly ? 'viewer' : 'owner')
  const asked = serve({
    ...library,
    'GET /api/session': { ...me, user: { ...me.user, id: SARA } },
    'GET /api/workspaces/w1/members': [
      { id: 'm1', user_id: SARA, name: 'Sara Ahmadi', email: 'sara@example.com', role: 'owner' },
      { id: 'm2', user_id: REZA, name: 'Reza Kiani', email: 'reza@example.com', role: 'editor' },
    ],
    [`GET ${T}`]: { items: threads, next: null, total: threads.length },
    [`GET ${T}/counts`]: { open: 1, unread: 1, parts: [{ part: 'card', target: 'c3', open: 1, unread: 1 }] },
    [`GET ${T}/th1`]: thread('th1'),
    [`POST ${T}/th1/seen`]: new Response(null, { status: 204 }),
    ...answers,
  })
  await loadTexts('en', ['maps', 'maps/comments'])
  const map = fromExchange(bookshop)
  function Part() {
    const { data } = useSignedIn()
    if (!data) return null
    return (
      <SessionProvider map={map} readOnly={readOnly} onRefused={() => undefined}>
        <SelectionProvider selected={null} onSelect={() => undefined}>
          <CommentsProvider map="m1">
            <CommentMark part="card" target="c3" />
            <CommentMark part="card" target="c1" />
            <CommentsPanel onClose={() => undefined} />
          </CommentsProvider>
        </SelectionProvider>
      </SessionProvider>
    )
  }
  const view = await show([{ path: '/w/:w/maps/:m', element: <Part /> }], `/w/w1/maps/m1${at}`)
  return { ...view, asked }
}

const sent = (asked: Asked[], method: string, path: string) => asked.filter((one) => one.method === method && one.path === path)

beforeEach(() => {
  Element.prototype.scrollIntoView = () => undefined
})

describe('writing', () => {
  it('an @ proposes members; arrows and Enter take one, who is sent by id', async () => {
    const user = userEvent.setup()
    const { asked } = await showPanel({ answers: { [`POST ${T}`]: thread('th2', { part: 'map', target: '' }), [`GET ${T}/th2`]: thread('th2') } })
    const field = await screen.findByRole('combobox', { name: /Comment on the map/ })
    await user.type(field, 'Please look @')
    expect((await screen.findAllByRole('option')).map((one) => one.textContent)).toEqual([
      expect.stringContaining('Sara Ahmadi'), expect.stringContaining('Reza Kiani'),
    ])
    await user.keyboard('{ArrowDown}{Enter}')
    expect((field as HTMLTextAreaElement).value).toBe('Please look @Reza Kiani ')
    expect(screen.queryByRole('option')).toBeNull()
    await user.keyboard('{Control>}{Enter}{/Control}')
    await waitFor(() => expect(sent(asked, 'POST', T)).toHaveLength(1))
    expect(sent(asked, 'POST', T)[0]!.body).toMatchObject({ part: 'map', target: '', text: `Please look <@${REZA}>` })
    await waitFor(() => expect((field as HTMLTextAreaElement).value).toBe(''))
  })

  it('Esc leaves the proposals and keeps the panel and the words', async () => {
    const user = userEvent.setup()
    await showPanel()
    const field = await screen.findByRole('combobox', { name: /Comment on the map/ })
    await user.type(field, '@re{Escape}')
    expect(screen.queryByRole('option')).toBeNull()
    expect((field as HTMLTextAreaElement).value).toBe('@re')
  })

  it('what the server refuses stays in the field, and the same request goes again', async () => {
    const user = userEvent.setup()
    let refuse = true
    const { asked } = await showPanel({
      answers: {
        [`POST ${T}`]: () =>
          refuse ? new Response(JSON.stringify({ code: 'x', title: 'Not now.', status: 409 }), { status: 409, headers: { 'Content-Type': 'application/json' } }) : thread('th2'),
        [`GET ${T}/th2`]: thread('th2'),
      },
    })
    const field = await screen.findByRole('combobox', { name: /Comment on the map/ })
    await user.type(field, 'Hello')
    await user.click(screen.getByRole('button', { name: 'Comment' }))
    await screen.findByText('Not now.')
    expect((field as HTMLTextAreaElement).value).toBe('Hello')
    refuse = false
    await user.click(screen.getByRole('button', { name: 'Comment' }))
    await waitFor(() => expect((field as HTMLTextAreaElement).value).toBe(''))
    const [first, second] = sent(asked, 'POST', T).map((one) => (one.body as { request_id: string }).request_id)
    expect(second).toBe(first)
  })

  it('begins on the part that the address names', async () => {
    const user = userEvent.setup()
    const { asked } = await showPanel({ at: '?at=panel:comments&on=card:c3', answers: { [`POST ${T}`]: thread('th1') } })
    await user.type(await screen.findByRole('combobox', { name: /Begin a thread here/ }), 'Why?')
    await user.click(screen.getByRole('button', { name: 'Comment' }))
    await waitFor(() => expect(sent(asked, 'POST', T)[0]?.body).toMatchObject({ part: 'card', target: 'c3', text: 'Why?' }))
    expect(sent(asked, 'GET', T)[0]!.query.get('target')).toBe('c3')
  })
})

describe('reading', () => {
  it('the thread of a link is open and noted as read, even when the list does not have it', async () => {
    const { asked } = await showPanel({
      at: '?at=panel:comments&thread=th1', threads: [],
      answers: { [`GET ${T}/th1`]: thread('th1', { unread: true, resolved_at: '2026-11-02T08:00:00Z', resolved_by: { id: SARA, name: 'Sara Ahmadi' } }) },
    })
    const found = await screen.findByRole('region', { name: /Payment fails/ })
    within(found).getByText('Which bank?')
    within(found).getByRole('button', { name: 'Reopen' })
    await waitFor(() => expect(sent(asked, 'POST', `${T}/th1/seen`)).toHaveLength(1))
  })

  it('a thread that is gone is said to be', async () => {
    await showPanel({ at: '?at=panel:comments&thread=gone', threads: [] })
    await screen.findByText('This thread has been deleted.')
  })

  it('the mark stands only where threads are open, and opens them', async () => {
    const user = userEvent.setup()
    const { asked } = await showPanel()
    await user.click(await screen.findByRole('button', { name: '1 open thread, 1 with news' }))
    await waitFor(() => expect(sent(asked, 'GET', T).at(-1)!.query.get('target')).toBe('c3'))
    expect(screen.getAllByRole('button', { name: /open thread/ })).toHaveLength(1)
  })

  it('a viewer reads and cannot write', async () => {
    await showPanel({ at: '?at=panel:comments&thread=th1', readOnly: true })
    await screen.findByText('Which bank?')
    expect(screen.queryByRole('combobox')).toBeNull()
    expect(screen.queryByRole('button', { name: 'Resolve' })).toBeNull()
  })

  it('an own comment is deleted at once, and comes back', async () => {
    const user = userEvent.setup()
    const own = thread('th1', { comments: [comment('c9', 'Mine', { id: SARA, name: 'Sara Ahmadi' })] })
    const { asked } = await showPanel({
      at: '?at=panel:comments&thread=th1', threads: [own],
      answers: {
        'DELETE /api/workspaces/w1/maps/m1/comments/c9': new Response(null, { status: 204 }),
        'POST /api/workspaces/w1/maps/m1/comments/c9/restore': own,
        [`GET ${T}/th1`]: own,
      },
    })
    await user.click(await screen.findByRole('button', { name: /Your comment of/ }))
    await user.click(await screen.findByRole('menuitem', { name: 'Delete' }))
    await user.click(await screen.findByRole('button', { name: 'Undo' }))
    await waitFor(() => expect(sent(asked, 'POST', '/api/workspaces/w1/maps/m1/comments/c9/restore')).toHaveLength(1))
  })
})
