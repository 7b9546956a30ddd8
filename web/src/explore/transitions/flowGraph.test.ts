import { describe, expect, it } from 'vitest'
import { counts, curve, firstView, layOut, NODE_HEIGHT, NODE_WIDTH, strongest } from './flowGraph'
import { END, START, type Transition } from '../types'

const row = (source: string, target: string, count: number): Transition => ({
  source, target, count, persons: count, median_gap_seconds: 60,
})

// 10 paths: visit, then half of them order; one order comes back to a visit.
const rows = [
  row(START, 'visit', 10),
  row('visit', 'order', 5),
  row('visit', END, 6),
  row('order', 'visit', 1),
  row('order', END, 4),
  row('visit', 'visit', 3),
]

describe('which transitions are drawn', () => {
  it('the strongest, and what ties their nodes to start and end', () => {
    const drawn = strongest([...rows, row('rare', END, 1), row('order', 'rare', 1)], 1)
    expect(drawn.map(({ source, target }) => `${source}>${target}`)).toEqual([
      `${START}>visit`,
      'visit>order',
      `visit>${END}`,
      `order>${END}`,
    ].filter((name) => drawn.some(({ source, target }) => `${source}>${target}` === name)))
    expect(drawn.some(({ source }) => source === 'rare')).toBe(false)
    expect(drawn.some(({ target }) => target === END)).toBe(true)
  })

  it('every node that is drawn has a way in and a way out', () => {
    const drawn = strongest(rows, 2)
    for (const name of new Set(drawn.flatMap(({ source, target }) => [source, target]))) {
      if (name !== START) expect(drawn.some(({ target }) => target === name), `into ${name}`).toBe(true)
      if (name !== END) expect(drawn.some(({ source }) => source === name), `out of ${name}`).toBe(true)
    }
  })

  it('all of them when there is room, and says what it leaves out', () => {
    expect(layOut(rows, 100, 'ltr')).toMatchObject({ hidden: 0, covered: 1 })
    const some = layOut(rows, 1, 'ltr')
    expect(some.hidden).toBe(rows.length - some.edges.length)
    expect(some.covered).toBeLessThan(1)
  })
})

it('counts an event by what flows in, the start by what flows out', () => {
  expect(Object.fromEntries(counts(rows))).toEqual({ [START]: 10, visit: 14, order: 5, [END]: 10 })
})

describe('where they stand', () => {
  it('time flows from the reading start', () => {
    for (const [dir, sign] of [['ltr', 1], ['rtl', -1]] as const) {
      const at = Object.fromEntries(layOut(rows, 100, dir).nodes.map((node) => [node.id, node.x]))
      expect(sign * (at.visit! - at[START]!)).toBeGreaterThan(0)
      expect(sign * (at[END]! - at.order!)).toBeGreaterThan(0)
    }
  })

  it('ways back, and to oneself, are arcs of their own', () => {
    const back = layOut(rows, 100, 'ltr').edges.filter((edge) => edge.back)
    expect(back.map(({ source, target }) => [source, target])).toEqual([['order', 'visit'], ['visit', 'visit']])
  })

  it('an edge begins and ends at its handles', () => {
    const path = curve({ x: 0, y: 0 }, { x: 100, y: 40 }, { bends: [{ x: 50, y: 90 }], back: false }, 1)
    expect(path.startsWith('M 0 0')).toBe(true)
    expect(path.endsWith('100 40')).toBe(true)
  })

  it('the whole graph is in sight at first, arcs and the end too, in both directions', () => {
    const chain = Array.from({ length: 20 }, (_, at) => row(`e${at}`, `e${at + 1}`, 5))
    const canvas = { width: 900, height: 500 }
    for (const dir of ['ltr', 'rtl'] as const) {
      const flow = layOut([row(START, 'e0', 5), ...chain, row('e20', 'e3', 2), row('e20', END, 5)], 100, dir)
      const view = firstView(flow, canvas)
      const boxes = flow.nodes.map(({ x, y }) => ({ x, y, width: NODE_WIDTH, height: NODE_HEIGHT }))
      const arcs = flow.edges.filter((edge) => edge.back).map(({ label }) => ({ ...label, width: 0, height: 0 }))
      expect(arcs).toHaveLength(1)
      for (const { x, y, width, height } of [...boxes, ...arcs]) {
        expect(x * view.zoom + view.x).toBeGreaterThanOrEqual(0)
        expect((x + width) * view.zoom + view.x).toBeLessThanOrEqual(canvas.width)
        expect(y * view.zoom + view.y).toBeGreaterThanOrEqual(0)
        expect((y + height) * view.zoom + view.y).toBeLessThanOrEqual(canvas.height)
      }
    }
    expect(firstView(layOut([row(START, END, 1)], 100, 'ltr'), canvas).zoom).toBe(1)
  })
})
