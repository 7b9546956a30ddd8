import { configure, screen, waitFor } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { expect, it, vi } from 'vitest'
import { bookshop, showBoard } from '@/testing/board'
import { json } from '@/testing/render'

configure({ asyncUtilTimeout: 10_000 })
vi.setConfig({ testTimeout: 40_000 })

const FORMATS = [
  { format: 'pdf', left_out: ['formatting'], papers: ['one', 'a4', 'a3'], chooses: ['lanes', 'curves', 'scheme', 'measured'] },
  { format: 'csv', left_out: [], papers: [], chooses: [] },
]
const PATH = '/api/workspaces/w1/maps/m1/export'

async function open(answers: Record<string, unknown> = {}) {
  vi.stubGlobal('URL', Object.assign(URL, { createObjectURL: () => 'blob:x', revokeObjectURL: () => {} }))
  vi.spyOn(HTMLAnchorElement.prototype, 'click').mockImplementation(() => {})
  const file = () => new Response('%PDF', { headers: { 'Content-Disposition': "attachment; filename*=UTF-8''Bookshop.pdf" } })
  const shown = await showBoard({
    document: bookshop,
    answers: { 'GET /api/workspaces/w1/maps/m1/exports': FORMATS, [`GET ${PATH}/pdf`]: file, [`POST ${PATH}/pdf/measured`]: file, ...answers },
  })
  const user = userEvent.setup()
  await user.click(await screen.findByRole('button', { name: 'Export' }))
  await screen.findByRole('radio', { name: 'PDF, vector' })
  const asked = (path: string) => shown.asked.find((one) => one.path === path)
  return { user, asked }
}

it('asks for the file with what was chosen, and for no measured numbers unless they are ticked', async () => {
  const { user, asked } = await open()
  screen.getByText('Without formatting of text (bold, italic)')
  await user.click(screen.getByText('A4'))
  await user.click(screen.getByText('Dark'))
  await user.click(screen.getByRole('button', { name: /Lanes/ }))
  await user.click(screen.getByRole('checkbox', { name: 'Pain points' }))
  await user.click(screen.getByRole('button', { name: 'Get the file' }))
  await waitFor(() => expect(asked(`${PATH}/pdf`)).toBeDefined())
  expect(Object.fromEntries(asked(`${PATH}/pdf`)!.query)).toEqual({ paper: 'a4', scheme: 'dark', lanes: 'l1' })
})

it('asks for measured numbers with the range and filter of the page', async () => {
  const { user, asked } = await open()
  await user.click(screen.getByRole('checkbox', { name: 'What happened' }))
  await user.click(screen.getByRole('button', { name: 'Get the file' }))
  await waitFor(() => expect(asked(`${PATH}/pdf/measured`)).toBeDefined())
  expect(asked(`${PATH}/pdf/measured`)!.body).toEqual({ paper: 'one' })
})

it('says why a file cannot be made', async () => {
  const detail = 'This picture would be 8020 by 61,238 pixels.'
  const { user } = await open({ [`GET ${PATH}/pdf`]: json({ code: 'drawing_too_large', title: 'Too large', status: 413, detail }, 413) })
  await user.click(screen.getByRole('button', { name: 'Get the file' }))
  expect((await screen.findByRole('alert')).textContent).toBe(detail)
})

it('offers no choices that a format does not heed', async () => {
  const { user } = await open()
  await user.click(screen.getByRole('radio', { name: 'Table of cards (CSV)' }))
  screen.getByText('Carries all of this map.')
  expect(screen.queryByText('Paper')).toBeNull()
  expect(screen.queryByRole('checkbox', { name: 'What happened' })).toBeNull()
})
