/** The funnel in the address: `?step=visit&step=order&within=7d`, so that a link shows the same. */

export interface Asked {
  steps: string[]
  /** Seconds from the first step to any other; null: any time later. */
  within: number | null
}

const UNITS = { m: 60, h: 3600, d: 86_400 } as const
export const WINDOWS = ['', '1h', '1d', '3d', '7d', '30d', '90d'] as const

/** "7d" -> 604800; anything else that is not `number + m|h|d` is null. */
export function windowSeconds(text: string | null): number | null {
  const [, number, unit] = /^(\d{1,5})([mhd])$/.exec(text ?? '') ?? []
  const seconds = Number(number) * UNITS[unit as keyof typeof UNITS]
  return number && seconds > 0 ? seconds : null
}

export function readFunnel(params: URLSearchParams): Asked {
  return { steps: params.getAll('step').filter(Boolean), within: windowSeconds(params.get('within')) }
}

export function writeSteps(params: URLSearchParams, steps: string[]): URLSearchParams {
  const next = new URLSearchParams(params)
  next.delete('step')
  for (const step of steps) next.append('step', step)
  return next
}

/** The step at `from` moved to stand at `to`; the order of the others is kept. */
export function moved(steps: string[], from: number, to: number): string[] {
  if (to < 0 || to >= steps.length) return steps
  const next = [...steps]
  const [step] = next.splice(from, 1)
  next.splice(to, 0, step!)
  return next
}
