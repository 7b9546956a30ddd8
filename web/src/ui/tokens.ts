/** Every colour of the product, once per scheme; CSS reads them as `--hs-<name>`, drawings as `tokens(scheme)`. */

export interface Tokens {
  ground: string
  surface: string
  sunk: string
  raised: string
  line: string
  lineStrong: string
  text: string
  textSoft: string
  textFaint: string
  accent: string
  accentSoft: string
  onAccent: string
  /** The second tone: what happened, as opposed to what we believe. */
  measured: string
  measuredLine: string
  danger: string
  dangerSoft: string
  warn: string
  warnSoft: string
  good: string
  /** The three buckets of a stage; always with a pattern or a word beside them. */
  wentOn: string
  stillOpen: string
  left: string
  /** Emotion from -2 to +2, blue to orange turned round: orange is bad, blue is good. */
  emotionN2: string
  emotionN1: string
  emotion0: string
  emotionP1: string
  emotionP2: string
  series1: string
  series2: string
  series3: string
  series4: string
  series5: string
  series6: string
  other: string
  /** Grounds that a card may be given; every text is readable on them. */
  cardTeal: string
  cardBlue: string
  cardAmber: string
  cardViolet: string
  cardGreen: string
  cardRed: string
  cardGrey: string
  /** The strongest tint of a table's cell; text stays readable on it. */
  heat: string
  shadow: string
}

export const light: Tokens = {
  ground: '#f8f6f3',
  surface: '#ffffff',
  sunk: '#f1eee9',
  raised: '#ffffff',
  line: '#e5e0d8',
  lineStrong: '#c9c1b5',
  text: '#221f1b',
  textSoft: '#575148',
  textFaint: '#6e675c',
  accent: '#0b5f5f',
  accentSoft: '#e2efed',
  onAccent: '#ffffff',
  measured: '#edf3f2',
  measuredLine: '#c8dad7',
  danger: '#a8321c',
  dangerSoft: '#fbeae5',
  warn: '#845300',
  warnSoft: '#fbf0da',
  good: '#0b5f5f',
  wentOn: '#1a7a77',
  stillOpen: '#9ac4c0',
  left: '#c8702c',
  emotionN2: '#b3520a',
  emotionN1: '#d98a3d',
  emotion0: '#8c857a',
  emotionP1: '#5b93c7',
  emotionP2: '#1f5fa6',
  series1: '#1a7a77',
  series2: '#3d6fb4',
  series3: '#b67a1c',
  series4: '#86518f',
  series5: '#6a7c2c',
  series6: '#b1542f',
  other: '#a79f93',
  cardTeal: '#dcf0ee',
  cardBlue: '#e3edfa',
  cardAmber: '#fbefcd',
  cardViolet: '#f3e8f6',
  cardGreen: '#e9f1d8',
  cardRed: '#fde8e1',
  cardGrey: '#ece8e2',
  heat: '#62a5a2',
  shadow: '0 6px 24px rgb(40 32 20 / 14%)',
}

export const dark: Tokens = {
  ground: '#171512',
  surface: '#1f1d19',
  sunk: '#13110f',
  raised: '#292620',
  line: '#353029',
  lineStrong: '#544d43',
  text: '#efece7',
  textSoft: '#c0b9ae',
  textFaint: '#a39b8f',
  accent: '#6cc4be',
  accentSoft: '#173534',
  onAccent: '#06282a',
  measured: '#1a2423',
  measuredLine: '#2f4644',
  danger: '#f09a83',
  dangerSoft: '#3b1e17',
  warn: '#e3b55f',
  warnSoft: '#362a13',
  good: '#6cc4be',
  wentOn: '#3f9f9a',
  stillOpen: '#2c5b59',
  left: '#d98a4c',
  emotionN2: '#ee9247',
  emotionN1: '#d8a877',
  emotion0: '#a39b8f',
  emotionP1: '#86b1dc',
  emotionP2: '#5f9fe6',
  series1: '#4fb0aa',
  series2: '#7fa8e0',
  series3: '#d9a44a',
  series4: '#bd8bc6',
  series5: '#a5b761',
  series6: '#df8a64',
  other: '#7d766b',
  cardTeal: '#173634',
  cardBlue: '#1d2c43',
  cardAmber: '#3a2d11',
  cardViolet: '#36243c',
  cardGreen: '#283115',
  cardRed: '#412318',
  cardGrey: '#302c27',
  heat: '#2c6460',
  shadow: '0 8px 28px rgb(0 0 0 / 50%)',
}

export function tokens(scheme: 'light' | 'dark'): Tokens {
  return scheme === 'dark' ? dark : light
}

/** `emotionN2` -> `--hs-emotion-n2`. */
export function cssName(token: string): string {
  return `--hs-${token.replace(/([a-z])([A-Z0-9])/g, '$1-$2').toLowerCase()}`
}

export function cssVariables(scheme: Tokens): Record<string, string> {
  return Object.fromEntries(Object.entries(scheme).map(([name, value]) => [cssName(name), value as string]))
}
