/** What is asked, in the address, so that a link shows the same; what is usual is left out. */
import { useCallback, useMemo } from 'react'
import { useSearchParams } from 'react-router'

export interface Param<T> {
  read(params: URLSearchParams, name: string): T
  /** As texts; none: the parameter is left out. */
  write(value: T): string[]
}

/** A text; nothing is the usual one. */
const text = (usual = ''): Param<string> => ({
  read: (params, name) => params.get(name) ?? usual,
  write: (value) => (value === usual ? [] : [value]),
})

/** A number within its bounds; what is none, or out of bounds, is read as the usual one. */
const number = (usual: number, least = -Infinity, most = Infinity): Param<number> => ({
  read(params, name) {
    const found = params.get(name)
    const value = found === null || found.trim() === '' ? NaN : Number(found)
    return value >= least && value <= most ? value : usual
  },
  write: (value) => (value === usual ? [] : [String(value)]),
})

/** One of some words, the first being the usual one. */
const oneOf = <const Words extends readonly string[]>(...words: Words): Param<Words[number]> => ({
  read: (params, name) => words.find((word) => word === params.get(name)) ?? words[0]!,
  write: (value) => (value === words[0] ? [] : [value]),
})

/** Yes or no (`=1`); no is usual. */
const flag = (): Param<boolean> => ({
  read: (params, name) => params.get(name) === '1',
  write: (value) => (value ? ['1'] : []),
})

/** Texts in order, one parameter each. */
const list = (): Param<string[]> => ({
  read: (params, name) => params.getAll(name).filter(Boolean),
  write: (values) => values,
})

/** Seconds as `90m`, `12h`, `7d`; null (the usual): no limit. */
const time = (usual: number | null = null): Param<number | null> => ({
  read: (params, name) => (params.has(name) ? readTime(params.get(name)) : usual),
  write: (value) => (value === usual ? [] : [value === null ? 'none' : writeTime(value)]),
})

export const param = { text, number, oneOf, flag, list, time }

const UNITS = { s: 1, m: 60, h: 3600, d: 86_400 } as const

/** "7d" -> 604800; anything else that is not `number + s|m|h|d` is null. */
export function readTime(text: string | null): number | null {
  const [, number, unit] = /^(\d{1,9})([smhd])$/.exec(text ?? '') ?? []
  const seconds = Number(number) * UNITS[unit as keyof typeof UNITS]
  return number && seconds > 0 ? seconds : null
}

/** 604800 -> "7d"; the largest unit that leaves nothing over. */
export function writeTime(seconds: number): string {
  const unit = (['d', 'h', 'm'] as const).find((one) => seconds % UNITS[one] === 0) ?? 's'
  return `${Math.round(seconds / UNITS[unit])}${unit}`
}

// Any kind of parameter; what it holds comes out again in `Values`.
export type Spec = Record<string, Param<any>>
export type Values<S extends Spec> = { [Name in keyof S]: S[Name] extends Param<infer T> ? T : never }

export function readAddress<S extends Spec>(spec: S, params: URLSearchParams): Values<S> {
  return Object.fromEntries(Object.entries(spec).map(([name, one]) => [name, one.read(params, name)])) as Values<S>
}

export function writeAddress<S extends Spec>(
  spec: S,
  params: URLSearchParams,
  change: Partial<Values<S>>,
): URLSearchParams {
  const next = new URLSearchParams(params)
  for (const [name, value] of Object.entries(change)) {
    next.delete(name)
    for (const one of spec[name]!.write(value)) next.append(name, one)
  }
  return next
}

/** `const [asked, ask] = useAsked(SPEC)`: SPEC is a constant of the module; `ask({ top: 20 })` changes the address. */
export function useAsked<S extends Spec>(spec: S): [Values<S>, (change: Partial<Values<S>>) => void] {
  const [params, setParams] = useSearchParams()
  const text = params.toString()
  const asked = useMemo(() => readAddress(spec, new URLSearchParams(text)), [spec, text])
  const ask = useCallback(
    (change: Partial<Values<S>>) => setParams((old) => writeAddress(spec, old, change), { replace: true }),
    [setParams, spec],
  )
  return [asked, ask]
}
