import { describe, expect, it } from 'vitest'
import { apply } from './commands'
import { fromExchange } from './document'
import { FORMAT } from './model'
import { moveAmong, moveCardStep, moveStepAlong, stepOfKey } from './moves'

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

  it('lead a card through the steps of a stage before the next one', () => {
    const open = map()
    apply(open, [{ do: 'add_step', id: 'x', stage: 's1', name: 'Look' }, { do: 'add_step', id: 'y', stage: 's1', name: 'Choose' }])
    apply(open, [moveCardStep(open, 'a', 'forward')!])
    expect(open.part('s1', 'x', 'l1')).toEqual(['a'])
    expect(open.part('s1', null, 'l1')).toEqual(['b'])
    apply(open, [moveCardStep(open, 'a', 'down')!])
    expect(open.part('s1', 'x', 'l2')).toEqual(['a'])
    apply(open, [moveCardStep(open, 'a', 'forward')!])
    expect(open.card('a')).toMatchObject({ stage: 's1', step: 'y' })
    apply(open, [moveCardStep(open, 'a', 'forward')!])
    expect(open.card('a')).toMatchObject({ stage: 's2', lane: 'l2' })
    expect(open.card('a')!.step).toBeUndefined()
    apply(open, [moveCardStep(open, 'a', 'back')!])
    expect(open.card('a')).toMatchObject({ stage: 's1', step: 'y' })
  })

  it('pass over what is collapsed', () => {
    const open = map()
    apply(open, [{ do: 'add_stage', id: 's3', name: '3' }, { do: 'set_stage', id: 's2', fields: { collapsed: true } }])
    expect(moveCardStep(open, 'a', 'forward')).toMatchObject({ stage: 's3' })
    apply(open, [{ do: 'set_lane', id: 'l2', fields: { collapsed: true } }])
    expect(moveCardStep(open, 'b', 'down')).toBeNull()
  })

  it('move a step along its stage and into the next, with its cards', () => {
    const open = map()
    apply(open, [
      { do: 'add_step', id: 'x', stage: 's1', name: 'Look' }, { do: 'add_step', id: 'y', stage: 's1', name: 'Choose' },
      { do: 'add_step', id: 'z', stage: 's2', name: 'Pay' }, { do: 'move_card', id: 'a', stage: 's1', step: 'x', lane: 'l1', before: null },
    ])
    const order = () => open.snapshot.stages.flatMap((stage) => open.snapshot.steps.filter((step) => step.stage === stage.id).map((step) => `${stage.id}${step.id}`))
    apply(open, [moveStepAlong(open, 'x', true)!])
    expect(order()).toEqual(['s1y', 's1x', 's2z'])
    apply(open, [moveStepAlong(open, 'x', true)!])
    expect(order()).toEqual(['s1y', 's2x', 's2z'])
    expect(open.part('s2', 'x', 'l1')).toEqual(['a'])
    expect(moveStepAlong(open, 'z', true)).toBeNull()
    apply(open, [moveStepAlong(open, 'x', false)!])
    expect(open.card('a')).toMatchObject({ stage: 's1', step: 'x' })
    expect(moveStepAlong(open, 'y', false)).toBeNull()
  })

  it('move a stage one place', () => {
    expect(moveAmong('stage', ['a', 'b', 'c'], 'a', true)).toEqual({ do: 'move_stage', id: 'a', before: 'c' })
    expect(moveAmong('stage', ['a', 'b', 'c'], 'b', true)).toEqual({ do: 'move_stage', id: 'b', before: null })
    expect(moveAmong('lane', ['a', 'b', 'c'], 'c', false)).toEqual({ do: 'move_lane', id: 'c', before: 'b' })
    expect(moveAmong('lane', ['a'], 'a', true)).toBeNull()
  })
})
