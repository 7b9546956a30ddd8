import { screen, waitFor, within } from '@testing-library/react'
import userEvent from '@testing-library/user-event'
import { describe, expect, it, vi } from 'vitest'
import { routes } from '@/app/routes'
import { json, serve, session, show } from '@/testing/render'
import type { Import, Preview, Upload } from './types'

const upload: Upload = {
  id: 'up1',
  filename: 'orders.csv',
  size: 2048,
  inspection: {
    format: 'csv',
    compression: null,
    encoding: 'utf-8',
    delimiter: ',',
    sheets: [],
    columns: [
      { name: 'customer', kind: 'text', samples: ['c1', 'c2'], role_guess: 'person' },
      { name: 'action', kind: 'text', samples: ['order'], role_guess: 'event' },
      { name: 'date', kind: 'time', samples: ['03/04/2024'], role_guess: 'time' },
    ],
    guess: {
      person: 'customer', event: 'action', time: 'date', event_constant: null, properties: [], channel: null,
      time_of_day: null, time_format: null, timezone: 'UTC', numbers: null, encoding: null, delimiter: ',', sheet: null,
    },
    questions: [{ code: 'ambiguous_date_order', column: 'date', options: ['dmy', 'mdy'] }],
    rows_estimate: 2,
  },
}
const preview: Preview = {
  rows: [
    { line: 2, person: 'c1', event: 'order', at: '2024-04-03T00:00:00Z', channel: null, properties: { amount: 5 }, error: null },
    {
      line: 3, person: '', event: '', at: '', channel: null, properties: {},
      error: { code: 'missing_person', column: 'customer', value_excerpt: '', detail: '“customer” is empty.' },
    },
  ],
  rejected_in_sample: 1,
  questions: [],
}
const running: Import = {
  id: 'i1', filename: 'orders.csv', size: 2048, status: 'running', job_id: 'j1', progress: 0.4, error: null,
  rows_read: 1, rows_added: 0, rows_duplicate: 0, rows_rejected: 0, reasons: [],
  mapping: upload.inspection.guess, created_at: '2026-11-22T10:00:00Z', created_by: 'Sara',
}
const done: Import = {
  ...running, status: 'done', progress: 1, rows_read: 2, rows_added: 1, rows_rejected: 1,
  reasons: [{ code: 'missing_person', column: 'customer', count: 1, first_line: 3, detail: '“customer” is empty.' }],
}

/** jsdom's own XMLHttpRequest would go to the network: this one is the door. */
function answerUpload(status: number, body: unknown) {
  class Door {
    upload = {}
    status = status
    response = body
    onload?: () => void
    open() {}
    setRequestHeader() {}
    abort() {}
    send() {
      queueMicrotask(() => this.onload?.())
    }
  }
  vi.stubGlobal('XMLHttpRequest', Door)
}

const BASE = '/api/workspaces/w1/imports'

async function dropFile() {
  await screen.findByText('Drop a file of events here')
  await userEvent.upload(document.querySelector('input[type=file]')!, new File(['x'], 'orders.csv'))
}

