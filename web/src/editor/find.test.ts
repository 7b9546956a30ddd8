import { describe, expect, it } from 'vitest'
import { fromExchange } from './document'
import { findInMap } from './find'
import { FORMAT } from './model'

const map = fromExchange({
  format: FORMAT, title: 't', kind: 'current_state', language: 'fa', personas: [], emotions: [], branches: [], lines: [], arrows: [], targets: [],
  stages: [{ id: 's1', name: 'خرید' }, { id: 's2', name: 'ارسال', owner: { kind: 'text', name: 'تیم پشتیبانی' } }],
  steps: [{ id: 'p', stage: 's1', name: 'پرداخت' }],
  lanes: [{ id: 'l1', kind: 'actions' }, { id: 'h', kind: 'text', hidden: true }],
  cards: [
    { id: 'a', stage: 's1', lane: 'l1', step: 'p', text: 'پرداخت می‌کند' },
    { id: 'b', stage: 's1', lane: 'l1', text: '۲۰ دقیقه', tags: ['فوری'] },
    { id: 'c', stage: 's2', lane: 'l1', text: '', touchpoint: 't1' },
    { id: 'd', stage: 's2', lane: 'h', text: 'پرداخت' },
  ],
})
const ids = (query: string) => findInMap(map.snapshot, query, (id) => (id === 't1' ? 'پیامک' : undefined)).map((match) => match.id)

describe('finding in a map', () => {
  it('goes in reading order, and leaves hidden lanes out', () => {
    expect(ids('پرداخت')).toEqual(['p', 'a'])
  })

  it('is the same however it is typed', () => {
    expect(ids('پرداخت ميكند')).toEqual(ids('پرداخت می‌کند'))
    expect(ids('پرداخت ميكند')).toEqual(['a'])
    expect(ids('20')).toEqual(['b'])
  })

  it('looks at tags, owners and the names of touchpoints', () => {
    expect(ids('#فوری')).toEqual(['b'])
    expect(ids('پشتیبانی')).toEqual(['s2'])
    expect(ids('پیامک')).toEqual(['c'])
    expect(ids('  ')).toEqual([])
  })
})
