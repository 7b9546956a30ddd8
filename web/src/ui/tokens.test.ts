import { describe, expect, it } from 'vitest'
import { cssName, dark, light, type Tokens } from './tokens'

function luminance(hex: string): number {
  const [r, g, b] = [1, 3, 5].map((at) => {
    const part = parseInt(hex.slice(at, at + 2), 16) / 255
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4
  })
  return 0.2126 * r! + 0.7152 * g! + 0.0722 * b!
}

function contrast(one: string, other: string): number {
  const [low, high] = [luminance(one), luminance(other)].sort((a, b) => a - b)
  return (high! + 0.05) / (low! + 0.05)
}

describe.each([
  ['light', light],
  ['dark', dark],
] as [string, Tokens][])('%s colours', (_, scheme) => {
  it('text is readable on every ground (4.5:1)', () => {
    for (const text of [scheme.text, scheme.textSoft, scheme.textFaint, scheme.accent, scheme.danger]) {
      for (const ground of [scheme.ground, scheme.surface, scheme.sunk, scheme.measured]) {
        expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
      }
    }
    const cards = [scheme.cardTeal, scheme.cardBlue, scheme.cardAmber, scheme.cardViolet, scheme.cardGreen, scheme.cardRed, scheme.cardGrey]
    for (const text of [scheme.text, scheme.textSoft, scheme.textFaint, scheme.accent]) {
      for (const ground of cards) expect(contrast(text, ground), `${text} on ${ground}`).toBeGreaterThanOrEqual(4.5)
    }
    expect(contrast(scheme.onAccent, scheme.accent)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(scheme.accent, scheme.accentSoft)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(scheme.text, scheme.heat)).toBeGreaterThanOrEqual(4.5)
    expect(contrast(scheme.warn, scheme.warnSoft)).toBeGreaterThanOrEqual(4.5)
  })

  it('drawings stand out from the ground (3:1)', () => {
    for (const ink of [scheme.emotionN2, scheme.emotionP2, scheme.emotion0, scheme.left, scheme.wentOn]) {
      expect(contrast(ink, scheme.surface), `${ink} on ${scheme.surface}`).toBeGreaterThanOrEqual(3)
    }
    for (const name of ['series1', 'series2', 'series3', 'series4', 'series5', 'series6'] as const) {
      expect(contrast(scheme[name], scheme.surface), name).toBeGreaterThanOrEqual(3)
    }
  })
})

it('names CSS variables after the tokens', () => {
  expect(cssName('emotionN2')).toBe('--hs-emotion-n2')
  expect(cssName('onAccent')).toBe('--hs-on-accent')
})
