import type { Formats } from '@/i18n/format'

/** A p-value: to three decimals, and below them only that it is. */
export const pValue = (p: number, shown: Formats): string =>
  p < 0.001 ? `< ${shown.num(0.001, 3)}` : shown.num(p, 3)
