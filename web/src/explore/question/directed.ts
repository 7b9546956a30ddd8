import type { Language } from '@/i18n/format'

/**
 * Names with arrows between them, each name with its own direction and the whole in the reader's: otherwise a text of
 * Latin names is laid out from the left with arrows that point back.
 */
export function directed(text: string, language: Language): string {
  const arrow = language === 'fa' ? ' ← ' : ' → '
  if (!text.includes(arrow)) return text
  const names = text.split(arrow).map((name) => `\u2068${name}\u2069`)
  return (language === 'fa' ? '\u200f' : '\u200e') + names.join(arrow)
}