describe('importing a file', () => {
  it('asks for the date order, shows the rows as they will be read, imports and tells what came of it', async () => {
    answerUpload(201, upload)
    let looked = 0
    const asked = serve({
      'GET /api/session': session('editor'),
      [`POST ${BASE}/uploads/up1/preview`]: preview,
      [`POST ${BASE}`]: running,
      [`GET ${BASE}/i1`]: () => (looked++ === 0 ? running : done),
    })
    await show(routes, '/w/w1/imports/new')
    await dropFile()

    const start = await screen.findByRole('button', { name: 'Import' })
    expect((start as HTMLButtonElement).disabled).toBe(true)
    await userEvent.click(screen.getByRole('radio', { name: /4 March 2024/ }))

    const table = await screen.findByRole('table', { name: /first rows/i })
    expect(within(table).getByText('“customer” is empty.')).toBeTruthy()
    await waitFor(() => expect((start as HTMLButtonElement).disabled).toBe(false))
    await userEvent.click(start)

    expect(await screen.findByRole('progressbar')).toBeTruthy()
    expect(await screen.findByText('Why rows were left out', {}, { timeout: 5000 })).toBeTruthy()
    const sent = asked.find((one) => one.method === 'POST' && one.path === BASE)!
    expect(sent.body).toMatchObject({ upload_id: 'up1', mapping: { time_format: 'mdy', person: 'customer' } })
    const download = screen.getByRole('link', { name: /Download these rows/ })
    expect(download.getAttribute('href')).toBe(`${BASE}/i1/rejected.csv`)
  })

  it('shows the columns, the guess and the rows of another sheet, and keeps what was when it has none', async () => {
    const book: Upload = {
      ...upload, filename: 'crm.xlsx',
      inspection: { ...upload.inspection, format: 'xlsx', delimiter: null, sheets: ['Orders', 'Calls', 'Empty'], questions: [] },
    }
    const calls = {
      ...book.inspection,
      columns: [
        { name: 'caller', kind: 'text', samples: ['c1'], role_guess: 'person' },
        { name: 'called', kind: 'time', samples: ['1405/01/02'], role_guess: 'time' },
      ],
      guess: { ...book.inspection.guess, person: 'caller', event: '', event_constant: 'call', time: 'called', timezone: 'Asia/Tehran', sheet: 'Calls' },
    }
    answerUpload(201, book)
    const asked = serve({
      'GET /api/session': session('editor'),
      [`POST ${BASE}/uploads/up1/inspect`]: ({ body }: { body: { sheet: string } }) =>
        body.sheet === 'Calls' ? calls : json({ code: 'no_rows', title: 'The sheet has no rows.', status: 400 }, 400),
      [`POST ${BASE}/uploads/up1/preview`]: preview,
    })
    await show(routes, '/w/w1/imports/new')
    await dropFile()
    await userEvent.click(await screen.findByRole('button', { name: 'Read it differently' }))
    await userEvent.selectOptions(await screen.findByLabelText('Sheet'), 'Calls')
    expect(await screen.findByLabelText('What caller is')).toBeTruthy()
    expect(screen.queryByLabelText('What customer is')).toBeNull()
    expect(asked.find((one) => one.path.endsWith('/inspect'))!.body).toEqual({ sheet: 'Calls', encoding: null, delimiter: ',' })
    // 2024-04-03T00:00:00Z, whatever the zone of the browser.
    expect(await screen.findByText('3 Apr 2024, 03:30')).toBeTruthy()
    expect(screen.getByRole('columnheader', { name: 'Time (Tehran time)' })).toBeTruthy()
    const last = asked.filter((one) => one.path.endsWith('/preview')).at(-1)!
    expect(last.body).toMatchObject({ mapping: { sheet: 'Calls', person: 'caller', time: 'called', event_constant: 'call' } })

    await userEvent.selectOptions(screen.getByLabelText('Sheet'), 'Empty')
    expect((await screen.findByRole('alert')).textContent).toContain('The sheet has no rows.')
    expect((screen.getByLabelText('Sheet') as HTMLSelectElement).value).toBe('Calls')
    expect(screen.getByLabelText('What caller is')).toBeTruthy()
  })

  it('says that the events of a sample came without an import', async () => {
    const signedIn = session('owner')
    signedIn.workspaces[0]!.is_sample = true
    serve({ 'GET /api/session': signedIn, [`GET ${BASE}`]: { items: [], next: null } })
    await show(routes, '/w/w1/imports')
    expect(await screen.findByText('Nothing was imported here yet')).toBeTruthy()
    expect(screen.getByText(/The events of this sample came with it/)).toBeTruthy()
  })

  it('says in the server’s words what is wrong with a file, and waits for another', async () => {
    answerUpload(400, { code: 'no_rows', title: 'The file has no rows.', detail: 'The file has no rows.', status: 400 })
    serve({ 'GET /api/session': session('editor') })
    await show(routes, '/w/w1/imports/new')
    await dropFile()
    expect((await screen.findByRole('alert')).textContent).toContain('The file has no rows.')
    expect(screen.getByRole('button', { name: 'Choose a file' })).toBeTruthy()
  })

  it('does not offer a viewer what they may not do', async () => {
    serve({ 'GET /api/session': session('viewer'), [`GET ${BASE}`]: { items: [done], next: null } })
    await show(routes, '/w/w1/imports')
    await screen.findByText('orders.csv')
    expect(screen.queryByRole('button', { name: 'Take back' })).toBeNull()
    expect(screen.queryByRole('link', { name: 'Import a file' })).toBeNull()
  })

  it('takes an import back after asking once', async () => {
    const asked = serve({
      'GET /api/session': session('editor'),
      [`GET ${BASE}`]: { items: [done], next: null },
      [`POST ${BASE}/i1/undo`]: { ...done, status: 'undone' },
    })
    await show(routes, '/w/w1/imports')
    await userEvent.click(await screen.findByRole('button', { name: 'Take back' }))
    const question = (await screen.findByText('Take 1 event of this import out of the workspace?')).parentElement!
    expect(asked.some((one) => one.path.endsWith('/undo'))).toBe(false)
    // jsdom lays nothing out, so the popover takes its own button for scrolled away and hides.
    await userEvent.click(within(question).getByRole('button', { name: 'Take back', hidden: true }))
    await waitFor(() => expect(asked.some((one) => one.path.endsWith('/undo'))).toBe(true))
  })
})
