/** Rules of the house that no compiler sees: languages are equals, rooms keep apart, CSS knows no left or right. */
import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, relative } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { cssName, light } from '../ui/tokens'

const SRC = join(dirname(fileURLToPath(import.meta.url)), '..')
const files = (readdirSync(SRC, { recursive: true }) as string[]).map((name) => name.replaceAll('\\', '/'))
const read = (name: string): string => readFileSync(join(SRC, name), 'utf8')
const sources = files.filter((name) => /\.tsx?$/.test(name) && !/\.test\.tsx?$/.test(name) && !name.endsWith('.d.ts'))

type Tree = { [key: string]: string | Tree }

function leaves(tree: Tree, prefix = ''): [string, string][] {
  return Object.entries(tree).flatMap(([key, value]) =>
    typeof value === 'string' ? [[prefix + key, value] as [string, string]] : leaves(value, `${prefix}${key}.`),
  )
}

// A part of a room may have texts of its own: `explore/funnel`.
const rooms = files.filter((name) => /^[\w/-]+\/locale\/en\.json$/.test(name)).map((name) => name.replace('/locale/en.json', ''))
const texts = (room: string, language: string): Map<string, string> =>
  new Map(leaves(JSON.parse(read(`${room}/locale/${language}.json`)) as Tree))

describe('texts', () => {
  it.each(rooms)('%s says the same things in both languages', (room) => {
    const [en, fa] = [texts(room, 'en'), texts(room, 'fa')]
    expect([...fa.keys()].sort()).toEqual([...en.keys()].sort())
    for (const [key, text] of en) {
      const values = (sentence: string) => [...new Set(sentence.match(/\{\{\w+\}\}/g))].sort()
      expect(text.trim(), `${room}:${key}`).not.toBe('')
      // "One person" may leave its number out.
      if (!key.endsWith('_one')) expect(values(fa.get(key)!), `${room}:${key}`).toEqual(values(text))
    }
  })

  it('Persian is typed with Persian letters and digits', () => {
    for (const room of rooms) {
      for (const [key, text] of texts(room, 'fa')) {
        expect(text.replace(/\{\{\w+\}\}/g, ''), `${room}:${key}`).not.toMatch(/[يك٠-٩]|[آ-ی] ?[0-9]/)
      }
    }
  })

  it('every question about paths has its name and its sentence', () => {
    const keys = files.map((name) => /^explore\/([\w-]+)\/question\.ts$/.exec(name)?.[1]).filter((key) => key !== undefined)
    const said = [...texts('explore', 'en').keys()]
    expect(keys.flatMap((key) => [`ask.${key}.title`, `ask.${key}.text`]).filter((key) => !said.includes(key))).toEqual([])
  })

  it('every text asked for by name exists', () => {
    const missing: string[] = []
    for (const name of sources) {
      const code = read(name).replace(/\/\*[\s\S]*?\*\//g, '')
      const room = /useT\('([\w/-]+)'\)/.exec(code)?.[1]
      if (!room || new Set(code.match(/useT\('[\w/-]+'\)/g)).size > 1) continue
      for (const [, asked] of code.matchAll(/\bt\(\s*'([\w.:/-]+)'/g)) {
        const [space, key] = asked!.includes(':') ? asked!.split(':') : [room, asked]
        const known = rooms.includes(space!) ? texts(space!, 'en') : new Map()
        if (!known.has(key!) && !known.has(`${key}_other`)) missing.push(`${name}: ${asked}`)
      }
    }
    expect(missing).toEqual([])
  })
})

describe('rooms', () => {
  const FOUNDATION = ['ui', 'i18n', 'api', 'shell']
  const MAY: Record<string, string[]> = {
    i18n: [],
    ui: ['i18n'],
    api: ['i18n'],
    editor: ['i18n'],
    collab: ['editor'],
    charts: ['ui', 'i18n'],
    shell: ['ui', 'i18n', 'api'],
    maps: [...FOUNDATION, 'editor', 'collab', 'charts', 'library'],
    library: [...FOUNDATION, 'editor', 'charts'],
    explore: [...FOUNDATION, 'charts'],
    events: FOUNDATION,
    settings: FOUNDATION,
    account: FOUNDATION,
  }

  it('each imports only what stands below it', () => {
    const wrong: string[] = []
    for (const name of sources) {
      const room = name.split('/')[0]!
      const may = MAY[room]
      if (!may) continue
      for (const [, asked] of read(name).matchAll(/(?:from|import)\s*\(?\s*'((?:@|\.\.?)\/[^']+)'/g)) {
        const target = asked!.startsWith('@/')
          ? asked!.slice(2).split('/')[0]!
          : relative(SRC, join(SRC, dirname(name), asked!)).replaceAll('\\', '/').split('/')[0]!
        if (target !== room && !may.includes(target)) wrong.push(`${name} imports ${asked}`)
      }
    }
    expect(wrong).toEqual([])
  })
})

describe('colours', () => {
  it('every colour asked for by name is a token', () => {
    const known = new Set(Object.keys(light).map(cssName))
    const missing: string[] = []
    for (const name of files.filter((file) => /\.(css|tsx?)$/.test(file))) {
      for (const [, asked] of read(name).matchAll(/var\((--hs-[\w-]+)/g)) {
        // A name that is put together (`--hs-emotion-${…}`) ends in a hyphen here.
        if (!known.has(asked!) && asked !== '--hs-top' && !asked!.endsWith('-')) missing.push(`${name}: ${asked}`)
      }
    }
    expect(missing).toEqual([])
  })
})

describe('direction', () => {
  it('CSS is logical', () => {
    const wrong: string[] = []
    const physical =
      /(?:^|[\s;{])((?:margin|padding|border|inset|scroll-margin|scroll-padding)-(?:left|right)[\w-]*|left|right|float|clear|border-(?:top|bottom)-(?:left|right)-radius)\s*:|text-align:\s*(?:left|right)/
    for (const name of files.filter((file) => file.endsWith('.css'))) {
      read(name)
        .split('\n')
        .forEach((line, index) => {
          if (physical.test(line)) wrong.push(`${name}:${index + 1} ${line.trim()}`)
        })
    }
    expect(wrong).toEqual([])
  })

  it('styles in components are logical', () => {
    const wrong: string[] = []
    const physical =
      /\b(?:marginLeft|marginRight|paddingLeft|paddingRight|borderLeft\w*|borderRight\w*)\s*:|textAlign:\s*'(?:left|right)'|\s(?:ml|mr|pl|pr)=|\sta="(?:left|right)"/
    for (const name of sources.filter((file) => file.endsWith('.tsx'))) {
      read(name)
        .split('\n')
        .forEach((line, index) => {
          if (physical.test(line)) wrong.push(`${name}:${index + 1} ${line.trim()}`)
        })
    }
    expect(wrong).toEqual([])
  })
})
