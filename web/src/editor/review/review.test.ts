/** The review's rules, each on a map that breaks it and on one that does not. */
import { describe, expect, it } from 'vitest'
import { apply } from '../commands'
import { fromExchange } from '../document'
import { type Card, FORMAT, type MapDocument } from '../model'
import { proposedCommitment } from './commitment'
import { speaksOfCompany } from './companySpeak'
import { review, RULES, type Finding, type ReviewLibrary, type Rule } from './review'

const OWNER = { kind: 'team', name: 'Sales' } as const
const LANES = ['problem', 'goals', 'actions', 'touchpoints', 'feelings', 'opportunities', 'content'].map((kind) => ({ id: kind, kind }))
const library: ReviewLibrary = {
  touchpoints: new Map([
    ['bound', { name: 'Shop page', channel: 'site', matcher: { events: ['visit'] } }],
    ['loose', { name: 'Leaflet', channel: 'paper', matcher: null }],
  ]),
  channels: new Map([['site', { name: 'وب‌سایت', kind: 'web' }], ['paper', { name: 'Leaflets', kind: 'ads' }]]),
  followed: new Map([['lib1', ['وبسايت', 'Instagram']]]),
}

let n = 0
const card = (stage: string, lane: string, text: string, more: Partial<Card> = {}): Card => ({ id: `c${n++}`, stage, lane, text, ...more })

/** A map of two stages about which there is nothing to say. */
function good(): MapDocument {
  const full = (stage: string) => [
    card(stage, 'goals', 'Find a gift'),
    card(stage, 'problem', 'Is it there in time?'),
    card(stage, 'content', 'Delivery times'),
  ]
  return {
    format: FORMAT, title: 'Map', kind: 'current_state', language: 'en', personas: [{ id: 'p', name: 'Sara', persona: 'lib1' }],
    stages: [{ id: 's1', name: 'Look around', owner: OWNER }, { id: 's2', name: 'Purchase', owner: OWNER }], lanes: LANES,
    cards: [
      ...full('s1'), card('s1', 'actions', 'Compares two books', { owner: OWNER }), card('s1', 'actions', 'Asks in the chat', { owner: OWNER }),
      ...full('s2'), card('s2', 'actions', 'Adds to the basket', { owner: OWNER }), card('s2', 'actions', 'Pays', { owner: OWNER }),
      card('s2', 'touchpoints', '', { touchpoint: 'bound', complaint: true }),
    ],
    emotions: [], branches: [], lines: [], arrows: [], targets: [], steps: [],
  }
}

const found = (map: MapDocument, rule?: Rule): Finding[] =>
  review(fromExchange(map).snapshot, library, '2026-11-22').filter((one) => !rule || one.rule === rule)

const without = (map: MapDocument, gone: (one: Card) => boolean): MapDocument => ({ ...map, cards: map.cards.filter((one) => !gone(one)) })

const BROKEN: Record<Rule, (map: MapDocument) => MapDocument> = {
  stage_without_goals: (map) => without(map, (one) => one.stage === 's1' && one.lane === 'goals'),
  action_without_owner: (map) => ({ ...map, cards: map.cards.map((one) => (one.text === 'Pays' ? { ...one, owner: undefined } : one) as Card) }),
  commitment_jump: (map) => without(map, (one) => one.text === 'Adds to the basket'),
  company_speak: (map) => ({ ...map, cards: [...map.cards, card('s1', 'goals', 'Increase sales by a fifth')] }),
  thin_stage: (map) => ({
    ...map,
    stages: [...map.stages, { id: 's3', name: 'Use', owner: OWNER }],
    cards: [...map.cards, card('s3', 'goals', 'Read it')],
  }),
  question_without_content: (map) => without(map, (one) => one.stage === 's2' && one.lane === 'content'),
  negative_without_opportunity: (map) => ({ ...map, emotions: [{ persona: 'p', stage: 's2', value: -1 }] }),
  channel_not_followed: (map) => ({
    ...map,
    cards: [...map.cards, card('s1', 'touchpoints', 'A leaflet', { touchpoint: 'loose' })],
    review_off: [{ rule: 'touchpoint_not_bound', reason: 'paper' }],
  }),
  no_complaint: (map) => ({ ...map, cards: map.cards.map((one) => ({ ...one, complaint: undefined }) as Card) }),
  touchpoint_not_bound: (map) => ({ ...map, cards: [...map.cards, card('s1', 'touchpoints', 'A leaflet')] }),
  stage_without_owner: (map) => ({ ...map, stages: map.stages.map((one) => ({ id: one.id, name: one.name, owner: one.id === 's1' ? undefined : OWNER }) as typeof one) }),
  review_overdue: (map) => ({ ...map, review_on: '2026-11-21' }),
}

