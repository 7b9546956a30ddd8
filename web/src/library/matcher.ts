/** A matcher's conditions as they are typed, and as they are kept. */
import type { Condition, Matcher } from '@/editor/model'
import { latinDigits } from '@/i18n/format'

export const OPERATORS = ['=', 'in', '<', '>', 'exists'] as const

export interface ConditionDraft {
  property: string
  op: Condition['op']
  value: string
}

const LIST = /[,،;؛]/

/** Digits of any script that make a plain number become one; all else stays text. */
function scalar(text: string): string | number {
  const plain = latinDigits(text.trim())
  return /^-?\d{1,15}(\.\d+)?$/.test(plain) ? Number(plain) : text.trim()
}

/** Null while it is unfinished: no property, no value, or no number where one is compared. */
export function conditionOf({ property, op, value }: ConditionDraft): Condition | null {
  const name = property.trim()
  if (!name) return null
  if (op === 'exists') return { property: name, op }
  if (op === 'in') {
    const values = value.split(LIST).map((one) => one.trim()).filter(Boolean)
    return values.length > 0 ? { property: name, op, value: values.map(scalar) } : null
  }
  if (!value.trim()) return null
  const one = scalar(value)
  if ((op === '<' || op === '>') && typeof one !== 'number') return null
  return { property: name, op, value: one }
}

/** `digits` writes numbers in the reader's digits; they are read back in any. */
export function draftOf({ property, op, value }: Condition, digits: (text: string) => string): ConditionDraft {
  const one = (part: unknown) => (typeof part === 'number' ? digits(String(part)) : String(part))
  if (value === undefined || value === null) return { property, op, value: '' }
  return { property, op, value: Array.isArray(value) ? value.map(one).join('، ') : one(value) }
}

export const sameMatcher = (a: Matcher | null, b: Matcher | null): boolean =>
  JSON.stringify(a && [a.events, a.conditions]) === JSON.stringify(b && [b.events, b.conditions])
