/** The guides on maps from empty to finished: what is done, and what is missing where. */
import { describe, expect, it } from 'vitest'
import { fromExchange } from '../document'
import { type Card, FORMAT, type MapDocument } from '../model'
import { review } from '../review/review'
import { examplesFor, tradeOf } from './examples'
import { doneOf, fiveSteps, preparationLacks, sevenSteps, type Sheets } from './guide'

const OWNER = { kind: 'team', name: 'Sales' } as const
const SHEETS: Sheets = new Map([['lib', { job_title: 'Nurse', pains: ['no time'], channels: ['Instagram'] }]])
const empty: MapDocument = {
  format: FORMAT, title: 'Map', kind: 'current_state', language: 'en', personas: [], stages: [], lanes: [], cards: [], emotions: [],
  branches: [], lines: [], arrows: [], targets: [], steps: [],
}
const LANES = ['problem', 'goals', 'actions', 'touchpoints', 'thoughts', 'emotion', 'opportunities', 'content']
let n = 0
const card = (stage: string, lane: string, text: string, more: Partial<Card> = {}): Card => ({ id: `c${n++}`, stage, lane, text, ...more })

/** Two stages about which nothing is left to ask. */
function finished(): MapDocument {
  const stage = (id: string) => [
    card(id, 'problem', 'Is it there in time?'), card(id, 'content', 'Delivery times'), card(id, 'goals', 'Find a gift', { fit: 'can' }),
    card(id, 'touchpoints', 'Site'), card(id, 'thoughts', 'Nice'), card(id, 'opportunities', 'Say the price', { evidence: { kind: 'observed' } }),
    card(id, 'actions', id === 's1' ? 'Compares two' : 'Asks in the chat', { owner: OWNER }),
  ]
  return {
    ...empty, objective: 'More second orders', scope: 'From need to order', personas: [{ id: 'p', name: 'Mina', persona: 'lib' }],
    stages: [{ id: 's1', name: 'Look', owner: OWNER }, { id: 's2', name: 'Ask', owner: OWNER }],
    lanes: LANES.map((kind) => ({ id: kind, kind })), cards: [...stage('s1'), ...stage('s2')],
    emotions: [{ persona: null, stage: 's1', value: 1 }, { persona: null, stage: 's2', value: 0 }],
  }
}

const nobody = { touchpoints: new Map(), channels: new Map(), followed: new Map() }
function seven(map: MapDocument, sheets = SHEETS) {
  const { snapshot } = fromExchange(map)
  return sevenSteps(snapshot, review(snapshot, nobody, '2026-11-22'), sheets)
}
function five(map: MapDocument) {
  const { snapshot } = fromExchange(map)
  return fiveSteps(snapshot, review(snapshot, nobody, '2026-11-22'), SHEETS)
}
const lacking = (steps: { key: string; done: boolean }[]) => steps.filter((one) => !one.done).map((one) => one.key)
const without = (map: MapDocument, gone: (one: Card) => boolean): MapDocument => ({ ...map, cards: map.cards.filter((one) => !gone(one)) })

describe('the seven steps', () => {
  it('are all open on an empty map, which lacks its stages first', () => {
    const steps = seven(empty)
    expect(doneOf(steps)).toBe(0)
    expect(steps.map((one) => one.lacks[0]?.code)).toEqual(['no_persona', ...Array(6).fill('no_stages')])
  })

  it('are all done on a finished one', () => {
    expect(lacking(seven(finished()))).toEqual([])
  })

  it.each([
    ['script', without(finished(), (one) => one.stage === 's2' && one.lane === 'problem')],
    ['script', without(finished(), (one) => one.stage === 's2' && one.lane === 'content')],
    ['goals', without(finished(), (one) => one.stage === 's2' && one.lane === 'goals')],
    ['goals', { ...finished(), cards: [...finished().cards, card('s1', 'goals', 'Increase sales')] }],
    ['actions', { ...finished(), cards: [...finished().cards, card('s2', 'actions', 'Pays', { owner: OWNER })] }],
    ['feelings', without(finished(), (one) => one.stage === 's1' && one.lane === 'thoughts')],
    ['feelings', { ...finished(), emotions: [{ persona: null, stage: 's1', value: 1 }] }],
    ['opportunities', without(finished(), (one) => one.lane === 'opportunities')],
    ['owners', { ...finished(), stages: finished().stages.map(({ owner: _gone, ...stage }) => stage) }],
    ['persona', { ...finished(), personas: [{ id: 'p', name: 'Mina' }] }],
  ] as [string, MapDocument][])('only %s is open when that is missing', (key, map) => {
    // A payment brings the complaint with it, which belongs to the actions too.
    expect(lacking(seven(map))).toEqual([key])
  })

  it('name the stage where something is missing', () => {
    const script = seven(without(finished(), (one) => one.stage === 's2' && one.lane === 'problem'))[1]!
    expect(script.lacks).toEqual([{ code: 'no_problem', stage: 's2' }])
  })

  it('ask for no more than the review when a rule is switched off', () => {
    const map = without(finished(), (one) => one.stage === 's2' && one.lane === 'goals')
    expect(lacking(seven({ ...map, review_off: [{ rule: 'stage_without_goals', reason: 'same everywhere' }] }))).toEqual([])
  })

  it('say what the sheet of the persona leaves unsaid', () => {
    expect(seven(finished(), new Map([['lib', { job_title: 'Nurse', pains: [] }]]))[0]!.lacks).toEqual([{ code: 'persona_unsaid', what: ['pains', 'channels'] }])
  })
})

