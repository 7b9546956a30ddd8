import { describe, expect, it } from 'vitest'
import { clipOf, clipOfText, duplicate, MOST_PASTED, paste, PasteRefused, readClip, type Clip, type Library } from './clip'
import { apply } from './commands'
import { fromExchange, type MapDoc } from './document'
import { moveCards, shiftCards, tagCards } from './manyCards'
import { FORMAT, type Card, type MapDocument } from './model'
import { allCards, between, neighbour, nextCell } from './reach'
import { Undo } from './undo'

const card = (id: string, stage: string, lane: string, more: Partial<Card> = {}): Card => ({ id, stage, lane, text: id.toUpperCase(), ...more })
const map = (cards: Card[]): MapDoc =>
  fromExchange({
    format: FORMAT, title: 'Shop', kind: 'current_state', language: 'en', personas: [], branches: [], lines: [], targets: [], steps: [],
    stages: [{ id: 's1', name: 'Seeing' }, { id: 's2', name: 'Buying' }, { id: 's3', name: 'Using' }],
    lanes: [{ id: 'a', kind: 'actions' }, { id: 'e', kind: 'emotion' }, { id: 't', kind: 'touchpoints' }],
    cards, arrows: cards.some((one) => one.id === 'b') ? [{ id: 'r1', from_card: 'a1', to_card: 'b' }] : [], emotions: [],
  } satisfies MapDocument)
const drawn = () => map([card('a1', 's1', 'a'), card('a2', 's1', 'a'), card('a3', 's1', 'a'), card('b', 's2', 'a'), card('t1', 's1', 't')])
const library: Library = { workspace: 'w1', names: new Map([['tp1', 'Checkout']]), idOf: (name) => (name.toLowerCase() === 'checkout' ? 'tp1' : undefined) }
const texts = (doc: MapDoc, stage: string, lane: string) => doc.part(stage, null, lane).map((id) => doc.card(id)!.text)

describe('reaching cards', () => {
  it('goes cell by cell, lane by lane', () => {
    const doc = drawn()
    expect(allCards(doc)).toEqual(['a1', 'a2', 'a3', 'b', 't1'])
    expect(between(doc, 'a3', 'a1')).toEqual(['a1', 'a2', 'a3'])
    expect(between(doc, 'b', 't1')).toEqual(['a1', 'a2', 'a3', 'b', 't1'])
    expect(neighbour(doc, 'a3', 'down')).toBe('t1')
    expect(neighbour(doc, 'a2', 'forward')).toBe('b')
    expect(neighbour(doc, 'b', 'forward')).toBeNull()
    expect(nextCell(doc, { stage: 's3', step: null, lane: 'a' }, false)).toEqual({ stage: 's1', step: null, lane: 't' })
    expect(nextCell(doc, { stage: 's1', step: null, lane: 'a' }, true)).toBeNull()
  })
})

describe('several cards', () => {
  it('move together, before a card that stays, as one step of undo', () => {
    const doc = drawn()
    const undo = new Undo(doc)
    apply(doc, moveCards(doc, new Set(['b', 'a1']), { stage: 's1', step: null, lane: 'a' }, 'a3'))
    expect(texts(doc, 's1', 'a')).toEqual(['A2', 'A1', 'B', 'A3'])
    undo.undo()
    expect(texts(doc, 's1', 'a')).toEqual(['A1', 'A2', 'A3'])
  })

  it('may be dropped onto one of themselves', () => {
    const doc = drawn()
    apply(doc, moveCards(doc, new Set(['a1', 'a2']), { stage: 's1', step: null, lane: 'a' }, 'a2'))
    expect(texts(doc, 's1', 'a')).toEqual(['A1', 'A2', 'A3'])
  })

  it('shift along together, or not at all', () => {
    const doc = drawn()
    apply(doc, shiftCards(doc, new Set(['a1', 'b']), 'forward')!)
    expect(doc.card('a1')!.stage).toBe('s2')
    expect(doc.card('b')!.stage).toBe('s3')
    expect(shiftCards(doc, new Set(['a1', 'b']), 'forward')).toBeNull()
    apply(doc, shiftCards(doc, new Set(['a2']), 'down')!)
    expect(doc.card('a2')!.lane).toBe('t')
  })

  it('keep their own tags when those in common change', () => {
    const doc = map([card('a1', 's1', 'a', { tags: ['x', 'own'] }), card('a2', 's1', 'a', { tags: ['x'] })])
    apply(doc, tagCards(doc, new Set(['a1', 'a2']), ['new']))
    expect(doc.card('a1')!.tags).toEqual(['own', 'new'])
    expect(doc.card('a2')!.tags).toEqual(['new'])
  })

  it('are duplicated after themselves, with the arrows between them', () => {
    const doc = drawn()
    const made = duplicate(doc, new Set(['a1', 'a2', 'b']))
    apply(doc, made.commands)
    expect(texts(doc, 's1', 'a')).toEqual(['A1', 'A2', 'A1', 'A2', 'A3'])
    expect(doc.snapshot.arrows.map((arrow) => [arrow.from_card, arrow.to_card])).toContainEqual([made.ids[0], made.ids[2]])
  })
})

