/** A map on its board, with no server: for tests of the screen's parts. */
import type { MapDocument } from '@/editor/model'
import { FORMAT } from '@/editor/model'
import { fromExchange, type MapDoc } from '@/editor/document'
import { serve, session, show } from './render'
import { loadTexts } from '@/i18n/texts'
import type { Language } from '@/i18n/format'
import { Board } from '@/maps/board/Board'
import { CardTools } from '@/maps/cards/CardTools'
import { FilesProvider } from '@/maps/files/context'
import { LibraryProvider } from '@/maps/library'
import { MeasuredProvider, type Measured } from '@/maps/measured/context'
import type { MeasuredMap } from '@/maps/measured/types'
import { SelectionProvider } from '@/maps/selection'
import { SessionProvider, useAnnouncement } from '@/maps/session'
import { useState } from 'react'
import type { Selected } from '@/maps/selection'
import { MapHead } from '@/maps/MapHead'
import { useSession as useSignedIn } from '@/shell/session'
import { Inspector } from '@/maps/inspector/Inspector'
import { StageByStage } from '@/maps/StageByStage'

export const bookshop: MapDocument = {
  format: FORMAT, title: 'Bookshop', kind: 'current_state', language: 'en',
  personas: [], branches: [], lines: [], arrows: [], targets: [], steps: [],
  stages: [
    { id: 's1', name: 'Awareness' },
    { id: 's2', name: 'Purchase', exit_touchpoint: 't2' },
  ],
  lanes: [
    { id: 'l1', kind: 'touchpoints' },
    { id: 'l2', kind: 'pains' },
  ],
  cards: [
    { id: 'c1', lane: 'l1', stage: 's1', text: 'Advert', touchpoint: 't1' },
    { id: 'c2', lane: 'l1', stage: 's2', text: 'Checkout', touchpoint: 't2', need: 'required' },
    { id: 'c3', lane: 'l2', stage: 's2', text: 'Payment fails' },
  ],
  emotions: [{ persona: null, stage: 's1', value: 1 }],
}

const rate = (value: number, n: number) => ({ value, low: value - 0.02, high: value + 0.02, n })
const stage = (id: string, numbers: Partial<MeasuredMap['stages'][number]>): MeasuredMap['stages'][number] => ({
  stage: id, entered: 0, persons: 0, went_on: 0, left: 0, still_open: 0, not_seen_after: 0, skipped: 0, achieved: null,
  share_went_on: rate(0.5, 10), median_seconds_to_next: null, n_time: 0, open_after_seconds: 2_592_000,
  open_after_source: 'default', gap_n: 0, ...numbers,
})

export const measured: MeasuredMap = {
  range: { from_at: null, to_at: null }, data_end_at: '2026-11-01T00:00:00Z', events: 500, bound_events: 400, unbound_events: 100,
  persons: 90, medians: { exact: true, relative_error: 0 },
  whole: { begun: 100, completed: 40, left: 45, still_open: 15, persons: 90, completion: rate(0.47, 85), median_seconds_to_complete: 90_000, n_time: 40 },
  stages: [
    stage('s1', { entered: 100, persons: 90, went_on: 60, left: 30, still_open: 10, share_went_on: rate(0.67, 90), median_seconds_to_next: 7200, n_time: 60 }),
    stage('s2', { entered: 60, persons: 55, went_on: 40, left: 15, still_open: 5, share_went_on: rate(0.73, 55) }),
  ],
  touchpoints: [
    {
      card: 'c1', touchpoint: 't1', stage: 's1', persons: 88, share_of_persons: rate(0.98, 90), visits: 140, instances: 95,
      median_seconds_since_previous: null, n_time: 0, last: 30,
      next: [{ card: 'c2', touchpoint: 't2', count: 60, persons: 55, share: 0.67 }, { card: '(end)', touchpoint: null, count: 30, persons: 30, share: 0.33 }],
      deviations: { missing: null, out_of_sequence: { events: 7, instances: 6, persons: 6 }, failing: null, late: null },
    },
    {
      card: 'c2', touchpoint: 't2', stage: 's2', persons: 55, share_of_persons: rate(0.61, 90), visits: 61, instances: 58,
      median_seconds_since_previous: 7200, n_time: 58, next: [{ card: '(end)', touchpoint: null, count: 58, persons: 55, share: 1 }], last: 58,
      deviations: {
        missing: { instances: 3, persons: 3, of: 43 }, out_of_sequence: { events: 0, instances: 0, persons: 0 },
        failing: { events: 9, instances: 8, persons: 7, of: 61, share: rate(0.15, 61) },
        late: {
          events: 5, instances: 5, persons: 5, of: 58, share: rate(0.09, 58), target_seconds: 172_800, since: null,
          seconds: { n: 58, p25: 3600, p50: 7200, p75: 86_400, p90: 200_000 },
        },
      },
    },
  ],
  groups: [],
  ad_hoc: [{ event: 'payment_failed', from_card: 'c1', to_card: 'c2', instances: 12, persons: 11, of: 60, share: rate(0.2, 60) }],
  overlaps: [], unbound_touchpoints: [], unknown_events: [],
}

