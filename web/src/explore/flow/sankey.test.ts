import { describe, expect, it } from 'vitest'
import { layOutSankey, neighbour, THICK } from './sankey'

const rate = { value: null, low: null, high: null, n: 0 }
const node = (step: number, name: string, count: number) => ({ step, node: name, count, persons: count, share: null, interval: rate })
const answer = {
  nodes: [node(0, 'cart', 10), node(1, 'paid', 6), node(1, '(end)', 4), node(2, '(end)', 10)],
  links: [
    { step: 0, source: 'cart', target: 'paid', count: 6, persons: 6 },
    { step: 0, source: 'cart', target: '(end)', count: 4, persons: 4 },
    { step: 1, source: 'paid', target: '(end)', count: 6, persons: 6 },
    { step: 1, source: '(end)', target: '(end)', count: 4, persons: 4 },
  ],
}

describe('the drawing of a flow', () => {
  it('gives every step a column and every node its share of the height', () => {
    const { nodes, steps, ribbons } = layOutSankey(answer, 800, false)
    const [cart, paid, gone, last] = nodes as [typeof nodes[0], typeof nodes[0], typeof nodes[0], typeof nodes[0]]
    expect(steps.map(({ step }) => step)).toEqual([0, 1, 2])
    expect([cart.x, paid.x, gone.x].map(Math.round)).toEqual([0, 327, 327])
    expect(paid.height / gone.height).toBeCloseTo(1.5)
    expect(cart.height).toBeCloseTo(last.height)
    expect(ribbons).toHaveLength(4)
    expect([cart.series, gone.series]).toEqual([0, null])
  })

  it('mirrors itself for a language read from right to left', () => {
    const [ltr, rtl] = [layOutSankey(answer, 800, false), layOutSankey(answer, 800, true)]
    expect(rtl.nodes.map(({ x }) => Math.round(x))).toEqual(ltr.nodes.map(({ x }) => Math.round(800 - THICK - x)))
  })

  it('keeps a column readable on a narrow screen, and is wider than it', () => {
    expect(layOutSankey(answer, 320, false).width).toBeGreaterThan(400)
  })

  it('leads from node to node by arrow keys, time running as reading does', () => {
    const { nodes } = layOutSankey(answer, 800, false)
    const [cart, paid, gone] = nodes
    expect(neighbour(nodes, cart!, 'ArrowRight', false)!.step).toBe(1)
    expect(neighbour(nodes, cart!, 'ArrowLeft', true)!.step).toBe(1)
    expect(neighbour(nodes, cart!, 'ArrowLeft', false)).toBeUndefined()
    expect(neighbour(nodes, paid!, 'ArrowDown', false)).toBe(gone)
  })
})
