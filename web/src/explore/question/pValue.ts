import type { Formats } from '@/i18n/format'

/** A p-value: to three decimals, and below them only that it is; isolated, so that its sign stays before it in Persian. */
export const pValue = (p: number, shown: Formats): string =>
  p < 0.001 ? `\u2066< ${shown.num(0.001, 3)}\u2069` : shown.num(p, 3)
