/** Which persons, and what a path is: beside date range and filter, for questions about paths only. Lives in the address. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Condition } from '@/api/types'
import { PATH_PARAMS, readCondition, scopeBody, useScope, writeCondition } from '@/shell/scope'
import { readTime, writeTime } from '../question/address'

export type Unit = 'person' | 'session' | 'instance'

export interface PathScope {
  /** Persons of whom one event meets all of these. */
  who: Condition[]
  /** Persons whose last value meets each of these. */
  wholast: Condition[]
  unit: Unit
  /** Seconds; null: half an hour, or none where a property cuts. */
  gap: number | null
  /** The property that tells sessions, or instances, apart. */
  cut: string
  /** The events that begin an instance. */
  restart: string[]
  /** Patterns of paths to keep, and to leave out. */
  match: string
  nomatch: string
  /** Rows that rest on fewer persons are withheld. */
  mingroup: number | null
}

export const EVERYTHING: PathScope = {
  who: [], wholast: [], unit: 'person', gap: null, cut: '', restart: [], match: '', nomatch: '', mingroup: null,
}

export function readPathScope(params: URLSearchParams): PathScope {
  const conditions = (name: string) => params.getAll(name).map(readCondition).filter((found) => found !== null)
  const unit = (['session', 'instance'] as const).find((one) => one === params.get('unit')) ?? 'person'
  const least = Number(params.get('mingroup') ?? '')
  return {
    who: conditions('who'),
    wholast: conditions('wholast'),
    unit,
    gap: unit === 'session' ? readTime(params.get('gap')) : null,
    cut: unit === 'person' ? '' : (params.get('cut') ?? ''),
    restart: unit === 'instance' ? params.getAll('restart').filter(Boolean) : [],
    match: params.get('match') ?? '',
    nomatch: params.get('nomatch') ?? '',
    mingroup: Number.isInteger(least) && least > 1 ? least : null,
  }
}

export function writePathScope(params: URLSearchParams, scope: PathScope): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const name of PATH_PARAMS) next.delete(name)
  for (const one of scope.who) next.append('who', writeCondition(one))
  for (const one of scope.wholast) next.append('wholast', writeCondition(one))
  if (scope.unit !== 'person') next.set('unit', scope.unit)
  if (scope.unit === 'session' && scope.gap !== null) next.set('gap', writeTime(scope.gap))
  if (scope.unit !== 'person' && scope.cut) next.set('cut', scope.cut)
  if (scope.unit === 'instance') for (const name of scope.restart) next.append('restart', name)
  if (scope.match) next.set('match', scope.match)
  if (scope.nomatch) next.set('nomatch', scope.nomatch)
  if (scope.mingroup !== null) next.set('mingroup', String(scope.mingroup))
  return next
}

/** As the server takes it; what restricts nothing is left out, and so is an instance that nothing begins yet. */
export function pathBody(scope: PathScope): Record<string, unknown> {
  const cut =
    scope.unit === 'session'
      ? {
          unit: 'session',
          ...(scope.gap === null ? {} : { session_gap_seconds: scope.gap }),
          ...(scope.cut ? { session_column: scope.cut } : {}),
        }
      : scope.unit === 'instance' && scope.restart.length > 0
        ? { restart: scope.restart.map(asStep) }
        : scope.unit === 'instance' && scope.cut
          ? { instance_column: scope.cut }
          : {}
  return {
    ...(scope.who.length > 0 ? { person_conditions: scope.who } : {}),
    ...(scope.wholast.length > 0 ? { person_last_conditions: scope.wholast } : {}),
    ...cut,
    ...(scope.match ? { pattern: scope.match } : {}),
    ...(scope.nomatch ? { without_pattern: scope.nomatch } : {}),
    ...(scope.mingroup === null ? {} : { min_group: scope.mingroup }),
  }
}

/** How many of its parts restrict or change something. */
export function activeParts(scope: PathScope): number {
  return (
    scope.who.length + scope.wholast.length + Number(scope.unit !== 'person') + Number(scope.match !== '') +
    Number(scope.nomatch !== '') + Number(scope.mingroup !== null)
  )
}

/** A name as one of the alternatives of a step: `|` and a backslash before it are escaped. */
export const asStep = (name: string): string => name.replaceAll('\\', '\\\\').replaceAll('|', '\\|')

/** The names a step stands for: `a|b` is either. The server reads it the same way (`journeys/alternatives.py`). */
export function alternatives(step: string): string[] {
  const names = ['']
  for (let place = 0; place < step.length; place++) {
    const letter = step[place]!
    const next = step[place + 1]
    if (letter === '\\' && (next === '\\' || next === '|')) {
      names[names.length - 1] += next
      place++
    } else if (letter === '|') names.push('')
    else names[names.length - 1] += letter
  }
  return names.length === 1 ? names : names.map((name) => name.trim())
}

export function usePathScope() {
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const paths = useMemo(() => readPathScope(new URLSearchParams(text)), [text])
  const setPaths = useCallback(
    (change: Partial<PathScope>) =>
      setParams((old) => writePathScope(old, { ...readPathScope(old), ...change }), { replace: false }),
    [setParams],
  )
  return { paths, setPaths }
}

/** Everything a question about paths is asked of: days, events, persons, the cut. */
export function usePathsBody(): ReturnType<typeof scopeBody> & Record<string, unknown> {
  const { body } = useScope()
  const { paths } = usePathScope()
  return useMemo(() => ({ ...body, ...pathBody(paths) }), [body, paths])
}
