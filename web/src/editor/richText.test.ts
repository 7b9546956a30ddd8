import { describe, expect, it } from 'vitest'
import { parseInline, parseRich, plainText, SAFE_LINK, toggleMark, type Block, type Inline } from './richText'

const text = (words: string): Inline => ({ kind: 'text', text: words })
const line = (words: string) => parseInline(words)

describe('a card\'s little Markdown', () => {
  it('knows bold, italic and both', () => {
    expect(line('a **b** c')).toEqual([text('a '), { kind: 'strong', inside: [text('b')] }, text(' c')])
    expect(line('*کند* است')).toEqual([{ kind: 'em', inside: [text('کند')] }, text(' است')])
    expect(line('**a *b* c**')).toEqual([{ kind: 'strong', inside: [text('a '), { kind: 'em', inside: [text('b')] }, text(' c')] }])
    expect(line('***a***')).toEqual([{ kind: 'strong', inside: [{ kind: 'em', inside: [text('a')] }] }])
  })

  it('leaves stars that mean something else', () => {
    for (const words of ['2*3*4', '2 * 3 * 4', '**', '****', 'a** b**', '*', 'five ***** stars', '** a **']) {
      expect(plainText(words), words).toBe(words)
      expect(line(words).every((part) => part.kind === 'text'), words).toBe(true)
    }
    expect(line('\\*not\\*')).toEqual([text('*not*')])
  })

  it('knows lists, bulleted and numbered in either digits', () => {
    expect(parseRich('why:\n- a\n- b\n۱. یک\n2) دو')).toEqual<Block[]>([
      { kind: 'line', inside: [text('why:')] },
      { kind: 'list', ordered: false, items: [[text('a')], [text('b')]] },
      { kind: 'list', ordered: true, items: [[text('یک')], [text('دو')]] },
    ])
  })

  it('knows links, and addresses within a sentence', () => {
    expect(line('[help](https://a.example/x)')).toEqual([{ kind: 'link', href: 'https://a.example/x', inside: [text('help')] }])
    expect(line('see https://a.example/x.')).toEqual([
      text('see '), { kind: 'link', href: 'https://a.example/x', inside: [text('https://a.example/x')] }, text('.'),
    ])
  })

  it.each([
    '<img src=x onerror=alert(1)>',
    '<script>alert(1)</script>',
    '[x](javascript:alert(1))',
    '[x](JaVaScRiPt:alert(1))',
    '[x](data:text/html,<script>)',
    '[x](vbscript:x)',
    '[x](https://a" onclick="alert(1))',
    '[x]( https://a)',
    '[x](//a.example)',
    '[[x](https://a.example)](javascript:alert(1))',
    '**<b onmouseover=alert(1)>**',
    'javascript:alert(1)',
    '&lt;script&gt;',
  ])('makes nothing but text, stress and safe links of %s', (hostile) => {
    const check = (parts: readonly Inline[]): void => {
      for (const part of parts) {
        if (part.kind === 'text') continue
        expect(['strong', 'em', 'link']).toContain(part.kind)
        if (part.kind === 'link') expect(part.href).toMatch(SAFE_LINK)
        check(part.inside)
      }
    }
    check(line(hostile))
  })

  it.each(['*a ', '**a ', '[a', '[a](https://b ', '\\', '* * ', '**a*b'])('reads 5,000 characters of %j at once', (piece) => {
    const long = piece.repeat(5000 / piece.length)
    const begun = performance.now()
    parseRich(long)
    expect(performance.now() - begun).toBeLessThan(200)
  })

  it('says a text without its marks', () => {
    expect(plainText('**Slow** [page](https://a.example)\n- *one*\n- two')).toBe('Slow page\n• one\n• two')
    expect(plainText('می‌خواهم بدانم؛ ۲*۳')).toBe('می‌خواهم بدانم؛ ۲*۳')
  })
})

describe('a mark while writing', () => {
  it('is put around the selection and taken away again', () => {
    const bold = toggleMark({ text: 'very slow page', start: 5, end: 9 }, '**')
    expect(bold).toEqual({ text: 'very **slow** page', start: 7, end: 11 })
    expect(toggleMark(bold, '**')).toEqual({ text: 'very slow page', start: 5, end: 9 })
  })

  it('keeps bold and italic apart', () => {
    const both = toggleMark(toggleMark({ text: 'slow', start: 0, end: 4 }, '**'), '*')
    expect(both.text).toBe('***slow***')
    expect(toggleMark(both, '**')).toEqual({ text: '*slow*', start: 1, end: 5 })
  })

  it('leaves the spaces at the ends outside', () => {
    expect(toggleMark({ text: 'a slow page', start: 1, end: 7 }, '*').text).toBe('a *slow* page')
  })

  it('takes away marks that were selected with the words', () => {
    expect(toggleMark({ text: '**slow**', start: 0, end: 8 }, '**')).toEqual({ text: 'slow', start: 0, end: 4 })
  })
})
