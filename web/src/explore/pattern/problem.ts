/** What the server says of a pattern that it cannot read or use, and where. */
import type { Problem } from '@/api/problem'

const CODES = new Set([
  'bad_pattern',
  'no_name_like',
  'pattern_matches_nothing',
  'pattern_never_matches',
  'pattern_too_large',
  'unknown_event',
])

export const isOfPattern = (error: Problem | null): error is Problem => error !== null && CODES.has(error.code)

export interface Marked {
  before: string
  /** What is wrong; a space where something is missing at the end. */
  wrong: string
  after: string
}

/** Places are counted in characters, which JavaScript's own indexes are not always. */
export function marked({ params }: Pick<Problem, 'params'>): Marked | null {
  const { pattern, position, length } = params
  if (typeof pattern !== 'string' || typeof position !== 'number') return null
  const characters = Array.from(pattern)
  const end = position + Math.max(1, typeof length === 'number' ? length : 1)
  return {
    before: characters.slice(0, position).join(''),
    wrong: characters.slice(position, end).join('') || '\u00a0',
    after: characters.slice(end).join(''),
  }
}

const WORD = /^[\p{L}\p{N}_\u200c/:@#$%&=;](?:[\p{L}\p{N}_\u200c/:@#$%&=;]|[-.'](?=[\p{L}\p{N}_\u200c/:@#$%&=;]))*$/u

/** A name as a pattern says it: in quotes unless it is a plain word. */
export const quoted = (name: string): string =>
  WORD.test(name) && name !== 'within' ? name : `"${name.replaceAll('"', '""')}"`

/** The pattern with another name in place of the one that is not known. */
export function replaced(problem: Pick<Problem, 'params'>, name: string): string {
  const place = marked(problem)
  return place ? place.before + quoted(name) + place.after : quoted(name)
}
