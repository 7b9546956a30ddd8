/** The funnel in the address, so that a link shows the same: `?step=visit&step=order|deal&within=7d&order=strict`. */
import { param, type Values } from '../question/address'
import { alternatives, asStep } from '../scope/pathScope'

export const FUNNEL = {
  /** As the engine takes them: `a|b` is either. */
  step: param.list(),
  /** Seconds from the first step to any other; null: any time later. */
  within: param.time(),
  order: param.oneOf('ordered', 'strict', 'any'),
  exclude: param.list(),
  by: param.text(),
}

export type Asked = Values<typeof FUNNEL>

export const WINDOWS = [null, 3600, 86_400, 3 * 86_400, 7 * 86_400, 30 * 86_400, 90 * 86_400] as const

/** What is asked of the engine; null without steps. */
export function funnelRequest(asked: Asked): Record<string, unknown> | null {
  if (asked.step.length === 0) return null
  return { ...howAsked(asked), ...(asked.by ? { breakdown: asked.by } : {}) }
}

/** The part of it that says which persons come how far: for "who?". */
export function howAsked(asked: Asked): Record<string, unknown> {
  return {
    steps: asked.step,
    ...(asked.within === null ? {} : { within_seconds: asked.within }),
    ...(asked.order === 'ordered' ? {} : { order: asked.order }),
    ...(asked.exclude.length > 0 ? { exclude: asked.exclude.map(asStep) } : {}),
  }
}

/** A step with one more name that will do. */
export function withAlternative(step: string, name: string): string {
  return [...new Set([...alternatives(step), name])].map(asStep).join('|')
}

/** The step at `from` moved to stand at `to`; the order of the others is kept. */
export function moved(steps: string[], from: number, to: number): string[] {
  if (to < 0 || to >= steps.length) return steps
  const next = [...steps]
  const [step] = next.splice(from, 1)
  next.splice(to, 0, step!)
  return next
}