describe('the clipboard', () => {
  const at = { stage: 's1', step: null, lane: 'a' }
  const refused = (run: () => unknown): string => {
    try {
      run()
    } catch (error) {
      return (error as PasteRefused).code
    }
    return 'not refused'
  }

  it('carries cards to another map, keeping how they stood', () => {
    const from = drawn()
    const { clip, text } = clipOf(from, new Set(['a1', 'b', 't1']), library)
    expect(text).toBe('A1\tB\nT1\t')
    const to = map([card('z', 's2', 'a')])
    apply(to, paste(to, readClip(JSON.stringify(clip))!, { ...at, stage: 's2' }, 'z', library).commands)
    expect(texts(to, 's2', 'a')).toEqual(['Z', 'A1'])
    expect(texts(to, 's3', 'a')).toEqual(['B'])
    expect(texts(to, 's2', 't')).toEqual(['T1'])
    expect(to.snapshot.arrows).toHaveLength(1)
  })

  it('finds a touchpoint by its id at home and by its name elsewhere', () => {
    const from = map([card('t1', 's1', 't', { text: '', touchpoint: 'tp1', owner: { kind: 'member', id: 'm1', name: 'Sara' } })])
    const { clip } = clipOf(from, new Set(['t1']), library)
    const here = map([])
    apply(here, paste(here, clip, { ...at, lane: 't' }, null, library).commands)
    expect([...here.snapshot.cards.values()][0]).toMatchObject({ touchpoint: 'tp1', owner: { kind: 'member', id: 'm1' } })
    const there = map([])
    apply(there, paste(there, clip, { ...at, lane: 't' }, null, { workspace: 'w2', names: new Map([['x9', 'Checkout']]), idOf: () => 'x9' }).commands)
    expect([...there.snapshot.cards.values()][0]).toMatchObject({ touchpoint: 'x9', owner: { kind: 'text', name: 'Sara' } })
    const nowhere = map([])
    apply(nowhere, paste(nowhere, clip, { ...at, lane: 't' }, null, { workspace: 'w3', names: new Map(), idOf: () => undefined }).commands)
    expect([...nowhere.snapshot.cards.values()][0]).toMatchObject({ text: 'Checkout' })
    expect([...nowhere.snapshot.cards.values()][0]!.touchpoint).toBeUndefined()
  })

  it('makes cards of a spreadsheet: rows below each other, columns along the stages', () => {
    const doc = map([])
    const undo = new Undo(doc)
    apply(doc, paste(doc, clipOfText('می‌بیند\tمی‌خرد\n"دو\nسطر"\t\nsum\t=1+1')!, at, null, library).commands)
    expect(texts(doc, 's1', 'a')).toEqual(['می‌بیند', 'دو\nسطر', 'sum'])
    expect(texts(doc, 's2', 'a')).toEqual(['می‌خرد', '=1+1'])
    undo.undo()
    expect(doc.snapshot.cards.size).toBe(0)
  })

  it('refuses what is too much, and changes nothing', () => {
    const doc = map([])
    const lines = (count: number) => clipOfText(Array.from({ length: count }, (_, index) => `line ${index}`).join('\n'))!
    expect(paste(doc, lines(MOST_PASTED), at, null, library).ids).toHaveLength(MOST_PASTED)
    expect(refused(() => paste(doc, lines(MOST_PASTED + 1), at, null, library))).toBe('too_many')
    expect(refused(() => paste(doc, clipOfText('x'.repeat(5001))!, at, null, library))).toBe('too_long')
    expect(refused(() => paste(doc, clipOfText('a\tb\tc\td')!, at, null, library))).toBe('too_few_stages')
    const two: Clip = { format: 'hamsafar-cards/1', workspace: 'w1', arrows: [], cards: [{ column: 0, lane: 0, fields: { text: 'a' } }, { column: 0, lane: 1, fields: { text: 'b' } }] }
    expect(refused(() => paste(doc, two, { ...at, lane: 't' }, null, library))).toBe('too_few_lanes')
    expect(doc.snapshot.cards.size).toBe(0)
  })

  it('takes of a clip only what a card can have', () => {
    const fields = {
      text: 'a', tags: 'no list', color: 'url(x)', link: 'javascript:alert(1)', owner: 'x', evidence: { kind: 'sure' }, impact: 9, emoji: 'x'.repeat(99),
      stage: 's3', order: 'zz', constructor: 'x', __proto__: 'x', moment_of_truth: true, fit: 'can',
    }
    const doc = map([])
    apply(doc, paste(doc, { format: 'hamsafar-cards/1', workspace: 'w1', arrows: [], cards: [{ column: 0, lane: 0, fields }] }, at, null, library).commands)
    const { id: _id, ...kept } = [...doc.snapshot.cards.values()][0]!
    expect(kept).toEqual({ text: 'a', stage: 's1', lane: 'a', moment_of_truth: true, fit: 'can' })
  })

  it.each(['', '{}', '[]', 'null', '{"format":"hamsafar-cards/1","workspace":"w","cards":[{"column":-1,"lane":0,"fields":{"text":"a"}}],"arrows":[]}',
    '{"format":"hamsafar-cards/1","workspace":"w","cards":[{"column":0,"lane":0,"fields":{"text":"a"}}],"arrows":[{"from":0,"to":7}]}',
    '{"format":"hamsafar-cards/1","workspace":"w","cards":[{"column":0,"lane":0,"fields":null}],"arrows":[]}'])('takes %j for no clip', (json) => {
    expect(readClip(json)).toBeNull()
  })
})
