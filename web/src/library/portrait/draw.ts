/**
 * A small portrait out of chosen features: the same features give the same picture, with nothing fetched and no chance.
 * Pure text: shown as an image, and laid into a persona's card.
 */
import { PORTRAIT_FEATURES, type PortraitFeature, type PortraitFeatures } from '../types'

/** Colours of the drawing itself: the same in light and dark, as a photo's are. */
export const PORTRAIT_COLORS: Record<string, Record<string, string>> = {
  skin: { light: '#f6dcc8', fair: '#efc9a9', olive: '#dcae84', tan: '#c69065', brown: '#9c6a45', dark: '#6f4a31' },
  hair_color: { black: '#2a2320', brown: '#5d4030', light: '#a3784a', gray: '#8f8a84', white: '#d9d6d1' },
  cover_color: { navy: '#2f4a70', teal: '#1f6f6c', plum: '#744a6f', sand: '#b59468', gray: '#75767a', black: '#2b2b2e' },
  clothes_color: { navy: '#35507a', teal: '#2a7f7b', plum: '#7d5277', sand: '#c0a077', gray: '#808287', black: '#34343a' },
  background: { mint: '#dcefe8', sky: '#dbe8f5', rose: '#f5e1e1', sun: '#f8ecd0', stone: '#e9e5df', lilac: '#e8e1f2' },
}

const chosen = <F extends PortraitFeature>(features: PortraitFeatures, feature: F): (typeof PORTRAIT_FEATURES)[F][number] =>
  (features[feature] ?? PORTRAIT_FEATURES[feature][0]) as (typeof PORTRAIT_FEATURES)[F][number]

const INK = '#3a2f29'

/** What lies behind the head. */
const BEHIND: Partial<Record<string, string>> = {
  long: '<path d="M27 44c0-16 9-25 21-25s21 9 21 25v27H27z"/>',
  bun: '<circle cx="48" cy="15" r="8"/>',
}
/** What lies over the forehead. */
const HAIR: Record<string, string> = {
  none: '',
  short: '<path d="M30 43c-2-17 7-25 18-25s20 8 18 25c-2-6-4-9-7-11-6 2-17 2-23-1-3 3-5 7-6 12z"/>',
  side: '<path d="M30 44c-3-18 7-26 19-26 11 0 19 8 17 25-1-5-3-8-5-10-9 1-17-1-22-6-1 6-6 9-9 17z"/>',
  curly:
    '<g><circle cx="33" cy="32" r="7"/><circle cx="39" cy="24" r="8"/><circle cx="48" cy="21" r="8"/><circle cx="57" cy="24" r="8"/><circle cx="63" cy="32" r="7"/><circle cx="31" cy="40" r="4"/><circle cx="65" cy="40" r="4"/></g>',
  long: '<path d="M29 48c-3-20 7-29 19-29s22 9 19 29c-2-8-5-13-9-16-6 3-15 3-20 0-4 3-7 8-9 16z"/>',
  bun: '<path d="M30 42c-1-15 8-22 18-22s19 7 18 22c-3-7-9-11-18-11s-15 4-18 11z"/>',
}
const COVER: Record<string, string> = {
  none: '',
  scarf:
    '<path fill-rule="evenodd" d="M48 14c-15 0-23 11-23 28 0 9 2 16 5 22 5 7 11 11 18 11s13-4 18-11c3-6 5-13 5-22 0-17-8-28-23-28zm0 13c10 0 16 7 16 18 0 13-7 23-16 23s-16-10-16-23c0-11 6-18 16-18z"/><path d="M36 68c6 5 18 5 24 0l5 9c-10 7-24 7-34 0z"/>',
  maghnae:
    '<path fill-rule="evenodd" d="M48 15c-15 0-23 10-23 27 0 14-1 26-7 41 9 8 51 8 60 0-6-15-7-27-7-41 0-17-8-27-23-27zm0 14c9 0 14 6 14 16 0 12-6 21-14 21s-14-9-14-21c0-10 5-16 14-16z"/>',
  chador:
    '<path fill-rule="evenodd" d="M48 11C29 11 20 25 19 44c-1 17-5 32-12 44 22 12 60 12 82 0-7-12-11-27-12-44-1-19-10-33-29-33zm0 17c10 0 15 7 15 17 0 12-6 21-15 21s-15-9-15-21c0-10 5-17 15-17z"/>',
  cap: '<path d="M29 35c0-12 8-18 19-18s19 6 19 18c-12-3-26-3-38 0z"/><path d="M28 35c13-4 27-4 40 0l3 4c-15-4-31-4-46 0z"/>',
}
const BEARD: Record<string, string> = {
  none: '',
  stubble: '<path opacity=".35" d="M32 50c1 12 7 19 16 19s15-7 16-19c-3 5-5 7-8 7H40c-3 0-5-2-8-7z"/>',
  moustache: '<path d="M40 57c2-3 6-3 8-1 2-2 6-2 8 1-3 1-6 1-8 0-2 1-5 1-8 0z"/>',
  full: '<path fill-rule="evenodd" d="M31 47c0 15 7 25 17 25s17-10 17-25c-2 5-4 8-7 8-3-2-7-2-10 0-3-2-7-2-10 0-3 0-5-3-7-8zm12 13c3 2 7 2 10 0-1 3-3 4-5 4s-4-1-5-4z"/>',
}
const GLASSES: Record<string, string> = {
  none: '',
  round: '<circle cx="40" cy="46" r="6"/><circle cx="56" cy="46" r="6"/><path d="M46 45c1-1 3-1 4 0M34 45l-3-1m31 1 3-1"/>',
  square: '<rect x="33.500" y="41" width="12" height="9" rx="2"/><rect x="50.500" y="41" width="12" height="9" rx="2"/><path d="M45.500 44h5M33.500 44l-3-1m32 1 3-1"/>',
}
const CLOTHES: Record<string, (color: string) => string> = {
  shirt: (color) => `<path fill="${color}" d="M10 96c1-15 12-22 26-24l12 8 12-8c14 2 25 9 26 24z"/><path fill="#fff" fill-opacity=".82" d="m36 72 12 9-7 6-9-13zm24 0-12 9 7 6 9-13z"/>`,
  jacket: (color) => `<path fill="#f4f1ec" d="M34 73h28l-8 23H42z"/><path fill="${color}" d="M10 96c1-15 11-22 25-24l13 24zm76 0c-1-15-11-22-25-24L48 96z"/>`,
  sweater: (color) => `<path fill="${color}" d="M10 96c1-15 12-22 26-24 4 4 20 4 24 0 14 2 25 9 26 24z"/><path fill="none" stroke="#fff" stroke-opacity=".5" stroke-width="2" d="M35 74c5 6 21 6 26 0"/>`,
  manteau: (color) => `<path fill="${color}" d="M9 96c1-15 12-22 26-24h26c14 2 25 9 26 24z"/><path fill="none" stroke="#fff" stroke-opacity=".45" stroke-width="1.500" d="M48 76v20m-9-23 9 9 9-9"/>`,
}

