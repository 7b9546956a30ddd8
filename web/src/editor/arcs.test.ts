import { describe, expect, it } from 'vitest'
import { arcPath, arcsOf } from './arcs'

const levels = (arcs: ReturnType<typeof arcsOf>) => Object.fromEntries(arcs.map((arc) => [arc.id, arc.level]))

describe('alternative routes', () => {
  it('stand over one another where they overlap, the shorter below, whichever way they lead', () => {
    expect(levels(arcsOf([{ id: 'long', from: 0, to: 300 }, { id: 'back', from: 200, to: 100 }]))).toEqual({ back: 0, long: 1 })
  })

  it('share a level where they do not', () => {
    expect(levels(arcsOf([{ id: 'a', from: 0, to: 100 }, { id: 'b', from: 100, to: 200 }]))).toEqual({ a: 0, b: 0 })
  })

  it('rise from where they leave and come down where they lead', () => {
    expect(arcPath(100, 20, 4, 30)).toBe('M100 30V12Q100 4 92 4H28Q20 4 20 12V30')
  })
})
