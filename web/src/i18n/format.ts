/** Numbers, dates and durations as the reader writes them: language decides words and digits, calendar decides dates. */

export type Language = 'fa' | 'en'
export type Calendar = 'jalali' | 'gregorian'

export interface Formats {
  language: Language
  calendar: Calendar
  /** 1234.5 -> "1,234.5" or «۱٬۲۳۴٫۵»; at most `digits` decimals (default 0). */
  num(value: number, digits?: number): string
  /** 103383 -> "103383" or «۱۰۳۳۸۳»: a number as data have it, perhaps an id, so its digits are never grouped. */
  plain(value: number): string
  /** 12345 -> "12.3K" or «۱۲٫۳ هزار»: for axes and edges, never for a table. */
  compact(value: number): string
  /** 0.123 -> "12.3%"; shares under 10 % get one decimal unless `digits` says otherwise; 0 % and 100 % are never rounded to. */
  percent(value: number, digits?: number): string
  date(at: DateLike): string
  /** With its weekday, e.g. «یکشنبه ۱ آذر ۱۴۰۵». */
  longDate(at: DateLike): string
  /** «آذر ۱۴۰۵», "November 2026". */
  month(at: DateLike): string
  time(at: DateLike): string
  dateTime(at: DateLike): string
  /** Two units at most: 93_780 -> "1d 2h" or «۱ روز و ۲ ساعت». */
  duration(seconds: number): string
  /** One unit: 93_780 -> "1.1d" or «۱٫۱ روز». */
  shortDuration(seconds: number): string
  /** Digits of a ready-made text in the reader's own. */
  digits(text: string): string
}

export type DateLike = string | number | Date

const UNITS = [
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
  ['second', 1],
] as const

const cache = new Map<string, Formats>()

/** `timeZone` (IANA) is where the clocks of its times stand; without it, where the reader is. */
export function formats(language: Language, calendar: Calendar, timeZone?: string): Formats {
  const key = `${language}/${calendar}/${timeZone}`
  let found = cache.get(key)
  if (!found) cache.set(key, (found = build(language, calendar, timeZone)))
  return found
}

/** The locale for Intl and React Aria; digits follow the language, whatever the calendar. */
export function localeOf(language: Language, calendar: Calendar): string {
  const base = language === 'fa' ? 'fa-IR' : 'en-GB'
  return `${base}-u-ca-${calendar === 'jalali' ? 'persian' : 'gregory'}-nu-${language === 'fa' ? 'arabext' : 'latn'}`
}

export function weekStart(language: Language, calendar: Calendar): 'sat' | 'mon' {
  return language === 'fa' || calendar === 'jalali' ? 'sat' : 'mon'
}

/** "۱۲٫۵" or "١٢.٥" -> "12.5": what people type, for what machines read. */
export function latinDigits(text: string): string {
  return text
    .replace(/[۰-۹]/g, (d) => String(d.charCodeAt(0) - 0x6f0))
    .replace(/[٠-٩]/g, (d) => String(d.charCodeAt(0) - 0x660))
    .replace(/٫/g, '.')
    .replace(/٬/g, '')
}

