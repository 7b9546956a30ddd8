/** Which transitions are drawn, and where: the flow graph without React. */
import dagre from '@dagrejs/dagre'
import { END, START, type Transition } from '../types'

export interface FlowNode {
  id: string
  /** How often it happened: what flows in, which is what flows out. */
  count: number
  x: number
  y: number
}

export interface Point {
  x: number
  y: number
}

export interface FlowEdge extends Transition {
  /** Where it bends on its way from the end of its source's box to the start of its target's. */
  bends: Point[]
  label: Point
  /** Against the direction of time, or to itself: drawn as an arc of its own. */
  back: boolean
}

export interface Flow {
  nodes: FlowNode[]
  edges: FlowEdge[]
  /** Share of all passages that the drawn edges carry. */
  covered: number
  hidden: number
}

export const NODE_WIDTH = 150
export const NODE_HEIGHT = 48

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
  graph.setGraph({ rankdir: dir === 'rtl' ? 'RL' : 'LR', nodesep: 26, edgesep: 14, ranksep: 14, marginx: 24, marginy: 24 })
  graph.setDefaultEdgeLabel(() => ({}))
  const names = [...new Set(edges.flatMap((row) => [row.source, row.target]))]
  for (const name of names) graph.setNode(name, { width: NODE_WIDTH, height: NODE_HEIGHT })
  for (const row of edges) {
    if (row.source === row.target) continue
    // A heavy edge is kept short and straight, so the main road is the one that is seen.
    graph.setEdge(row.source, row.target, { weight: 1 + Math.log2(1 + row.count), ...LABEL })
  }
  dagre.layout(graph)
  const forward = dir === 'rtl' ? -1 : 1
  const total = rows.reduce((sum, row) => sum + row.count, 0)
  const drawn = edges.reduce((sum, row) => sum + row.count, 0)
  return {
    nodes: names.map((id) => {
      const { x, y } = graph.node(id)
      return { id, count: all.get(id) ?? 0, x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }
    }),
    edges: edges.map((row) => {
      const [source, target] = [graph.node(row.source), graph.node(row.target)]
      const back = (target.x - source.x) * forward <= 0
      if (back) return { ...row, back, ...arc(source, target, forward) }
      const edge = graph.edge(row.source, row.target)
      return {
        ...row,
        back,
        bends: (edge.points as Point[]).slice(1, -1),
        label: { x: Number(edge.x), y: Number(edge.y) },
      }
    }),
    covered: total ? drawn / total : 0,
    hidden: rows.length - edges.length,
  }
}

/** Room for a label such as "12.8K" in the middle of an edge. */
const LABEL = { width: 58, height: 16, labelpos: 'c' }

/** A way back runs above both boxes (to itself: close above its own), the farther the higher. */
function arc(source: Point, target: Point, forward: number): { bends: Point[]; label: Point } {
  const far = Math.abs(target.x - source.x)
  const y = Math.min(source.y, target.y) - NODE_HEIGHT / 2 - 24 - far * 0.05
  const reach = NODE_WIDTH / 2
  return {
    bends: [
      { x: source.x + forward * reach, y },
      { x: target.x - forward * reach, y },
    ],
    label: { x: (source.x + target.x) / 2, y },
  }
}

/** An SVG path from handle to handle through the bends, leaving and arriving along the direction of time. */
export function curve(from: Point, to: Point, edge: Pick<FlowEdge, 'bends' | 'back'>, forward: number): string {
  if (edge.back) {
    const [out, into] = edge.bends as [Point, Point]
    const swing = forward * 34
    return (
      `M ${from.x} ${from.y} C ${from.x + swing} ${from.y}, ${out.x + swing} ${out.y}, ${out.x - swing} ${out.y} ` +
      `L ${into.x + swing} ${into.y} C ${into.x - swing} ${into.y}, ${to.x - swing} ${to.y}, ${to.x} ${to.y}`
    )
  }
  let path = `M ${from.x} ${from.y}`
  let at = from
  for (const next of [...edge.bends, to]) {
    const half = (next.x - at.x) / 2
    path += ` C ${at.x + half} ${at.y}, ${next.x - half} ${next.y}, ${next.x} ${next.y}`
    at = next
  }
  return path
}

export const isEdge = (name: string): boolean => name === START || name === END

const MARGIN = 20
export const MIN_ZOOM = 0.1
/** Below this zoom names and numbers are written larger, and only what can then still be read. */
export const FAR = 0.6

/** The whole graph in sight, its arcs too, in the middle of the canvas; a small one is not blown up. */
export function firstView(flow: Flow, canvas: { width: number; height: number }): { x: number; y: number; zoom: number } {
  if (flow.nodes.length === 0) return { x: 0, y: 0, zoom: 1 }
  const corners = flow.nodes.flatMap(({ x, y }) => [{ x, y }, { x: x + NODE_WIDTH, y: y + NODE_HEIGHT }])
  const points = [...corners, ...flow.edges.flatMap((edge) => [edge.label, ...edge.bends])]
  const [xs, ys] = [points.map(({ x }) => x), points.map(({ y }) => y)]
  const [left, top] = [Math.min(...xs), Math.min(...ys)]
  const [width, height] = [Math.max(...xs) - left, Math.max(...ys) - top]
  const fits = Math.min((canvas.width - 2 * MARGIN) / width, (canvas.height - 2 * MARGIN) / height)
  const zoom = Math.min(1, Math.max(MIN_ZOOM, fits))
  return {
    zoom,
    x: (canvas.width - width * zoom) / 2 - left * zoom,
    y: (canvas.height - height * zoom) / 2 - top * zoom,
  }
}
