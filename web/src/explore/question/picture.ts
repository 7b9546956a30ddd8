/**
 * A drawing as a picture: what the page shows is drawn again as one SVG (texts as texts, boxes as boxes), always in
 * light colours and with the font inside, and from that a PNG of twice the size. Both directions, any page.
 */
import { light } from '@/ui/tokens'

const SCALE = 2
const MARGIN = 24
const TITLE = 34
/** Browsers refuse larger canvases. */
const MOST_PIXELS = 60_000_000
const MOST_SIDE = 16_000
const SCHEME = 'data-mantine-color-scheme'

export interface Picture {
  svg: string
  width: number
  height: number
}

/** What an element shows, as SVG. The page wears its light colours only while it is read, never on the screen. */
export function draw(element: HTMLElement, title: string): Picture {
  const root = document.documentElement
  const scheme = root.getAttribute(SCHEME)
  // Colours that fade into each other would be read as they were before.
  const still = document.createElement('style')
  still.textContent = '*,*::before,*::after{transition:none!important}'
  document.head.append(still)
  root.setAttribute(SCHEME, 'light')
  try {
    return new Drawer(root.dir === 'rtl', element.dataset.crop ?? '*').drawn(element, title)
  } finally {
    if (scheme !== null) root.setAttribute(SCHEME, scheme)
    else root.removeAttribute(SCHEME)
    getComputedStyle(element).getPropertyValue('color')
    still.remove()
  }
}

export async function png(element: HTMLElement, title: string): Promise<Blob> {
  const picture = draw(element, title)
  const fonts = await fontsFor(element.textContent + title)
  const svg = picture.svg.replace('<defs/>', `<defs><style>${fonts}</style></defs>`)
  const { width, height } = picture
  const fits = Math.min(SCALE, MOST_SIDE / width, MOST_SIDE / height, Math.sqrt(MOST_PIXELS / (width * height)))
  const address = URL.createObjectURL(new Blob([svg], { type: 'image/svg+xml' }))
  try {
    const image = new Image()
    image.src = address
    await image.decode()
    const canvas = document.createElement('canvas')
    canvas.width = Math.round(width * fits)
    canvas.height = Math.round(height * fits)
    canvas.getContext('2d')!.drawImage(image, 0, 0, canvas.width, canvas.height)
    return await new Promise((resolve, reject) =>
      canvas.toBlob((blob) => (blob ? resolve(blob) : reject(new Error('The picture is too large.'))), 'image/png'),
    )
  } finally {
    URL.revokeObjectURL(address)
  }
}

const FAMILY = 'Vazirmatn Variable'
/** Tools about a drawing are not the drawing. */
const SKIPPED = '[data-no-picture],.react-flow__panel'

class Drawer {
  private parts: string[] = []
  private left = Infinity
  private top = Infinity
  private right = -Infinity
  private bottom = -Infinity
  private readonly pen = document.createElement('canvas').getContext('2d')

  /** `crop`: only these, and what they hold, have a box and a place; a canvas is as large as what stands on it. */
  constructor(
    private readonly rtl: boolean,
    private readonly crop: string,
  ) {}

  drawn(element: HTMLElement, title: string): Picture {
    this.element(element)
    const [left, top] = [Math.min(this.left, this.right), Math.min(this.top, this.bottom)]
    const width = Math.ceil(this.right - left) + 2 * MARGIN
    const height = Math.ceil(this.bottom - top) + 2 * MARGIN + TITLE
    const head =
      `<text x="${this.rtl ? width - MARGIN : MARGIN}" y="${MARGIN + 14}" style="font:640 16px '${FAMILY}',sans-serif;` +
      `fill:${light.text};direction:${this.rtl ? 'rtl' : 'ltr'}">${escape(title)}</text>`
    return {
      width,
      height,
      svg:
        `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}">` +
        `<defs/><rect width="100%" height="100%" fill="${light.surface}"/>${head}` +
        `<g transform="translate(${MARGIN - left} ${MARGIN + TITLE - top})">${this.parts.join('')}</g></svg>`,
    }
  }

  private grow(box: DOMRect) {
    this.left = Math.min(this.left, box.left)
    this.top = Math.min(this.top, box.top)
    this.right = Math.max(this.right, box.right)
    this.bottom = Math.max(this.bottom, box.bottom)
  }

  private element(element: Element) {
    const style = getComputedStyle(element)
    const box = element.getBoundingClientRect()
    if (style.display === 'none' || style.visibility === 'hidden' || style.opacity === '0') return
    if (element.matches(SKIPPED)) return
    // Only spoken.
    if (box.width <= 1 && box.height <= 1 && style.overflow === 'hidden') return
    if (element instanceof SVGSVGElement) return this.svg(element, box, style)
    if (box.width > 0 && box.height > 0 && element.closest(this.crop)) {
      this.grow(box)
      this.box(style, box, scaleOf(element))
    }
    for (const child of element.childNodes) {
      if (child instanceof Text) this.text(child, style, element)
      else if (child instanceof Element) this.element(child)
    }
  }