function build(language: Language, calendar: Calendar, timeZone?: string): Formats {
  const locale = localeOf(language, calendar)
  const numbers = new Map<number, Intl.NumberFormat>()
  const number = (digits: number): Intl.NumberFormat => {
    let found = numbers.get(digits)
    if (!found) numbers.set(digits, (found = new Intl.NumberFormat(locale, { maximumFractionDigits: digits })))
    return found
  }
  const plain = new Intl.NumberFormat(locale, { useGrouping: false, maximumFractionDigits: 6 })
  const compact = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 })
  const percents = [0, 1, 2].map(
    (digits) => new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: digits }),
  )
  const dateOf = (options: Intl.DateTimeFormatOptions): ((at: DateLike) => string) => {
    const format = new Intl.DateTimeFormat(locale, { ...options, timeZone })
    // Intl names the Jalali era in English ("1405 AP"): the reader chose the calendar, so it says nothing.
    return (at) =>
      format
        .formatToParts(at instanceof Date ? at : new Date(at))
        .filter((part) => part.type !== 'era')
        .map((part) => part.value)
        .join('')
        .trim()
  }
  const day: Intl.DateTimeFormatOptions = { year: 'numeric', month: 'short', day: 'numeric' }
  const clock: Intl.DateTimeFormatOptions = { hour: '2-digit', minute: '2-digit', hourCycle: 'h23' }
  const date = dateOf(day)
  const time = dateOf(clock)
  // In one format with others, weekday and month come out in the wrong order in Persian ("1405 Azar 1, Sunday").
  const monthName = dateOf({ month: 'long' })
  const yearName = dateOf({ year: 'numeric' })
  const weekday = dateOf({ weekday: 'long' })
  const longDay = dateOf({ year: 'numeric', month: 'long', day: 'numeric' })
  const inUnit = (value: number, unit: string, digits: number): string =>
    new Intl.NumberFormat(locale, {
      style: 'unit',
      unit,
      unitDisplay: language === 'fa' ? 'long' : 'narrow',
      maximumFractionDigits: digits,
    }).format(value)
  // Without a Persian letter before it, "۸۶٪" is laid out left to right and its sign lands on the wrong side; the
  // Arabic letter mark makes it look the same wherever it stands.
  const mark = language === 'fa' ? '\u061c' : ''
  const joiner = language === 'fa' ? ' و ' : ' '

  return {
    language,
    calendar,
    num: (value, digits = 0) => number(digits).format(value),
    plain: (value) => plain.format(value),
    compact: (value) => (Math.abs(value) < 1000 ? number(1).format(value) : compact.format(value)),
    percent(value, digits) {
      // Only nobody is 0 % and only all of them are 100 %.
      if (value > 0 && value < 0.00005) return `<${mark}${percents[2]!.format(0.0001)}`
      if (value < 1 && value >= 0.99995) return mark + percents[2]!.format(0.9999)
      const near = (value > 0 && value < 0.0005) || (value < 1 && value >= 0.9995) ? 2 : value < 1 && value >= 0.995 ? 1 : null
      return mark + percents[near ?? digits ?? (Math.abs(value) < 0.0995 ? 1 : 0)]!.format(value)
    },
    date,
    longDate: (at) => `${weekday(at)}${language === 'fa' ? ' ' : ', '}${longDay(at)}`,
    month: (at) => `${monthName(at)} ${yearName(at)}`,
    time,
    dateTime: (at) => `${date(at)}${language === 'fa' ? '، ' : ', '}${time(at)}`,
    duration(seconds) {
      const sign = seconds < 0 ? '-' : ''
      let rest = Math.abs(seconds)
      if (rest < 1) return sign + inUnit(rest, 'second', rest === 0 ? 0 : 1)
      rest = Math.round(rest)
      const first = UNITS.findIndex(([, size]) => rest >= size)
      const [unit, size] = UNITS[first]!
      const whole = Math.floor(rest / size)
      const parts = [inUnit(whole, unit, 0)]
      const next = UNITS[first + 1]
      // Beyond a hundred days the hours say nothing.
      if (next && whole < 100) {
        const more = Math.floor((rest - whole * size) / next[1])
        if (more > 0) parts.push(inUnit(more, next[0], 0))
      }
      return sign + parts.join(joiner)
    },
    shortDuration(seconds) {
      const size = UNITS.find(([, length]) => Math.abs(seconds) >= length) ?? UNITS[3]
      const value = seconds / size[1]
      return inUnit(value, size[0], Math.abs(value) < 10 ? 1 : 0)
    },
    digits: (text) =>
      language === 'fa' ? text.replace(/[0-9]/g, (d) => String.fromCharCode(0x6f0 + Number(d))) : text,
  }
}