export const library = {
  'GET /api/workspaces/w1/touchpoints': {
    items: [
      { id: 't1', name: 'Advert', description: '', channel: 'ch1', matcher: { events: ['ad_click'], conditions: [] }, failure: null, target_seconds: null, target_from: null, profile: {}, maps: [] },
      { id: 't2', name: 'Checkout', description: '', channel: null, matcher: { events: ['order_paid'], conditions: [] }, failure: null, target_seconds: null, target_from: null, profile: {}, maps: [] },
    ],
    next: null,
  },
  'GET /api/workspaces/w1/channels': { items: [{ id: 'ch1', name: 'Instagram', kind: 'social', touchpoints: 1 }], next: null },
  'GET /api/workspaces/w1/personas': { items: [], next: null },
  'GET /api/workspaces/w1/members': [{ id: 'm1', name: 'Sara Ahmadi', email: 's@example.com', role: 'owner' }],
  'GET /api/workspaces/w1/teams': { items: [{ id: 'team1', name: 'Sales', members: [] }], proposed: [] },
  'GET /api/workspaces/w1/events/names': { items: [], next: null },
  'GET /api/workspaces/w1/events/properties': { items: [] },
}

interface Options {
  document?: MapDocument
  readOnly?: boolean
  language?: Language
  measured?: MeasuredMap | null
  narrow?: boolean
  answers?: Record<string, unknown>
}

/** Shows the board; returns its document, what was asked of the server, and who was asked for. */
export async function showBoard(options: Options = {}) {
  const map = fromExchange(options.document ?? bookshop)
  const asked = serve({ 'GET /api/session': session(options.readOnly ? 'viewer' : 'owner', options.language ?? 'en'), ...library, ...options.answers })
  const whoAsked: unknown[] = []
  const openWho: Measured['openWho'] = (selector) => whoAsked.push(selector)
  await loadTexts(options.language ?? 'en', ['maps/board', 'maps/files'])
  const view = await show(
    [{ path: '/w/:w/maps/:m', element: <Part map={map} options={options} openWho={openWho} /> }],
    '/w/w1/maps/m1',
    { language: options.language ?? 'en' },
  )
  return { ...view, map, asked, whoAsked }
}

function Part({ map, options, openWho }: { map: MapDoc; options: Options; openWho: Measured['openWho'] }) {
  const { data } = useSignedIn()
  const [selected, onSelect] = useState<Selected | null>(null)
  if (!data) return null
  return (
    <SessionProvider map={map} readOnly={options.readOnly ?? false} onRefused={() => undefined}>
      <LibraryProvider>
        <SelectionProvider selected={selected} onSelect={onSelect}>
          <MeasuredProvider measured={options.measured ?? null} pending={false} openWho={openWho}>
            <FilesProvider map="m1">
            <MapHead shown="both" onShown={() => undefined} narrow={options.narrow ?? false} />
            {options.narrow ? <StageByStage /> : <Board shown="both" />}
            <CardTools />
            {selected && <Inspector selected={selected} onClose={() => onSelect(null)} />}
            <Said />
            </FilesProvider>
          </MeasuredProvider>
        </SelectionProvider>
      </LibraryProvider>
    </SessionProvider>
  )
}

function Said() {
  return <div data-testid="said">{useAnnouncement()}</div>
}