  private box(style: CSSStyleDeclaration, box: DOMRect, scale: number) {
    const radius = (parseFloat(style.borderTopLeftRadius) || 0) * scale
    const round = `rx="${Math.min(radius, box.width / 2, box.height / 2)}"`
    if (!clear(style.backgroundColor)) {
      this.parts.push(
        `<rect x="${box.x}" y="${box.y}" width="${box.width}" height="${box.height}" ${round} style="fill:${style.backgroundColor}"/>`,
      )
    }
    const sides = (['Top', 'Right', 'Bottom', 'Left'] as const).map((side) => ({
      width: style[`border${side}Style`] === 'none' ? 0 : parseFloat(style[`border${side}Width`]) * scale,
      colour: style[`border${side}Color`],
      dashed: style[`border${side}Style`] === 'dashed' || style[`border${side}Style`] === 'dotted',
    }))
    const [first] = sides as [(typeof sides)[0]]
    const stroke = (side: typeof first) =>
      `style="fill:none;stroke:${side.colour};stroke-width:${side.width};${side.dashed ? 'stroke-dasharray:3 3' : ''}"`
    if (first.width > 0 && sides.every((side) => side.width === first.width && side.colour === first.colour)) {
      const half = first.width / 2
      this.parts.push(
        `<rect x="${box.x + half}" y="${box.y + half}" width="${Math.max(0, box.width - 2 * half)}" ` +
          `height="${Math.max(0, box.height - 2 * half)}" ${round} ${stroke(first)}/>`,
      )
      return
    }
    const ends = [
      [box.left, box.top, box.right, box.top],
      [box.right, box.top, box.right, box.bottom],
      [box.left, box.bottom, box.right, box.bottom],
      [box.left, box.top, box.left, box.bottom],
    ]
    sides.forEach((side, index) => {
      if (side.width === 0 || clear(side.colour)) return
      const [x1, y1, x2, y2] = ends[index]!
      this.parts.push(`<line x1="${x1}" y1="${y1}" x2="${x2}" y2="${y2}" ${stroke(side)}/>`)
    })
  }

  /** One `<text>` for each line that the browser broke the node into. */
  private text(node: Text, style: CSSStyleDeclaration, parent: Element) {
    const range = document.createRange()
    const lines: { text: string; box: DOMRect; right: number; left: number }[] = []
    for (const { 0: word, index } of node.data.matchAll(/\S+/g)) {
      range.setStart(node, index)
      range.setEnd(node, index + word.length)
      // A word of digits and signs may lie in several boxes.
      const boxes = Array.from(range.getClientRects()).filter(({ width }) => width > 0)
      const box = boxes[0]
      if (!box) continue
      const beside = boxes.filter(({ top }) => Math.abs(top - box.top) < box.height / 2)
      const [left, right] = [Math.min(...beside.map((one) => one.left)), Math.max(...beside.map((one) => one.right))]
      const line = lines.at(-1)
      if (line && Math.abs(line.box.top - box.top) < box.height / 2) {
        line.text += ` ${word}`
        line.left = Math.min(line.left, left)
        line.right = Math.max(line.right, right)
      } else {
        lines.push({ text: word, box, left, right })
      }
    }
    const scale = scaleOf(parent)
    const auto = style.unicodeBidi === 'plaintext' || parent.tagName === 'BDI' || parent.getAttribute('dir') === 'auto'
    for (const line of lines) {
      const rtl = auto ? RTL_FIRST.test(line.text) : style.direction === 'rtl'
      const y = line.box.top + line.box.height * this.ascent(style)
      this.parts.push(
        `<text x="${rtl ? line.right : line.left}" y="${y}" style="font-size:${parseFloat(style.fontSize) * scale}px;` +
          `font-family:'${FAMILY}',sans-serif;font-weight:${style.fontWeight};fill:${style.color};` +
          `direction:${rtl ? 'rtl' : 'ltr'};unicode-bidi:isolate">${escape(line.text)}</text>`,
      )
      this.grow(line.box)
    }
  }

  /** Where the baseline lies in a line's box, from its top, as a share of its height. */
  private ascent(style: CSSStyleDeclaration): number {
    if (!this.pen) return 0.75
    this.pen.font = `${style.fontWeight} ${style.fontSize} ${style.fontFamily}`
    const { fontBoundingBoxAscent: above, fontBoundingBoxDescent: below } = this.pen.measureText('x')
    return above + below > 0 ? above / (above + below) : 0.75
  }

