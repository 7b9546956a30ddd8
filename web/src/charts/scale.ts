/** From values to places, and the round values that are written on an axis. */

export interface Scale {
  /** The place of a value, in 0…1 along the axis; it may lie outside. */
  at(value: number): number
  ticks: number[]
}

/** At most about `count` round values from `low` to `high`; `whole`: never between whole numbers. */
export function roundTicks(low: number, high: number, count: number, whole = false): number[] {
  if (!(high > low)) return Number.isFinite(low) ? [low] : []
  const rough = (high - low) / Math.max(1, count)
  const power = 10 ** Math.floor(Math.log10(rough))
  let step = ([1, 2, 5, 10].find((one) => one * power >= rough * 0.999) ?? 10) * power
  if (whole) step = Math.max(1, Math.round(step))
  const ticks: number[] = []
  for (let at = Math.ceil(low / step - 1e-9); at * step <= high + step * 1e-9; at++) {
    // 3 * 0.1 is not 0.3; the step's own digits are enough.
    ticks.push(Number((at * step).toPrecision(12)))
  }
  return ticks
}

export function linear(low: number, high: number, ticks: number[]): Scale {
  const length = high - low || 1
  return { at: (value) => (value - low) / length, ticks }
}

/** Times 2, times 5, times 10 …: for ratios. Both ends are above 0. */
export function logarithmic(low: number, high: number, count = 6): Scale {
  const [from, to] = [Math.log10(low), Math.log10(high)]
  const all: number[] = []
  for (let power = Math.floor(from); power <= Math.ceil(to); power++) {
    for (const head of [1, 2, 5]) {
      const value = Number((head * 10 ** power).toPrecision(12))
      if (value >= low * 0.999 && value <= high * 1.001) all.push(value)
    }
  }
  const powers = all.filter((value) => Number.isInteger(Math.log10(value)))
  return {
    at: (value) => (Math.log10(value) - from) / (to - from || 1),
    ticks: all.length > count && powers.length > 1 ? powers : all,
  }
}
