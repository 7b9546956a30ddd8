/** Date range and property filter: they apply to every number on the page and live in the address. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import type { Condition } from '@/api/types'

export interface Scope {
  /** First and last day, both included, as Gregorian ISO dates in the reader's own time zone. */
  from: string | null
  to: string | null
  conditions: Condition[]
}

/** Which persons and what a path is (`explore/scope`): they go along with the address from screen to screen. */
export const PATH_PARAMS = ['who', 'wholast', 'unit', 'gap', 'cut', 'restart', 'match', 'nomatch', 'mingroup'] as const

const DAY = /^\d{4}-\d{2}-\d{2}$/
const OPS: Condition['op'][] = ['=', 'in', '<', '>', 'exists']

export function readScope(params: URLSearchParams): Scope {
  const day = (name: string): string | null => {
    const value = params.get(name) ?? ''
    return DAY.test(value) && !Number.isNaN(Date.parse(value)) ? value : null
  }
  return {
    from: day('from'),
    to: day('to'),
    conditions: params.getAll('where').map(readCondition).filter((found) => found !== null),
  }
}

export function writeScope(params: URLSearchParams, scope: Scope): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const name of ['from', 'to'] as const) {
    const value = scope[name]
    if (value) next.set(name, value)
    else next.delete(name)
  }
  next.delete('where')
  for (const condition of scope.conditions) next.append('where', writeCondition(condition))
  return next
}

/** `province:=:تهران`, `amount:>:100`, `device:in:app|web`, `score:exists`; each part is URI-encoded by itself. */
export function writeCondition(condition: Condition): string {
  const head = `${encodeURIComponent(condition.property)}:${condition.op}`
  if (condition.op === 'exists') return head
  const values = Array.isArray(condition.value) ? condition.value : [condition.value ?? '']
  return `${head}:${values.map((value) => encodeURIComponent(String(value))).join('|')}`
}

export function readCondition(text: string): Condition | null {
  const [property, op, value] = text.split(':')
  const found = OPS.find((name) => name === op)
  if (!property || !found) return null
  const name = decode(property)
  if (found === 'exists') return { property: name, op: found }
  if (!value) return null
  const values = value.split('|').map(decode)
  return { property: name, op: found, value: found === 'in' ? values : values[0]! }
}

/** What a question over HTTP takes; empty parts are left out. `to` is the first moment after the last day. */
export function scopeBody(scope: Scope): { from?: string; to?: string; conditions?: Condition[] } {
  const startOf = (day: string, later = 0): string => {
    const [year, month, date] = day.split('-').map(Number)
    return new Date(year!, month! - 1, date! + later).toISOString()
  }
  return {
    ...(scope.from ? { from: startOf(scope.from) } : {}),
    ...(scope.to ? { to: startOf(scope.to, 1) } : {}),
    ...(scope.conditions.length > 0 ? { conditions: scope.conditions } : {}),
  }
}

export function useScope(): { scope: Scope; body: ReturnType<typeof scopeBody>; setScope: (scope: Scope) => void } {
  const [params, setParams] = useSearchParams()
  // Of the address only this: what is selected changes it with every press.
  const text = writeScope(new URLSearchParams(), readScope(params)).toString()
  const scope = useMemo(() => readScope(new URLSearchParams(text)), [text])
  const body = useMemo(() => scopeBody(scope), [scope])
  const setScope = useCallback(
    (next: Scope) => setParams((old) => writeScope(old, next), { replace: false }),
    [setParams],
  )
  return { scope, body, setScope }
}

/** `?from=…&where=…` of the present address, to carry the scope to another screen. */
export function useScopeSearch(): string {
  const [params] = useSearchParams()
  const kept = writeScope(new URLSearchParams(), readScope(params))
  for (const name of PATH_PARAMS) for (const value of params.getAll(name)) kept.append(name, value)
  const text = kept.toString()
  return text ? `?${text}` : ''
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}
