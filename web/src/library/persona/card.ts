/** A persona as a card for printing and posts: one SVG with plain text in it. Pure; letters are measured by the caller. */
import { portraitUrl } from '../portrait/draw'
import { PERSONA_LISTS, type Persona } from '../types'

export interface CardLook {
  dir: 'rtl' | 'ltr'
  label: (field: string) => string
  joiner: string
  /** Width of a text in pixels at a font size. */
  measure: (text: string, size: number, bold: boolean) => number
  /** CSS with the fonts in it, so that the file looks the same everywhere. */
  fonts: string
}

const WIDTH = 800
const MARGIN = 40
const GAP = 32
const INK = '#221f1b'
const SOFT = '#575148'
const ACCENT = '#0b5f5f'
const MOST_LINES = 6

const escaped = (text: string): string => text.replace(/[&<>"]/g, (one) => `&#${one.charCodeAt(0)};`)

/** Words into lines no wider than `width`. */
export function wrap(text: string, width: number, measure: (text: string) => number): string[] {
  const lines: string[] = []
  let line = ''
  for (const word of text.split(/\s+/).filter(Boolean)) {
    const longer = line ? `${line} ${word}` : word
    if (line && measure(longer) > width) {
      lines.push(line)
      line = word
    } else line = longer
  }
  return line ? [...lines, line] : lines
}

export function personaCard(persona: Persona, look: CardLook): { svg: string; width: number; height: number } {
  const drawn: string[] = []
  const rtl = look.dir === 'rtl'
  const at = (inset: number) => (rtl ? WIDTH - inset : inset)
  function write(lines: readonly string[], inset: number, top: number, size: number, color: string, bold = false): number {
    const leading = size * 1.6
    lines.forEach((line, index) => {
      drawn.push(`<text x="${at(inset)}" y="${top + (index + 0.75) * leading}" font-size="${size}" fill="${color}"${bold ? ' font-weight="700"' : ''}>${escaped(line)}</text>`)
    })
    return top + lines.length * leading
  }
  const fit = (text: string, width: number, size: number, bold = false) => wrap(text, width, (one) => look.measure(one, size, bold))

  const face = 128
  const picture = persona.photo || (persona.portrait ? portraitUrl(persona.portrait) : null)
  const faceAt = at(MARGIN + face / 2)
  drawn.push(`<circle cx="${faceAt}" cy="${MARGIN + face / 2}" r="${face / 2}" fill="#e2efed"/>`)
  if (picture) {
    drawn.push(
      `<clipPath id="face"><circle cx="${faceAt}" cy="${MARGIN + face / 2}" r="${face / 2}"/></clipPath>`,
      `<image href="${escaped(picture)}" x="${faceAt - face / 2}" y="${MARGIN}" width="${face}" height="${face}" preserveAspectRatio="xMidYMid slice" clip-path="url(#face)"/>`,
    )
  }
  const beside = MARGIN + face + 28
  const room = WIDTH - beside - MARGIN
  let top = write(fit(persona.name, room, 28, true), beside, MARGIN - 4, 28, INK, true)
  const facts = [persona.archetype, persona.age_range, persona.job_title, persona.location].filter((one) => one).join(look.joiner)
  top = write(fit(facts, room, 15), beside, top, 15, SOFT)
  if (persona.quote) top = write(fit(persona.quote, room, 17), beside, top + 8, 17, ACCENT)
  top = Math.max(top, MARGIN + face) + 20
  if (persona.description) top = write(fit(persona.description, WIDTH - 2 * MARGIN, 15), MARGIN, top, 15, INK) + 12

  const column = (WIDTH - 2 * MARGIN - GAP) / 2
  const ends = [top, top]
  for (const field of PERSONA_LISTS) {
    const said = persona[field] ?? []
    if (said.length === 0) continue
    const side = ends[0]! <= ends[1]! ? 0 : 1
    const inset = MARGIN + side * (column + GAP)
    let end = write([look.label(field)], inset, ends[side]!, 14, ACCENT, true)
    end = write(said.slice(0, MOST_LINES).flatMap((one) => fit(`• ${one}`, column, 14)), inset, end, 14, INK)
    ends[side] = end + 14
  }
  for (const trait of persona.traits ?? []) {
    const side = ends[0]! <= ends[1]! ? 0 : 1
    const inset = MARGIN + side * (column + GAP)
    const y = ends[side]!
    write(fit(trait.name, column - 110, 14).slice(0, 1), inset, y, 14, INK)
    for (let point = 1; point <= 5; point++) {
      drawn.push(`<circle cx="${at(inset + column - 100 + point * 18)}" cy="${y + 12}" r="5.500" fill="${point <= trait.value ? ACCENT : 'none'}" stroke="${ACCENT}"/>`)
    }
    ends[side] = y + 26
  }
  const height = Math.ceil(Math.max(...ends) + MARGIN)
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" width="${WIDTH}" height="${height}" viewBox="0 0 ${WIDTH} ${height}" direction="${look.dir}" font-family="Vazirmatn Variable, sans-serif">` +
    `<style>${look.fonts}</style><rect width="${WIDTH}" height="${height}" fill="#ffffff"/><rect width="${WIDTH}" height="8" fill="${ACCENT}"/>${drawn.join('')}</svg>`
  return { svg, width: WIDTH, height }
}
