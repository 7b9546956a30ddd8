/** Where an arrow between two cards runs: from the nearer edges, never through the cards themselves. Physical pixels. */

export interface Box {
  x: number
  y: number
  width: number
  height: number
}

export interface ArrowPath {
  d: string
  /** Where a label stands. */
  x: number
  y: number
}

/** Cards that share a height are joined side to side, all others from the bottom of one to the top of the other. */
export function arrowPath(from: Box, to: Box): ArrowPath {
  const apart = Math.max(from.y, to.y) - Math.min(from.y + from.height, to.y + to.height)
  if (apart < 0) {
    const forward = from.x + from.width / 2 <= to.x + to.width / 2
    const x1 = forward ? from.x + from.width : from.x
    const x2 = forward ? to.x : to.x + to.width
    return curve(x1, from.y + from.height / 2, x2, to.y + to.height / 2, true)
  }
  const down = from.y < to.y
  return curve(from.x + from.width / 2, down ? from.y + from.height : from.y, to.x + to.width / 2, down ? to.y : to.y + to.height, false)
}

function curve(x1: number, y1: number, x2: number, y2: number, sideways: boolean): ArrowPath {
  const [mx, my] = [(x1 + x2) / 2, (y1 + y2) / 2]
  const [a, b] = sideways ? [`${mx} ${y1}`, `${mx} ${y2}`] : [`${x1} ${my}`, `${x2} ${my}`]
  return { d: `M${x1} ${y1}C${a} ${b} ${x2} ${y2}`, x: mx, y: my }
}
