/** Alternative routes as arcs over the stages, like brackets: the shorter the nearer, none through another's label. */

export interface Arc {
  id: string
  from: number
  to: number
  /** 0 stands right over the stages. */
  level: number
}

/** `routes`: the middles of the stages that each leaves and reaches. */
export function arcsOf(routes: readonly { id: string; from: number; to: number }[]): Arc[] {
  const taken: [number, number][][] = []
  return [...routes]
    .sort((one, other) => Math.abs(one.to - one.from) - Math.abs(other.to - other.from) || (one.id < other.id ? -1 : 1))
    .map((route) => {
      const [low, high] = [Math.min(route.from, route.to), Math.max(route.from, route.to)]
      let level = taken.findIndex((spans) => spans.every(([start, end]) => high <= start || low >= end))
      if (level < 0) level = taken.push([]) - 1
      taken[level]!.push([low, high])
      return { ...route, level }
    })
}

const CORNER = 8

/** From the foot of one end over the height of its level to the foot of the other. */
export function arcPath(from: number, to: number, top: number, foot: number): string {
  const along = to >= from ? 1 : -1
  const corner = Math.min(CORNER, Math.abs(to - from) / 2, foot - top)
  return `M${from} ${foot}V${top + corner}Q${from} ${top} ${from + along * corner} ${top}H${to - along * corner}Q${to} ${top} ${to} ${top + corner}V${foot}`
}
