/** Two segments in the address: `?compare=1&a=province:=:Tehran&b=province:=:Fars`. */
import { useQuery } from '@tanstack/react-query'
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'
import { post } from '@/api/client'
import type { Problem } from '@/api/problem'
import type { Condition } from '@/api/types'
import type { Language } from '@/i18n/format'
import { readCondition, writeCondition } from '@/shell/scope'
import { useWorkspace } from '@/shell/session'
import { usePathsBody } from '../scope/pathScope'
import type { Request } from './context'

export const SIDES = ['a', 'b'] as const
export type Side = (typeof SIDES)[number]

/** The engine's name of the comparison, whatever is compared. */
export const COMPARE = 'compare'

export interface Compared {
  row: string[]
  figure: 'share' | 'seconds'
  a: number | null
  a_low: number | null
  a_high: number | null
  a_n: number
  b: number | null
  b_low: number | null
  b_high: number | null
  b_n: number
  difference: number | null
  difference_low: number | null
  difference_high: number | null
  p: number | null
  p_corrected: number | null
}

interface SideOf {
  events: number
  paths: number
  persons: number
}

export interface Comparison {
  /** The question that is compared. */
  of: string
  a: SideOf
  b: SideOf
  overlap: number | null
  comparisons: number
  tests: { name: string; p: number | null }[]
  names: Record<Language, string[]>
  rows: Compared[]
}

export interface Comparing {
  /** The bar is open; there may be no condition yet. */
  on: boolean
  sides: Record<Side, Condition[]>
  set: (side: Side, conditions: Condition[]) => void
  open: (on: boolean) => void
}

export function useComparing(): Comparing {
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const sides = useMemo(() => {
    const read = (side: Side) =>
      new URLSearchParams(text).getAll(side).map(readCondition).filter((found) => found !== null)
    return { a: read('a'), b: read('b') }
  }, [text])
  const set = useCallback(
    (side: Side, conditions: Condition[]) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old)
          next.delete(side)
          for (const condition of conditions) next.append(side, writeCondition(condition))
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  const open = useCallback(
    (on: boolean) =>
      setParams(
        (old) => {
          const next = new URLSearchParams(old)
          if (on) next.set(COMPARE, '1')
          else for (const name of [COMPARE, ...SIDES]) next.delete(name)
          return next
        },
        { replace: true },
      ),
    [setParams],
  )
  const on = params.has(COMPARE)
  return useMemo(() => ({ on, sides, set, open }), [on, sides, set, open])
}

/** What is asked of the engine: the question of the page, of both segments; null while there is nothing to compare. */
export function compareRequest(of: string, request: Request, { sides }: Comparing): Request {
  if (request === null || sides.a.length + sides.b.length === 0) return null
  return {
    of,
    arguments: request,
    a: { person_conditions: sides.a },
    b: { person_conditions: sides.b },
  }
}

export function useComparison(asked: Request) {
  const { id } = useWorkspace()
  const body = usePathsBody()
  const whole = { ...body, ...asked }
  return useQuery<Comparison, Problem>({
    queryKey: ['paths', id, COMPARE, whole],
    queryFn: ({ signal }) =>
      post<Comparison>('/api/workspaces/{w}/paths/compare', { path: { w: id }, body: whole, signal }),
    staleTime: 60_000,
    enabled: asked !== null,
  })
}
