import { describe, expect, it } from 'vitest'
import { curveDownAt, curvePath, emotionAt, emotionDown, flow, slopes } from './layout'

describe('emotion curve', () => {
  it('puts +2 at the top and -2 at the bottom, and back', () => {
    expect(emotionDown(2, 100, 10)).toBe(10)
    expect(emotionDown(-2, 100, 10)).toBe(90)
    for (const value of [-2, -1, 0, 1, 2]) expect(emotionAt(emotionDown(value, 100, 10), 100, 10)).toBe(value)
    expect(emotionAt(-50, 100, 10)).toBe(2)
    expect(Object.is(emotionAt(50, 100, 10), -0)).toBe(false)
  })

  it('never overshoots its points', () => {
    const points = [10, 10, 80, 20, 20, 90].map((down, index) => ({ along: index * 100, down }))
    for (let along = 0; along <= 500; along += 5) {
      const left = points[Math.min(4, Math.floor(along / 100))]!
      const right = points[Math.min(5, Math.floor(along / 100) + 1)]!
      const down = curveDownAt(points, along)!
      expect(down).toBeGreaterThanOrEqual(Math.min(left.down, right.down) - 1e-9)
      expect(down).toBeLessThanOrEqual(Math.max(left.down, right.down) + 1e-9)
    }
    expect(slopes(points)[1]).toBe(0)
  })

  it('passes through its points and stays level beyond them', () => {
    const points = [{ along: 50, down: 40 }, { along: 150, down: 10 }]
    expect(curveDownAt(points, 50)).toBe(40)
    expect(curveDownAt(points, 0)).toBe(40)
    expect(curveDownAt(points, 900)).toBe(10)
    expect(curveDownAt([], 10)).toBeNull()
    expect(curvePath(points)).toMatch(/^M50 40C/)
    expect(curvePath(points.slice(1))).toBe('')
  })
})

describe('flow of persons', () => {
  const stages = [
    { entered: 100, went_on: 60, still_open: 10, left: 30 },
    { entered: 70, went_on: 70, still_open: 0, left: 0 },
  ]

  it('splits each block so that its parts make up who entered', () => {
    const { blocks, bands } = flow(stages, [{ along: 0, width: 300 }, { along: 300, width: 100 }], 100, 50)
    expect(blocks[0]!.wentOn + blocks[0]!.stillOpen + blocks[0]!.left).toBeCloseTo(50)
    expect(blocks[1]!.wentOn).toBeCloseTo(35)
    expect(blocks.map(({ along, width }) => [Math.round(along), Math.round(width)])).toEqual([[66, 168], [322, 56]])
    expect(bands).toHaveLength(1)
    expect(bands[0]).toContain('35')
  })

  it('draws nothing high when nobody began', () => {
    const { blocks } = flow([{ entered: 0, went_on: 0, still_open: 0, left: 0 }], [{ along: 0, width: 100 }], 0, 50)
    expect(blocks[0]!.wentOn).toBe(0)
  })
})
