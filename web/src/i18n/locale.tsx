/** The reader's language and calendar, for the whole tree; `useT` and `useFormats` read them. */
import { createContext, useCallback, useContext, useEffect, useMemo, useState, type ReactNode } from 'react'
import i18next from 'i18next'
import { formats, type Calendar, type Formats, type Language } from './format'
import { loadTexts } from './texts'

export interface Locale {
  language: Language
  calendar: Calendar
  dir: 'rtl' | 'ltr'
  setLocale(language: Language, calendar: Calendar): void
}

const LocaleContext = createContext<Locale | null>(null)
const KEY = 'hamsafar.locale'

/** What this browser used last, else what it asks for; a Persian reader starts with the Jalali calendar. */
export function rememberedLocale(): { language: Language; calendar: Calendar } {
  const [language, calendar] = (localStorage.getItem(KEY) ?? '').split('/')
  const guess: Language = navigator.languages?.some((name) => name.startsWith('fa')) ? 'fa' : 'en'
  const chosen: Language = language === 'fa' || language === 'en' ? language : guess
  return {
    language: chosen,
    calendar: calendar === 'jalali' || calendar === 'gregorian' ? calendar : chosen === 'fa' ? 'jalali' : 'gregorian',
  }
}

export function LocaleProvider(props: {
  initial: { language: Language; calendar: Calendar }
  children: (locale: Locale) => ReactNode
}) {
  const [shown, setShown] = useState(props.initial)
  const setLocale = useCallback((language: Language, calendar: Calendar) => {
    // The texts first: a screen never shows one language in the other's direction.
    void loadTexts(language, []).then(() => {
      localStorage.setItem(KEY, `${language}/${calendar}`)
      setShown((old) => (old.language === language && old.calendar === calendar ? old : { language, calendar }))
    })
  }, [])
  const dir = shown.language === 'fa' ? 'rtl' : 'ltr'
  useEffect(() => {
    document.documentElement.lang = shown.language
    document.documentElement.dir = dir
  }, [shown.language, dir])
  const locale = useMemo<Locale>(() => ({ ...shown, dir, setLocale }), [shown, dir, setLocale])
  return <LocaleContext.Provider value={locale}>{props.children(locale)}</LocaleContext.Provider>
}

export function useLocale(): Locale {
  const locale = useContext(LocaleContext)
  if (!locale) throw new Error('useLocale outside LocaleProvider')
  return locale
}

export function useFormats(): Formats {
  const { language, calendar } = useLocale()
  return formats(language, calendar)
}

export type Text = (key: string, values?: Record<string, unknown>) => string

/**
 * Texts of one screen: `const t = useT('events')`, then `t('title')`, or `t('ui:cancel')` for another namespace.
 * Numbers among the values are shown in the reader's digits; `count` also chooses the plural and is shown as `{{n}}`.
 */
export function useT(namespace: string): Text {
  const { language, calendar } = useLocale()
  return textOf(language, calendar, namespace)
}

const texts = new Map<string, Text>()

/** The same function for the same language and namespace, so that thousands of parts of a screen share it. */
function textOf(language: Language, calendar: Calendar, namespace: string): Text {
  const key = `${language}/${calendar}/${namespace}`
  const known = texts.get(key)
  if (known) return known
  const t = i18next.getFixedT(language, namespace)
  const shown = formats(language, calendar)
  const text: Text = (name, values) => {
    if (!values) return t(name)
    const ready: Record<string, unknown> = {}
    for (const [field, value] of Object.entries(values)) {
      ready[field] = typeof value === 'number' && field !== 'count' ? shown.num(value, 2) : value
    }
    if (typeof values.count === 'number') ready.n = shown.num(values.count)
    return t(name, ready) as string
  }
  texts.set(key, text)
  return text
}