describe('the five steps', () => {
  it('are done on a finished map, though touchpoints are not bound yet', () => {
    expect(lacking(five(finished()))).toEqual([])
    expect(five(finished())[2]!.findings.map((one) => one.rule)).toEqual(['touchpoint_not_bound', 'touchpoint_not_bound'])
  })

  it.each([
    ['objective', { ...finished(), objective: '' }, 'no_objective'],
    ['matching', { ...finished(), cards: finished().cards.map(({ fit: _fit, ...one }) => one) }, 'goal_unanswered'],
    ['matching', { ...without(finished(), (one) => one.lane === 'opportunities' && one.stage === 's1'), cards: [...without(finished(), (one) => one.lane === 'opportunities' && one.stage === 's1').cards, card('s1', 'goals', 'Touch it', { fit: 'cannot' }), card('s1', 'text', 'Seen', { evidence: { kind: 'observed' } })] }, 'cannot_without_opportunity'],
    ['touchpoints', without(finished(), (one) => one.lane === 'touchpoints' && one.stage === 's2'), 'no_touchpoints'],
    ['elements', { ...finished(), lanes: finished().lanes.map((one) => (one.kind === 'emotion' ? { ...one, hidden: true } : one)) }, 'lane_missing'],
    ['walking', { ...finished(), cards: finished().cards.map((one) => (one.stage === 's1' ? { ...one, evidence: { kind: 'assumption' } as const } : one)) }, 'not_walked'],
  ] as [string, MapDocument, string][])('%s is open: %#', (key, map, code) => {
    const steps = five(map)
    expect(lacking(steps)).toEqual([key])
    expect(steps.find((one) => one.key === key)!.lacks[0]!.code).toBe(code)
  })
})

it('the preparation asks what for, whom, which experience and which stages', () => {
  expect(preparationLacks(fromExchange(empty).snapshot).map((one) => one.code)).toEqual(['no_objective', 'no_persona', 'no_scope', 'no_stages'])
  expect(preparationLacks(fromExchange(finished()).snapshot)).toEqual([])
})

describe('examples', () => {
  it.each([['Buying car insurance', 'insurance'], ['خرید بیمهٔ بدنه', 'insurance'], ['سفر بیمار در کلینیک', 'clinic'], ['Opening an account at the bank', 'bank'], ['نرم‌افزار حسابداری', 'software_service'], ['نقشهٔ ما', 'online_shop']])('%s is of the trade %s', (title, trade) => {
    expect(tradeOf(fromExchange({ ...empty, title }).snapshot)).toBe(trade)
  })

  it('come from the stage of the same name, else from the one as far along', () => {
    const trade: MapDocument = {
      ...empty, stages: [{ id: 'a', name: 'Notice' }, { id: 'b', name: 'Buy' }], lanes: [{ id: 'g', kind: 'goals' }],
      cards: [card('a', 'g', 'Find it'), card('b', 'g', 'Pay safely')],
    }
    const stages = [{ id: '1', name: 'buy' }, { id: '2', name: 'Look' }, { id: '3', name: 'Use' }]
    expect(examplesFor(trade, stages, 0, 'goals')).toEqual(['Pay safely'])
    expect(examplesFor(trade, stages, 2, 'goals')).toEqual(['Pay safely'])
    expect(examplesFor(trade, stages, 2, 'pains')).toEqual([])
  })
})
