/** Numeric targets of a future map: what may be aimed at, what was measured of it, and whether it is met. */
import type { Target } from '@/editor/model'
import type { MeasuredMap } from '../measured/types'

export type ScopeKind = 'map' | 'stage' | 'touchpoint'
export type Unit = '%' | 'minutes' | 'hours' | 'days' | ''

interface Metric {
  scopes: readonly ScopeKind[]
  units: readonly Unit[]
  /** Less is better. */
  less?: true
}

/** Those that measurement knows, and the emotion, which nothing measures yet. */
export const METRICS: Record<string, Metric> = {
  completion: { scopes: ['map'], units: ['%'] },
  median_time: { scopes: ['map', 'stage'], units: ['days', 'hours', 'minutes'], less: true },
  went_on: { scopes: ['stage'], units: ['%'] },
  persons_share: { scopes: ['touchpoint'], units: ['%'] },
  emotion: { scopes: ['map', 'stage'], units: [''] },
}

const IN_UNIT: Record<Unit, number> = { '%': 0.01, minutes: 60, hours: 3600, days: 86_400, '': 1 }

export const scopeKind = (target: Pick<Target, 'scope'>): ScopeKind =>
  'stage' in target.scope ? 'stage' : 'touchpoint' in target.scope ? 'touchpoint' : 'map'

export const sameScope = (one: Target['scope'], other: Target['scope']): boolean =>
  one.stage === other.stage && one.touchpoint === other.touchpoint

/** A share from 0 to 1, seconds, or an emotion. */
export const plainValue = (target: Pick<Target, 'value' | 'unit'>): number => target.value * (IN_UNIT[(target.unit ?? '') as Unit] ?? 1)

export interface Found {
  value: number
  low: number | null
  high: number | null
  n: number
}

/** `stageOf` says which measured stage a stage of this map is; null when nothing is known. Shares and seconds. */
export function measuredOf(target: Target, measured: MeasuredMap, stageOf: (stage: string) => string | undefined): Found | null {
  const rate = (found: { value: number | null; low: number | null; high: number | null; n: number } | undefined): Found | null =>
    found && found.value !== null ? { ...found, value: found.value } : null
  const seconds = (value: number | null | undefined, n: number | undefined): Found | null =>
    value === null || value === undefined ? null : { value, low: null, high: null, n: n ?? 0 }
  const kind = scopeKind(target)
  if (kind === 'stage') {
    const id = stageOf(String(target.scope.stage))
    const stage = measured.stages.find((one) => one.stage === id)
    if (target.metric === 'went_on') return rate(stage?.share_went_on)
    return target.metric === 'median_time' ? seconds(stage?.median_seconds_to_next, stage?.n_time) : null
  }
  if (kind === 'touchpoint') {
    const here = measured.touchpoints.filter((one) => one.touchpoint === target.scope.touchpoint)
    // In several stages, the place that most persons came to.
    const first = here.sort((one, other) => other.persons - one.persons)[0]
    return target.metric === 'persons_share' ? rate(first?.share_of_persons) : null
  }
  if (target.metric === 'completion') return rate(measured.whole.completion)
  return target.metric === 'median_time' ? seconds(measured.whole.median_seconds_to_complete, measured.whole.n_time) : null
}

export type Verdict = 'met' | 'missed' | 'unsure'

/** Unsure while the interval has the target in it: the next measurement might say either. */
export function verdict(target: Target, found: Found): Verdict {
  const wanted = plainValue(target)
  const sign = METRICS[target.metric]?.less ? -1 : 1
  const [least, most] = [(found.low ?? found.value) * sign, (found.high ?? found.value) * sign].sort((one, other) => one - other) as [number, number]
  if (least >= wanted * sign) return 'met'
  return most < wanted * sign ? 'missed' : 'unsure'
}
