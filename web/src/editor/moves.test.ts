import { describe, expect, it } from 'vitest'
import { apply } from './commands'
import { fromExchange } from './document'
import { FORMAT } from './model'
import { moveAmong, moveCardStep, stepOfKey } from './moves'

const map = () =>
  fromExchange({
    format: FORMAT, title: 't', kind: 'current_state', language: 'en', personas: [], emotions: [], branches: [], lines: [],
    arrows: [], targets: [], steps: [],
    stages: [{ id: 's1', name: '1' }, { id: 's2', name: '2' }],
    lanes: [{ id: 'l1', kind: 'actions' }, { id: 'e', kind: 'emotion' }, { id: 'h', kind: 'text', hidden: true }, { id: 'l2', kind: 'pains' }],
    cards: [
      { id: 'a', stage: 's1', lane: 'l1', text: '' },
      { id: 'b', stage: 's1', lane: 'l1', text: '' },
      { id: 'c', stage: 's1', lane: 'l2', text: '' },
    ],
  })

describe('keyboard moves', () => {
  it('follow the reading direction', () => {
    expect(stepOfKey('ArrowLeft', 'rtl')).toBe('forward')
    expect(stepOfKey('ArrowLeft', 'ltr')).toBe('back')
    expect(stepOfKey('a', 'ltr')).toBeNull()
  })

  it('move a card down its cell, then into the next lane that holds cards', () => {
    const open = map()
    apply(open, [moveCardStep(open, 'a', 'down')!])
    expect(open.cell('s1', 'l1')).toEqual(['b', 'a'])
    apply(open, [moveCardStep(open, 'a', 'down')!])
    expect(open.cell('s1', 'l2')).toEqual(['a', 'c'])
    apply(open, [moveCardStep(open, 'a', 'up')!])
    expect(open.cell('s1', 'l1')).toEqual(['b', 'a'])
  })

  it('stop at the edges of the map', () => {
    const open = map()
    expect(moveCardStep(open, 'a', 'back')).toBeNull()
    expect(moveCardStep(open, 'a', 'up')).toBeNull()
    expect(moveCardStep(open, 'c', 'down')).toBeNull()
    expect(moveCardStep(open, 'a', 'forward')).toMatchObject({ stage: 's2', lane: 'l1' })
  })

  it('move a stage one place', () => {
    expect(moveAmong('stage', ['a', 'b', 'c'], 'a', true)).toEqual({ do: 'move_stage', id: 'a', before: 'c' })
    expect(moveAmong('stage', ['a', 'b', 'c'], 'b', true)).toEqual({ do: 'move_stage', id: 'b', before: null })
    expect(moveAmong('lane', ['a', 'b', 'c'], 'c', false)).toEqual({ do: 'move_lane', id: 'c', before: 'b' })
    expect(moveAmong('lane', ['a'], 'a', true)).toBeNull()
  })
})
