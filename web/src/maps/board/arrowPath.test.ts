import { describe, expect, it } from 'vitest'
import { arrowPath } from './arrowPath'

const box = (x: number, y: number) => ({ x, y, width: 100, height: 40 })

describe('an arrow between two cards', () => {
  it.each([
    ['down', box(0, 0), box(300, 200), 'M50 40', '350 200'],
    ['up', box(300, 200), box(0, 0), 'M350 200', '50 40'],
    ['to the right of its own row', box(0, 0), box(300, 10), 'M100 20', '300 30'],
    ['to the left of its own row', box(300, 10), box(0, 0), 'M300 30', '100 20'],
    ['to the card right below', box(0, 0), box(0, 60), 'M50 40', '50 60'],
  ])('%s', (_name, from, to, begins, ends) => {
    const { d } = arrowPath(from, to)
    expect(d.startsWith(begins)).toBe(true)
    expect(d.endsWith(ends)).toBe(true)
  })
})
