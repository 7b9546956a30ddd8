/** The direction in which a mixed text is read. */

const RTL = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufeff]/gu
const LTR = /[A-Za-z\u00c0-\u024f\u0370-\u052f]/gu

/**
 * A Persian sentence may begin with «checkout», so the first letter does not decide: as soon as a third of the letters
 * are of the base direction, that is the sentence's; else the larger part is.
 */
export function directionOf(text: string, base: 'rtl' | 'ltr'): 'rtl' | 'ltr' {
  const rtl = text.match(RTL)?.length ?? 0
  const ltr = text.match(LTR)?.length ?? 0
  if (rtl + ltr === 0) return base
  const own = base === 'rtl' ? rtl : ltr
  if (own * 3 >= rtl + ltr) return base
  return rtl > ltr ? 'rtl' : 'ltr'
}