describe('the review', () => {
  it('says nothing of a map that is as it should be', () => {
    expect(found(good())).toEqual([])
  })

  it.each(RULES)('offers a way to mend %s', (rule) => {
    expect(found(BROKEN[rule](good())).map((one) => one.fix !== undefined)).toEqual([true])
  })

  it('puts the next review three months after the one that is done', () => {
    expect(found(BROKEN.review_overdue(good()))[0]!.fix).toEqual({
      kind: 'run', name: 'reviewed', commands: [{ do: 'set_map', fields: { review_on: '2027-02-20' } }],
    })
  })

  it('names cards by their words, without the marks they are written with', () => {
    const map = good()
    const said = found({ ...map, cards: [...map.cards, card('s1', 'touchpoints', '**A leaflet** in the [shop](https://toranj.example)')] })
    expect(said.map((one) => one.says)).toEqual([{ text: 'A leaflet in the shop' }])
  })

  it.each(RULES)('finds %s, and only that', (rule) => {
    const broken = BROKEN[rule](good())
    expect(found(broken).map((one) => one.rule)).toEqual([rule])
    const off = [...(broken.review_off ?? []), { rule, reason: 'not here' }]
    expect(found({ ...broken, review_off: off })).toEqual([])
  })

  it('names the two actions of a jump, and puts the new step between them', () => {
    const [jump] = found(BROKEN.commitment_jump(good()))
    expect(jump!.says).toEqual({ from: 'Asks in the chat', to: 'Pays', low: 3, high: 5 })
    expect(jump!.fix).toMatchObject({ kind: 'add_card', stage: 's2', before: jump!.place.id })
  })

  it("takes the author's word on a level before the wording's", () => {
    const map = good()
    const trusted = map.cards.map((one) => (one.text === 'Compares two books' ? { ...one, commitment: 1 } : one))
    expect(found({ ...map, cards: trusted }, 'commitment_jump')).toHaveLength(1)
  })

  it('gives the actions of a stage their owner in one press', () => {
    const map = fromExchange(BROKEN.action_without_owner(good()))
    const [finding] = review(map.snapshot, library, '2026-11-22')
    if (finding?.fix?.kind !== 'run') throw new Error('a fix that runs was expected')
    apply(map, finding.fix.commands)
    expect(review(map.snapshot, library, '2026-11-22')).toEqual([])
  })

  it('is due on its day, not before and not on it', () => {
    expect(found({ ...good(), review_on: '2026-11-22' })).toEqual([])
  })

  it('asks neither for goals nor for even commitment where a map follows no customer', () => {
    const blueprint = BROKEN.commitment_jump({ ...good(), kind: 'service_blueprint', lanes: LANES.filter((lane) => lane.id !== 'goals') })
    expect(found(without(blueprint, (one) => one.lane === 'goals'))).toEqual([])
  })

  it('has nothing to say of an empty map', () => {
    expect(found({ ...good(), stages: [], cards: [], lanes: [] })).toEqual([])
  })
})

describe('the level an action suggests', () => {
  it.each([
    ['Sees an advert on the bus', 1], ['در اینستاگرام پست می‌بیند', 1],
    ['Compares prices on three sites', 2], ['دو محصول را مقایسه می‌کند', 2],
    ['Signs up for the newsletter', 3], ['در دایرکت می‌پرسد', 3], ['ثبت‌نام می‌کند', 3],
    ['Tries the demo', 4], ['کتاب را به سبد خرید می‌افزاید', 4],
    ['Pays by card', 5], ['سفارشش را پرداخت می‌کند', 5], ['قرارداد را امضا می‌کند', 5],
    ['Recommends it to colleagues', 6], ['به دوستانش معرفی می‌کند', 6],
    ['Sits on the sofa', null], ['', null],
  ])('%s', (text, level) => {
    expect(proposedCommitment(text)).toBe(level)
  })
})

describe('company speak', () => {
  it.each(['Increase sales', 'We want more leads', 'افزایش فروش', 'می‌خواهیم مشتری جذب کنیم', 'بالا بردن نرخ تبديل'])('%s', (text) => {
    expect(speaksOfCompany(text)).toBe(true)
  })
  it.each(['Find a gift for my sister', 'هدیه‌ای برای خواهرم پیدا کنم', 'Is our family safe with it?', 'فروشنده زود جواب بدهد'])('not %s', (text) => {
    expect(speaksOfCompany(text)).toBe(false)
  })
})
