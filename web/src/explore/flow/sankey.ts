/** Where the nodes and ribbons of a flow stand: columns are steps, heights are counts. Without React, in both directions. */
import { END, START } from '../types'
import { OTHER, type FlowAnswer, type FlowLink, type FlowNode } from './types'

export interface PlacedNode extends FlowNode {
  x: number
  y: number
  height: number
  /** Of the six series, or null: grey, for those who are few, the others and the two ends. */
  series: number | null
}

export interface Ribbon extends FlowLink {
  path: string
  series: number | null
}

export interface Sankey {
  width: number
  height: number
  nodes: PlacedNode[]
  ribbons: Ribbon[]
  /** How many letters of a name fit between two steps, beside its share. */
  letters: number
  /** Where the steps' heads stand. */
  steps: { step: number; x: number }[]
}

export const THICK = 14
const HEAD = 30
const GAP = 20
const LEAST_STEP = 140
const LABEL = 132
const LETTER = 7.4
const SHARE = 46
const ends = new Set([START, END, OTHER])

/** Laid out from where reading begins; `rtl` mirrors. At least as wide as the steps need. */
export function layOutSankey(answer: Pick<FlowAnswer, 'nodes' | 'links'>, room: number, rtl: boolean): Sankey {
  const steps = [...new Set(answer.nodes.map(({ step }) => step))].sort((a, b) => a - b)
  const columns = steps.map((step) => answer.nodes.filter((node) => node.step === step))
  const width = Math.max(room, (steps.length - 1) * LEAST_STEP + THICK + LABEL)
  const stride = steps.length > 1 ? (width - THICK - LABEL) / (steps.length - 1) : 0
  const most = Math.max(1, ...columns.map((column) => column.length))
  const inner = Math.max(220, Math.min(460, most * 48))
  const total = Math.max(1, ...columns.map((column) => column.reduce((sum, node) => sum + node.count, 0)))
  const scale = Math.max(inner - (most - 1) * GAP, 100) / total
  const series = seriesOf(answer.nodes)
  const mirrored = (x: number, wide = 0): number => (rtl ? width - x - wide : x)

  const nodes = new Map<string, PlacedNode>()
  let height = 0
  columns.forEach((column, index) => {
    let y = HEAD
    for (const node of column) {
      const high = Math.max(node.count * scale, 2)
      nodes.set(`${node.step}/${node.node}`, {
        ...node,
        x: mirrored(index * stride, THICK),
        y,
        height: high,
        series: ends.has(node.node) ? null : (series.get(node.node) ?? null),
      })
      y += high + GAP
    }
    height = Math.max(height, y)
  })

  const [leaving, arriving] = [new Map<string, number>(), new Map<string, number>()]
  // In the order of the nodes on both sides, so that ribbons cross as little as their nodes let them.
  const place = (step: number, node: string): number => nodes.get(`${step}/${node}`)?.y ?? 0
  const ordered = [...answer.links].sort(
    (a, b) => a.step - b.step || place(a.step, a.source) - place(b.step, b.source) || place(a.step + 1, a.target) - place(b.step + 1, b.target),
  )
  const ribbons: Ribbon[] = []
  for (const link of ordered) {
    const [from, to] = [`${link.step}/${link.source}`, `${link.step + 1}/${link.target}`]
    const [source, target] = [nodes.get(from), nodes.get(to)]
    if (!source || !target) continue
    const wide = Math.max(link.count * scale, 1)
    const y = source.y + (leaving.get(from) ?? 0)
    const toY = target.y + (arriving.get(to) ?? 0)
    leaving.set(from, (leaving.get(from) ?? 0) + wide)
    arriving.set(to, (arriving.get(to) ?? 0) + wide)
    const x = rtl ? source.x : source.x + THICK
    const toX = rtl ? target.x + THICK : target.x
    ribbons.push({ ...link, path: ribbon(x, y, toX, toY, wide), series: source.series })
  }
  return {
    width,
    height: height - GAP + 8,
    letters: Math.max(9, Math.floor(((stride || LABEL) - THICK - SHARE) / LETTER)),
    nodes: [...nodes.values()],
    ribbons,
    steps: steps.map((step, index) => ({ step, x: mirrored(index * stride) })),
  }
}

/** The six names that most passages go through have a colour, the same at every step. */
function seriesOf(nodes: FlowNode[]): Map<string, number> {
  const counts = new Map<string, number>()
  for (const { node, count } of nodes) if (!ends.has(node)) counts.set(node, (counts.get(node) ?? 0) + count)
  const names = [...counts].sort((a, b) => b[1] - a[1]).slice(0, 6)
  return new Map(names.map(([name], index) => [name, index]))
}

function ribbon(x: number, y: number, toX: number, toY: number, wide: number): string {
  const middle = (x + toX) / 2
  const n = (value: number): string => value.toFixed(1)
  return (
    `M${n(x)},${n(y)}C${n(middle)},${n(y)} ${n(middle)},${n(toY)} ${n(toX)},${n(toY)}` +
    `V${n(toY + wide)}C${n(middle)},${n(toY + wide)} ${n(middle)},${n(y + wide)} ${n(x)},${n(y + wide)}Z`
  )
}

/** The node that an arrow key leads to: a step on or back, or another one of the same step. */
export function neighbour(nodes: PlacedNode[], from: PlacedNode, key: string, rtl: boolean): PlacedNode | undefined {
  const own = nodes.filter((node) => node.step === from.step)
  const at = own.indexOf(from)
  if (key === 'ArrowDown') return own[at + 1]
  if (key === 'ArrowUp') return own[at - 1]
  const ahead = (key === 'ArrowRight') !== rtl ? 1 : -1
  if (key !== 'ArrowRight' && key !== 'ArrowLeft') return undefined
  const middle = (node: PlacedNode): number => Math.abs(node.y + node.height / 2 - from.y - from.height / 2)
  return nodes.filter((node) => node.step === from.step + ahead).sort((a, b) => middle(a) - middle(b))[0]
}
