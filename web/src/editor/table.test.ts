import { expect, it } from 'vitest'
import { readTable, writeTable } from './table'

it('reads what a spreadsheet copies: rows, columns, quoted cells of several lines', () => {
  expect(readTable('a\tb\r\n"line one\nline ""two"""\tc\r\n')).toEqual([['a', 'b'], ['line one\nline "two"', 'c']])
})

it('keeps Persian digits and half-spaces, and formulas as text', () => {
  expect(readTable('می‌خواهم ۱۲٬۰۰۰\t=SUM(A1)\n+1\t@x')).toEqual([['می‌خواهم ۱۲٬۰۰۰', '=SUM(A1)'], ['+1', '@x']])
})

it('takes a quotation in a sentence for what it is', () => {
  expect(readTable('"No" is what they say\n"never closed\nnext')).toEqual([['"No" is what they say'], ['"never closed'], ['next']])
})

it('drops what no database keeps', () => {
  expect(readTable('a\u0000b\u0007\ud800c 😀')).toEqual([['abc 😀']])
})

it('writes so that it reads the same again', () => {
  const rows = [['a "b"', 'two\nlines'], ['', 'tab\there']]
  expect(readTable(writeTable(rows))).toEqual(rows)
})

it('reads a large hostile paste at once', () => {
  for (const text of ['"'.repeat(200_000), '"a\n'.repeat(50_000), '\t'.repeat(200_000)]) {
    const begun = performance.now()
    readTable(text)
    expect(performance.now() - begun).toBeLessThan(1_500)
  }
})
