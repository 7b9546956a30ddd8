import { describe, expect, it } from 'vitest'
import { formats, latinDigits } from './format'

const fa = formats('fa', 'jalali')
const en = formats('en', 'gregorian')
// Noon, so that the day is the same in every time zone the tests may run in.
const noon = new Date(2026, 10, 22, 12, 5)

it('tells times by the clocks of a given zone', () => {
  expect(formats('fa', 'jalali', 'Asia/Tehran').dateTime('2024-08-02T21:00:00Z')).toBe('۱۳ مرداد ۱۴۰۳، ۰۰:۳۰')
  expect(formats('en', 'gregorian', 'UTC').dateTime('2024-08-02T21:00:00Z')).toBe('2 Aug 2024, 21:00')
})

describe('numbers', () => {
  it('carry the digits of the language', () => {
    expect(fa.num(1234567)).toBe('۱٬۲۳۴٬۵۶۷')
    expect(en.num(1234567)).toBe('1,234,567')
    expect(fa.num(2.55, 1)).toMatch(/^۲٫[۵۶]$/)
    expect(fa.plain(103383)).toBe('۱۰۳۳۸۳')
    expect(en.plain(103383.5)).toBe('103383.5')
    expect(fa.digits('p-204')).toBe('p-۲۰۴')
    expect(en.digits('p-204')).toBe('p-204')
  })

  it('show small shares with one decimal', () => {
    expect(en.percent(0.4215)).toBe('42%')
    expect(en.percent(0.0421)).toBe('4.2%')
    expect(fa.percent(0.4215)).toBe('\u061c۴۲٪')
    expect(en.percent(1)).toBe('100%')
    expect(en.percent(0)).toBe('0%')
  })

  it('never round somebody to nobody, nor most to all', () => {
    expect(en.percent(10_353 / 10_354)).toBe('99.99%')
    expect(en.percent(0.996)).toBe('99.6%')
    expect(en.percent(0.999999)).toBe('99.99%')
    expect(en.percent(1 / 5_000)).toBe('0.02%')
    expect(en.percent(0.000001)).toBe('<0.01%')
  })

  it('are read in any digits', () => {
    expect(latinDigits('۱۲٬۳۴۵٫۶')).toBe('12345.6')
    expect(latinDigits('٤٢')).toBe('42')
  })
})

describe('dates', () => {
  it('follow the calendar, digits follow the language', () => {
    expect(fa.date(noon)).toBe('۱ آذر ۱۴۰۵')
    expect(en.date(noon)).toBe('22 Nov 2026')
    expect(formats('en', 'jalali').date(noon)).toBe('1 Azar 1405')
    expect(formats('fa', 'gregorian').date(noon)).toContain('۲۰۲۶')
  })

  it('name the weekday in long dates', () => {
    expect(fa.longDate(noon)).toBe('یکشنبه ۱ آذر ۱۴۰۵')
    expect(en.longDate(noon)).toBe('Sunday, 22 November 2026')
  })

  it('name the month before the year', () => {
    expect(fa.month(noon)).toBe('آذر ۱۴۰۵')
    expect(en.month(noon)).toBe('November 2026')
    expect(formats('en', 'jalali').month(noon)).toBe('Azar 1405')
  })

  it('tell the time on a 24-hour clock', () => {
    expect(fa.time(noon)).toBe('۱۲:۰۵')
    expect(en.dateTime(noon)).toBe('22 Nov 2026, 12:05')
  })
})

describe('durations', () => {
  it.each([
    [0, '0s', '۰ ثانیه'],
    [45, '45s', '۴۵ ثانیه'],
    [90, '1m 30s', '۱ دقیقه و ۳۰ ثانیه'],
    [3600, '1h', '۱ ساعت'],
    [93_780, '1d 2h', '۱ روز و ۲ ساعت'],
    [86_400 * 120 + 7200, '120d', '۱۲۰ روز'],
  ])('%d seconds', (seconds, english, persian) => {
    expect(en.duration(seconds)).toBe(english)
    expect(fa.duration(seconds)).toBe(persian)
  })

  it('fit in one unit on edges', () => {
    expect(en.shortDuration(93_780)).toBe('1.1d')
    expect(en.shortDuration(86_400 * 12.4)).toBe('12d')
    expect(fa.shortDuration(5400)).toBe('۱٫۵ ساعت')
  })
})