  private svg(element: SVGSVGElement, box: DOMRect, style: CSSStyleDeclaration) {
    if (box.width === 0 || box.height === 0) return
    if (this.crop === '*') this.grow(box)
    else for (const shape of element.querySelectorAll('path,rect,text')) this.grow(shape.getBoundingClientRect())
    const copy = element.cloneNode(true) as SVGSVGElement
    dress(element, copy)
    copy.style.removeProperty('transform')
    copy.setAttribute('xmlns', 'http://www.w3.org/2000/svg')
    if (!copy.hasAttribute('viewBox')) {
      copy.setAttribute('viewBox', `0 0 ${parseFloat(style.width)} ${parseFloat(style.height)}`)
    }
    for (const [name, value] of Object.entries({ x: box.x, y: box.y, width: box.width, height: box.height })) {
      copy.setAttribute(name, String(value))
    }
    copy.setAttribute('overflow', 'visible')
    const drawn = new XMLSerializer().serializeToString(copy)
    // An icon that points along the reading direction.
    const mirrored = style.transform.startsWith('matrix(-1')
    this.parts.push(
      mirrored ? `<g transform="translate(${box.left + box.right} 0) scale(-1 1)">${drawn}</g>` : drawn,
    )
  }
}

const DRESS = [
  'fill', 'fill-opacity', 'stroke', 'stroke-width', 'stroke-opacity', 'stroke-dasharray', 'stroke-linejoin',
  'stroke-linecap', 'opacity', 'color', 'display', 'visibility', 'font-size', 'font-weight', 'text-anchor',
  'dominant-baseline', 'direction', 'unicode-bidi',
] as const

/** Write into a copy what style sheets say of the original: a picture has none. */
function dress(original: Element, copy: Element) {
  const style = getComputedStyle(original)
  const said = DRESS.map((name) => `${name}:${style.getPropertyValue(name)}`)
  if (style.transform !== 'none' && !original.hasAttribute('transform')) said.push(`transform:${style.transform}`)
  if (original.tagName === 'text' || original.tagName === 'tspan') said.push(`font-family:'${FAMILY}',sans-serif`)
  for (const { name } of [...copy.attributes]) {
    if (name === 'class' || name === 'role' || name === 'tabindex' || /^(?:data|aria)-/.test(name)) copy.removeAttribute(name)
  }
  copy.setAttribute('style', said.join(';'))
  Array.from(original.children).forEach((child, index) => dress(child, copy.children[index]!))
  for (const foreign of copy.querySelectorAll('foreignObject')) foreign.remove()
}

/** How much larger an element is shown than it was laid out (a canvas that is zoomed). */
function scaleOf(element: Element): number {
  if (!(element instanceof HTMLElement) || !element.offsetHeight) return 1
  return element.getBoundingClientRect().height / element.offsetHeight
}

const RTL_FIRST = /^[^A-Za-z\u0590-\u08ff]*[\u0590-\u08ff]/

const clear = (colour: string): boolean => colour === 'transparent' || /[,/]\s*0\s*\)$/.test(colour)

const escape = (text: string): string =>
  text.replace(/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/g, '').replace(/[&<>"]/g, (one) => ({ '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' })[one]!)

/** The font's files that a text needs, as rules with the files inside. */
async function fontsFor(text: string): Promise<string> {
  const codes = [...new Set(text)].map((letter) => letter.codePointAt(0)!)
  const rules = [...document.styleSheets].flatMap((sheet) => {
    try {
      return [...sheet.cssRules]
    } catch {
      return [] // of another host
    }
  })
  const found = await Promise.all(
    rules
      .filter((rule): rule is CSSFontFaceRule => rule instanceof CSSFontFaceRule)
      .filter((rule) => rule.style.getPropertyValue('font-family').includes(FAMILY))
      .filter((rule) => covers(rule.style.getPropertyValue('unicode-range'), codes))
      .map(async (rule) => {
        const [, address] = /url\(["']?([^"')]+)/.exec(rule.style.getPropertyValue('src')) ?? []
        if (!address) return ''
        const base = rule.parentStyleSheet?.href ?? location.href
        const file = await (await fetch(new URL(address, base))).blob()
        return (
          `@font-face{font-family:'${FAMILY}';font-weight:100 900;` +
          `unicode-range:${rule.style.getPropertyValue('unicode-range') || 'U+0-10FFFF'};src:url(${await dataUrl(file)})}`
        )
      }),
  )
  return found.join('')
}

/** Whether one of the letters lies in a range as CSS writes it: "U+600-6FF, U+200C". */
export function covers(ranges: string, codes: number[]): boolean {
  if (!ranges) return true
  const spans = ranges.split(',').map((one) => {
    const [from, to] = one.trim().replace(/^U\+/i, '').split('-')
    const low = parseInt(from!.replaceAll('?', '0'), 16)
    return [low, parseInt((to ?? from!).replaceAll('?', 'F'), 16)] as const
  })
  return codes.some((code) => spans.some(([low, high]) => code >= low && code <= high))
}

function dataUrl(file: Blob): Promise<string> {
  return new Promise((resolve, reject) => {
    const reader = new FileReader()
    reader.onload = () => resolve(String(reader.result))
    reader.onerror = () => reject(reader.error ?? new Error('The font could not be read.'))
    reader.readAsDataURL(file)
  })
}
