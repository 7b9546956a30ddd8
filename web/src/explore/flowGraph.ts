/** Which transitions are drawn, and where: the flow graph without React. */
import dagre from '@dagrejs/dagre'
import { END, START, type Transition } from './types'

export interface FlowNode {
  id: string
  /** How often it happened: what flows in, which is what flows out. */
  count: number
  x: number
  y: number
}

export interface Flow {
  nodes: FlowNode[]
  edges: Transition[]
  /** Share of all passages that the drawn edges carry. */
  covered: number
  hidden: number
}

export const NODE_WIDTH = 168
export const NODE_HEIGHT = 50

/**
 * The `limit` strongest transitions, and for every node they touch its strongest way in and out, so that nothing
 * drawn hangs in the air. Returned in the order of `rows`.
 */
export function strongest(rows: Transition[], limit: number): Transition[] {
  const ordered = [...rows].sort((a, b) => b.count - a.count)
  const chosen = new Set(ordered.slice(0, limit))
  const strongestIn = new Map<string, Transition>()
  const strongestOut = new Map<string, Transition>()
  for (const row of ordered) {
    if (row.source === row.target) continue
    if (!strongestIn.has(row.target)) strongestIn.set(row.target, row)
    if (!strongestOut.has(row.source)) strongestOut.set(row.source, row)
  }
  const waiting = [...new Set([...chosen].flatMap((row) => [row.source, row.target]))]
  const seen = new Set(waiting)
  for (let node = waiting.pop(); node !== undefined; node = waiting.pop()) {
    for (const row of [strongestIn.get(node), strongestOut.get(node)]) {
      if (!row) continue
      chosen.add(row)
      for (const end of [row.source, row.target]) {
        if (!seen.has(end)) {
          seen.add(end)
          waiting.push(end)
        }
      }
    }
  }
  return rows.filter((row) => chosen.has(row))
}

/** How often every event happened, by what flows into it (the start: out of it). */
export function counts(rows: Transition[]): Map<string, number> {
  const found = new Map<string, number>()
  for (const row of rows) {
    if (row.source === START) found.set(START, (found.get(START) ?? 0) + row.count)
    found.set(row.target, (found.get(row.target) ?? 0) + row.count)
  }
  return found
}

/** Time flows from the reading start: left to right, or right to left in Persian. */
export function layOut(rows: Transition[], limit: number, dir: 'ltr' | 'rtl'): Flow {
  const edges = strongest(rows, limit)
  const all = counts(rows)
  const graph = new dagre.graphlib.Graph()
  graph.setGraph({ rankdir: dir === 'rtl' ? 'RL' : 'LR', nodesep: 26, ranksep: 96, marginx: 24, marginy: 24 })
  graph.setDefaultEdgeLabel(() => ({}))
  const names = [...new Set(edges.flatMap((row) => [row.source, row.target]))]
  for (const name of names) graph.setNode(name, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const row of edges) {
    // A heavy edge is kept short and straight, so the main road is the one that is seen.
    if (row.source !== row.target) graph.setEdge(row.source, row.target, { weight: 1 + Math.log2(1 + row.count) })
  }
  dagre.layout(graph)
  const total = rows.reduce((sum, row) => sum + row.count, 0)
  const drawn = edges.reduce((sum, row) => sum + row.count, 0)
  return {
    nodes: names.map((id) => {
      const { x, y } = graph.node(id)
      return { id, count: all.get(id) ?? 0, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }
    }),
    edges,
    covered: total ? drawn / total : 0,
    hidden: rows.length - edges.length,
  }
}

export const isEdge = (name: string): boolean => name === START || name === END
