import { describe, expect, it } from 'vitest'
import { fromExchange } from '@/editor/document'
import { bookshop } from '@/testing/board'
import { detailOf } from './levels'

describe('a detailed map of a stage', () => {
  it('begins with the steps of the stage, one level lower, with the lanes of the map above', () => {
    const map = fromExchange({ ...bookshop, level: 1, steps: [{ id: 'p', stage: 's2', name: 'Choose' }, { id: 'q', stage: 's2', name: 'Pay' }] })
    const made = detailOf(map.snapshot, 's2')
    expect([made.title, made.level]).toEqual(['Purchase', 2])
    expect(made.stages.map((stage) => stage.name)).toEqual(['Choose', 'Pay'])
    expect(made.lanes.map((lane) => lane.kind)).toEqual(['touchpoints', 'pains'])
  })

  it('begins with the stage itself where it has no steps, and no lower than the lowest level', () => {
    const made = detailOf(fromExchange({ ...bookshop, level: 3 }).snapshot, 's1')
    expect([made.stages.map((stage) => stage.name), made.level]).toEqual([['Awareness'], 3])
  })
})
