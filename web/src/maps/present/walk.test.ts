import { describe, expect, it } from 'vitest'
import { lanesShown, placeOfKey } from './walk'

describe('a presentation', () => {
  it('goes on with arrows in the reading direction, space and page keys, and stops at the ends', () => {
    expect(placeOfKey('ArrowRight', false, 0, 3, 'ltr')).toBe(1)
    expect(placeOfKey('ArrowRight', false, 1, 3, 'rtl')).toBe(0)
    expect(placeOfKey('ArrowLeft', false, 1, 3, 'rtl')).toBe(2)
    expect(placeOfKey(' ', false, 2, 3, 'ltr')).toBe(2)
    expect(placeOfKey(' ', true, 2, 3, 'ltr')).toBe(1)
    expect(placeOfKey('PageUp', false, 0, 3, 'ltr')).toBe(0)
    expect(placeOfKey('End', false, 0, 3, 'ltr')).toBe(2)
    expect(placeOfKey('a', false, 0, 3, 'ltr')).toBeNull()
  })

  it('keeps notes and hidden lanes back, and what is not the customer’s from a walk as the customer', () => {
    const lanes = ['actions', 'text', 'emotion', 'backstage', 'pains'].map((kind) => ({ id: kind, kind }))
    expect(lanesShown(lanes, 'team').map((lane) => lane.kind)).toEqual(['actions', 'backstage', 'pains'])
    expect(lanesShown(lanes, 'customer').map((lane) => lane.kind)).toEqual(['actions', 'pains'])
    expect(lanesShown([{ ...lanes[0]!, hidden: true }], 'team')).toEqual([])
  })
})
