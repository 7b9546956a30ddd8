/**
 * The little Markdown of a card's text: **bold**, *italic*, lists and links. The parser gives plain data, never markup,
 * so that nothing an author writes can become anything but these few things. `\*` is a star.
 */

export type Inline =
  | { kind: 'text'; text: string }
  | { kind: 'strong' | 'em'; inside: Inline[] }
  | { kind: 'link'; href: string; inside: Inline[] }

export type Block = { kind: 'line'; inside: Inline[] } | { kind: 'list'; ordered: boolean; items: Inline[][] }

const BULLET = /^\s{0,3}[-*•]\s+(?=\S)/
const NUMBERED = /^\s{0,3}[0-9۰-۹]{1,3}[.)]\s+(?=\S)/
const LINK = /\[([^[\]\n]{1,1000})\]\(((?:https?:\/\/|mailto:)[^\s<>"()]{1,2000})\)/iy
/** An address as it stands in a sentence; the punctuation after it is the sentence's. */
const ADDRESS = /https?:\/\/[^\s<>"«»()*[\]]{1,2000}/iy
const SENTENCE_END = /[.,:;!?،؛؟…]+$/
const ESCAPABLE = new Set(['*', '[', ']', '\\', '-'])
const WORD = /[\p{L}\p{N}\u200c]/u

/** Schemes a link may have; whatever else looks like a link stays text. */
export const SAFE_LINK = /^(?:https?:\/\/|mailto:)[^\s<>"]+$/i

/** What a text says, line by line; consecutive items are one list. */
export function parseRich(text: string): Block[] {
  const blocks: Block[] = []
  for (const line of text.split('\n')) {
    const bullet = BULLET.exec(line)
    const marker = bullet ?? NUMBERED.exec(line)
    if (!marker) {
      blocks.push({ kind: 'line', inside: parseInline(line) })
      continue
    }
    const ordered = bullet === null
    const item = parseInline(line.slice(marker[0].length))
    const last = blocks.at(-1)
    if (last?.kind === 'list' && last.ordered === ordered) last.items.push(item)
    else blocks.push({ kind: 'list', ordered, items: [item] })
  }
  return blocks
}

/** One line. `open` are the kinds it stands in: nothing stands in itself, so nesting ends by itself. */
export function parseInline(text: string, open: ReadonlySet<Inline['kind']> = new Set()): Inline[] {
  const found: Inline[] = []
  /** Marks that have no partner from here on: looked for once, so that a line of stars costs no more than another. */
  const lonely = new Set<string>()
  let plain = ''
  let at = 0
  const put = (one: Inline, end: number) => {
    if (plain) found.push({ kind: 'text', text: plain })
    plain = ''
    found.push(one)
    at = end
  }
  while (at < text.length) {
    const char = text[at]!
    if (char === '\\' && ESCAPABLE.has(text[at + 1] ?? '')) {
      plain += text[at + 1]
      at += 2
      continue
    }
    if (char === '*') {
      const mark = text[at + 1] === '*' ? '**' : '*'
      const kind = mark === '**' ? 'strong' : 'em'
      if (!open.has(kind) && !lonely.has(mark) && opens(text, at, mark)) {
        const end = closing(text, at + mark.length + 1, mark)
        if (end >= 0) {
          put({ kind, inside: parseInline(text.slice(at + mark.length, end), new Set([...open, kind])) }, end + mark.length)
          continue
        }
        lonely.add(mark)
      }
      plain += mark
      at += mark.length
      continue
    }
    if (!open.has('link')) {
      const link = char === '[' ? matchAt(LINK, text, at) : null
      if (link) {
        put({ kind: 'link', href: link[2]!, inside: parseInline(link[1]!, new Set([...open, 'link'])) }, at + link[0].length)
        continue
      }
      const address = char === 'h' || char === 'H' ? matchAt(ADDRESS, text, at) : null
      if (address && !WORD.test(text[at - 1] ?? '')) {
        const href = address[0].replace(SENTENCE_END, '')
        put({ kind: 'link', href, inside: [{ kind: 'text', text: href }] }, at + href.length)
        continue
      }
    }
    plain += char
    at++
  }
  if (plain) found.push({ kind: 'text', text: plain })
  return found
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at
  return pattern.exec(text)
}

const blank = (char: string | undefined): boolean => char === undefined || /\s/.test(char)

/** 2*3*4 is a sum, not a stress: a single star begins only outside a word. */
function opens(text: string, at: number, mark: string): boolean {
  const next = text[at + mark.length]
  // Three stars are bold with italic inside.
  if (next === '*') return mark === '**' && text[at + 3] !== '*' && !blank(text[at + 3])
  if (blank(next)) return false
  return mark === '**' || !WORD.test(text[at - 1] ?? '')
}

function closing(text: string, from: number, mark: string): number {
  for (let at = text.indexOf(mark, from); at >= 0; at = text.indexOf(mark, at + 1)) {
    if (blank(text[at - 1]) || text[at - 1] === '\\') continue
    if (mark === '**') return text[at + 2] === '*' ? at + 1 : at
    if (text[at - 1] !== '*' && text[at + 1] !== '*' && !WORD.test(text[at + 1] ?? '')) return at
  }
  return -1
}

const said = (parts: readonly Inline[]): string =>
  parts.map((part) => (part.kind === 'text' ? part.text : said(part.inside))).join('')

/** The text without its marks: for names, announcements and other programs. */
export function plainText(text: string): string {
  if (!/[*[\\]|^\s{0,3}-\s/m.test(text)) return text
  return parseRich(text)
    .map((block) => (block.kind === 'line' ? said(block.inside) : block.items.map((item, index) => `${block.ordered ? `${index + 1}.` : '•'} ${said(item)}`).join('\n')))
    .join('\n')
}

export interface Written {
  text: string
  start: number
  end: number
}

/** Puts a mark around the selection, or takes it away when it is there; the selection stays on the same words. */
export function toggleMark({ text, start, end }: Written, mark: '**' | '*'): Written {
  const size = mark.length
  const around = stars(text.slice(0, start), -1) % 4
  const inner = text.slice(start, end)
  const has = (count: number) => (mark === '*' ? count === 1 || count === 3 : count >= 2)
  if (has(around) && has(stars(text.slice(end), 1))) {
    return { text: text.slice(0, start - size) + inner + text.slice(end + size), start: start - size, end: end - size }
  }
  if (has(stars(inner, 1)) && has(stars(inner, -1)) && inner.length > 2 * size) {
    return { text: text.slice(0, start) + inner.slice(size, -size) + text.slice(end), start, end: end - 2 * size }
  }
  // A space taken along at either end would undo the mark.
  const lead = /^\s*/.exec(inner)![0].length
  const tail = lead === inner.length ? 0 : /\s*$/.exec(inner)![0].length
  const [from, to] = [start + lead, end - tail]
  return { text: text.slice(0, from) + mark + text.slice(from, to) + mark + text.slice(to), start: from + size, end: to + size }
}

/** How many stars the text begins (1) or ends (-1) with. */
function stars(text: string, side: 1 | -1): number {
  return (side === 1 ? /^\**/ : /\**$/).exec(text)![0].length
}