/** The whole picture as SVG text, 96 by 96 units. */
export function portraitSvg(features: PortraitFeatures): string {
  const of = <F extends PortraitFeature>(feature: F) => chosen(features, feature)
  const color = (feature: PortraitFeature) => PORTRAIT_COLORS[feature]![of(feature)]!
  const cover = of('cover')
  const covered = cover === 'maghnae' || cover === 'chador' || cover === 'scarf'
  const hair = covered ? 'none' : of('hair')
  const skin = color('skin')
  const parts = [
    `<rect width="96" height="96" fill="${color('background')}"/>`,
    `<g fill="${color('hair_color')}">${cover === 'cap' && hair === 'bun' ? '' : (BEHIND[hair] ?? '')}</g>`,
    CLOTHES[of('clothes')]!(color('clothes_color')),
    `<path fill="${skin}" d="M41 60h14v13c-3 5-11 5-14 0z"/><path fill="#000" fill-opacity=".09" d="M41 66c4 4 10 4 14 0v3c-4 4-10 4-14 0z"/>`,
    covered ? '' : `<g fill="${skin}"><circle cx="30.500" cy="48" r="3.500"/><circle cx="65.500" cy="48" r="3.500"/></g>`,
    `<path fill="${skin}" d="M48 25c-11 0-17 8-17 20 0 14 8 24 17 24s17-10 17-24c0-12-6-20-17-20z"/>`,
    `<g fill="${color('hair_color')}">${BEARD[of('beard')]}</g>`,
    `<g fill="none" stroke="${INK}" stroke-width="1.600" stroke-linecap="round"><path d="M36.500 40c2-1.500 4.500-1.500 6.500-.4M53 39.600c2-1.100 4.500-1.100 6.500.4" stroke-opacity=".75"/><path d="M43.500 60.500c2.500 2.200 6.500 2.200 9 0"/><path d="M48.500 48c1 3 1 5-1 5.600" stroke-opacity=".4"/></g>`,
    `<g fill="${INK}"><circle cx="40" cy="46" r="1.900"/><circle cx="56" cy="46" r="1.900"/></g>`,
    `<g fill="${color('hair_color')}">${cover === 'scarf' ? HAIR.bun : cover === 'cap' ? '' : HAIR[hair]}</g>`,
    `<g fill="${color('cover_color')}">${COVER[cover]}</g>`,
    `<g fill="none" stroke="#2c2c30" stroke-width="1.500" stroke-linecap="round">${GLASSES[of('glasses')]}</g>`,
  ]
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 96 96">${parts.join('')}</svg>`
}

export const portraitUrl = (features: PortraitFeatures): string => `data:image/svg+xml,${encodeURIComponent(portraitSvg(features))}`
