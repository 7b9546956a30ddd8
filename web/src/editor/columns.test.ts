import { describe, expect, it } from 'vitest'
import { columnsOf, LEAST_STAGE, LEAST_STEP, placeColumns, placedStages, shareWidth, STRIP, widthOf } from './columns'

const stages = [{ id: 'a', name: 'Find' }, { id: 'b', name: 'Buy' }]
const steps = [{ id: 'x', stage: 'b', name: 'Choose' }, { id: 'y', stage: 'b', name: 'Pay' }]

describe('columns of a board', () => {
  it('are the stages; with steps, a part before them and one for each', () => {
    expect(columnsOf(stages, steps).map(({ key, kind }) => [key, kind])).toEqual([
      ['a', 'whole'], ['b', 'loose'], ['b/x', 'step'], ['b/y', 'step'],
    ])
    expect(columnsOf([{ ...stages[1]!, collapsed: true }], steps).map((one) => one.kind)).toEqual(['collapsed'])
  })

  it('share the room equally, none below its least', () => {
    expect(placeColumns(columnsOf(stages, []), 1000).map((one) => one.width)).toEqual([500, 500])
    expect(placeColumns(columnsOf(stages, []), 100).map((one) => one.width)).toEqual([LEAST_STAGE, LEAST_STAGE])
  })

  it('leave a strip for what is in no step, until something is', () => {
    const columns = columnsOf(stages, steps)
    expect(placeColumns(columns, 0).map((one) => one.width)).toEqual([LEAST_STAGE, STRIP, LEAST_STEP, LEAST_STEP])
    expect(placeColumns(columns, 0, new Set(['b']))[1]!.width).toBe(LEAST_STEP)
  })

  it('keep a width that was set, for all of the stage together', () => {
    const wide = columnsOf([stages[0]!, { ...stages[1]!, width: 446 }], steps)
    const placed = placeColumns(wide, 900)
    expect(placed.map((one) => one.width)).toEqual([454, STRIP, 200, 200])
    expect(placedStages(placed).map(({ along, width }) => [along, width])).toEqual([[0, 454], [454, 446]])
    expect(widthOf(placed)).toBe(900)
  })

  it('follow their weights', () => {
    const placed = placeColumns(columnsOf(stages, []), 1000, new Set(), new Map([['a', 60], ['b', 180]]))
    expect(placed.map((one) => one.width)).toEqual([250, 750])
  })
})

describe('sharing a width', () => {
  it('gives what the narrow do not get to the others', () => {
    expect(shareWidth([{ least: 100, grow: 1 }, { least: 10, grow: 9 }], 500)).toEqual([100, 400])
    expect(shareWidth([], 500)).toEqual([])
  })
})
