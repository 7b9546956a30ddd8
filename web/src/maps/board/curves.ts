/** Whose curves a map has, and how each is told from the others: by its name, its dashes and its colour. */
import { emotionKey, type EmotionPoint } from '@/editor/model'
import type { PlacedColumn } from '@/editor/columns'
import { emotionDown, type Point } from '@/editor/layout'
import { useT } from '@/i18n/locale'
import { useMapPersonas } from '../library'
import { useMap } from '../session'

export interface Curve {
  /** Null: the customer as such. */
  persona: string | null
  name: string
  color: string
  /** An SVG dash pattern; empty for a solid line. */
  dash: string
}

const DASHES = ['', '7 4', '2 4', '9 3 2 3', '12 5', '4 2 1 2']
const SERIES = 6

/** A persona's colour on this map: the chosen one, else one by its place. */
export const personaColor = (color: string | undefined, place: number): string =>
  color?.startsWith('#') ? color : `var(--hs-series-${(place % SERIES) + 1})`

/** The personas' in their order; before them nobody's own, where it has been drawn or there are no personas. */
export function useCurves(): Curve[] {
  const t = useT('maps')
  const personas = useMapPersonas()
  const shared = useMap((snapshot) => snapshot.personas.length === 0 || [...snapshot.emotions.values()].some((point) => point.persona === null))
  const curves: Curve[] = personas.map((one, place) => ({
    persona: one.id, name: one.name, color: personaColor(one.color, place), dash: DASHES[(place + (shared ? 1 : 0)) % DASHES.length]!,
  }))
  return shared ? [{ persona: null, name: t('everyone'), color: 'var(--hs-text-soft)', dash: '' }, ...curves] : curves
}

/** The curve that is edited: the one chosen, else the lane's own, else the first that has been drawn. */
export function useChosenCurve(curves: readonly Curve[], chosen: string | null | undefined, own: string | undefined): Curve {
  const drawn = useMap((snapshot) => curves.find((curve) => [...snapshot.emotions.values()].some((point) => point.persona === curve.persona))?.persona)
  const wanted = chosen !== undefined ? chosen : (own ?? drawn)
  return curves.find((curve) => curve.persona === wanted) ?? curves[0]!
}

export interface CurvePoint extends Point {
  value: number
  intensity: number
}

export function curvePoints(
  columns: readonly PlacedColumn[], emotions: ReadonlyMap<string, EmotionPoint>, persona: string | null, height: number, margin: number,
): CurvePoint[] {
  return columns.flatMap((column) => {
    const point = emotions.get(emotionKey(persona, column.stage.id, column.step?.id))
    return point
      ? [{ along: column.along + column.width / 2, down: emotionDown(point.value, height, margin), value: point.value, intensity: point.intensity ?? 0 }]
      : []
  })
}

/** Where names stand that must not cover each other: each as near to its own height as the others let it. */
export function spread(downs: readonly number[], least: number, height: number): number[] {
  const order = downs.map((down, index) => ({ down, index })).sort((one, other) => one.down - other.down)
  const placed: number[] = []
  let free = 0
  for (const { down, index } of order) {
    placed[index] = Math.max(down, free)
    free = placed[index]! + least
  }
  let bound = height
  for (const { index } of order.reverse()) {
    placed[index] = Math.max(0, Math.min(placed[index]!, bound - least))
    bound = placed[index]!
  }
  return placed
}
