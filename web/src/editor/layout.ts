/**
 * Geometry of a map, free of direction: `along` runs with the reader, from the first stage to the last; `down` runs
 * down the screen. Whoever draws mirrors `along` for right-to-left readers.
 */

export interface Point {
  along: number
  down: number
}

export const EMOTION_MIN = -2
export const EMOTION_MAX = 2

/** Height of an emotion in a band of the given height: +2 at the top, -2 at the bottom, inset by `margin`. */
export function emotionDown(value: number, height: number, margin = 0): number {
  const share = (EMOTION_MAX - value) / (EMOTION_MAX - EMOTION_MIN)
  return margin + share * (height - 2 * margin)
}

/** The whole emotion nearest to a height; the inverse of `emotionDown`. */
export function emotionAt(down: number, height: number, margin = 0): number {
  const share = (down - margin) / (height - 2 * margin)
  const value = Math.round(EMOTION_MAX - share * (EMOTION_MAX - EMOTION_MIN))
  return Math.max(EMOTION_MIN, Math.min(EMOTION_MAX, value)) + 0
}

/**
 * Slopes of a curve that never rises above or falls below its points (Fritsch and Carlson, "Monotone piecewise cubic
 * interpolation", 1980): between two equal emotions the line is flat, as a person would draw it.
 */
export function slopes(points: readonly Point[]): number[] {
  const secants: number[] = []
  for (let i = 0; i + 1 < points.length; i++) {
    secants.push((points[i + 1]!.down - points[i]!.down) / (points[i + 1]!.along - points[i]!.along))
  }
  if (secants.length === 0) return points.map(() => 0)
  const result = points.map((_point, i) => {
    const before = secants[i - 1] ?? secants[i]!
    const after = secants[i] ?? secants[i - 1]!
    return before * after <= 0 ? 0 : (before + after) / 2
  })
  secants.forEach((secant, i) => {
    if (secant === 0) {
      result[i] = 0
      result[i + 1] = 0
      return
    }
    const a = result[i]! / secant
    const b = result[i + 1]! / secant
    const length = Math.hypot(a, b)
    if (length > 3) {
      result[i] = (3 * a * secant) / length
      result[i + 1] = (3 * b * secant) / length
    }
  })
  return result
}

const round = (value: number): number => Math.round(value * 100) / 100

/** An SVG path through the points, smooth and without overshoot. Fewer than two points draw nothing. */
export function curvePath(points: readonly Point[]): string {
  if (points.length < 2) return ''
  const slope = slopes(points)
  let path = `M${round(points[0]!.along)} ${round(points[0]!.down)}`
  for (let i = 0; i + 1 < points.length; i++) {
    const from = points[i]!
    const to = points[i + 1]!
    const third = (to.along - from.along) / 3
    path += `C${round(from.along + third)} ${round(from.down + third * slope[i]!)} ${round(to.along - third)} ${round(
      to.down - third * slope[i + 1]!,
    )} ${round(to.along)} ${round(to.down)}`
  }
  return path
}

/** Height of the curve at a place; beyond its ends it stays level. Null when there are no points. */
export function curveDownAt(points: readonly Point[], along: number): number | null {
  const first = points[0]
  const last = points.at(-1)
  if (!first || !last) return null
  if (along <= first.along) return first.down
  if (along >= last.along) return last.down
  const slope = slopes(points)
  const i = points.findIndex((point) => point.along > along) - 1
  const from = points[i]!
  const to = points[i + 1]!
  const width = to.along - from.along
  const t = (along - from.along) / width
  const u = 1 - t
  return (
    from.down * (1 + 2 * t) * u * u + slope[i]! * width * t * u * u +
    to.down * t * t * (3 - 2 * t) + slope[i + 1]! * width * t * t * -u
  )
}

export interface FlowStage {
  entered: number
  went_on: number
  still_open: number
  left: number
}

export interface FlowBlock {
  along: number
  width: number
  /** Heights from the top: went on, then still open, then left. */
  wentOn: number
  stillOpen: number
  left: number
}

export interface Flow {
  blocks: FlowBlock[]
  /** SVG paths of the bands from those who went on to the next stage's block. */
  bands: string[]
}

/** Where a column stands and how wide it is. */
export interface Span {
  along: number
  width: number
}

/**
 * The bar of persons through the stages: a block per stage, as tall as its share of those who began, and a band to the
 * next stage. All blocks hang from the top, so the eye follows the lower edge as it rises. `spans` are the stages' columns.
 */
export function flow(stages: readonly FlowStage[], spans: readonly Span[], begun: number, height: number): Flow {
  const scale = begun > 0 ? height / begun : 0
  const blocks = stages.map((stage, index) => ({
    along: spans[index]!.along + spans[index]!.width * 0.22,
    width: spans[index]!.width * 0.56,
    wentOn: stage.went_on * scale,
    stillOpen: stage.still_open * scale,
    left: stage.left * scale,
  }))
  const bands: string[] = []
  for (let i = 0; i + 1 < stages.length; i++) {
    const from = blocks[i]!
    const to = blocks[i + 1]!
    const start = from.along + from.width
    const middle = (start + to.along) / 2
    const low = stages[i + 1]!.entered * scale
    bands.push(
      `M${round(start)} 0L${round(to.along)} 0L${round(to.along)} ${round(low)}` +
        `C${round(middle)} ${round(low)} ${round(middle)} ${round(from.wentOn)} ${round(start)} ${round(from.wentOn)}Z`,
    )
  }
  return { blocks, bands }
}
