/** The command cases that `maps/verbs.py` runs as well: one meaning in both languages. */
import { readdirSync, readFileSync } from 'node:fs'
import { resolve } from 'node:path'
import { describe, expect, it } from 'vitest'
import { apply, type Command, CommandError } from './commands'
import { fromExchange, type MapDoc, toExchange } from './document'
import { cellKey, emotionKey, FORMAT, type MapDocument } from './model'

interface Case {
  name: string
  document: Partial<MapDocument>
  commands: Command[]
  expected?: Partial<MapDocument>
  refused?: string
}

const folder = resolve(__dirname, '../../../src/hamsafar/maps/tests/fixtures/commands')
const cases = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .flatMap((name) =>
    (JSON.parse(readFileSync(resolve(folder, name), 'utf8')) as Case[]).map((one) => [`${name}: ${one.name}`, one] as const),
  )

const open = (part: Partial<MapDocument>): MapDoc =>
  fromExchange({
    format: FORMAT, title: 'Map', kind: 'current_state', language: 'en', personas: [], stages: [], steps: [], lanes: [], cards: [],
    emotions: [], branches: [], lines: [], arrows: [], targets: [], ...part,
  })

/** Cards by cell and emotions by place: the rest of their order says nothing. */
function comparable(map: Partial<MapDocument>): Record<string, unknown> {
  const { cards, emotions, ...rest } = map
  const cells: Record<string, unknown[]> = {}
  for (const card of cards ?? []) (cells[cellKey(card.stage, card.lane)] ??= []).push({ ...card, text: card.text ?? '' })
  const points = Object.fromEntries(
    (emotions ?? []).map((point) => [emotionKey(point.persona ?? null, point.stage, point.step), { ...point, persona: point.persona ?? null }]),
  )
  return { ...rest, ...(cards ? { cells } : {}), ...(emotions ? { points } : {}) }
}

describe('shared command cases', () => {
  it.each(cases)('%s', (_name, { document, commands, expected, refused }) => {
    const map = open(document)
    const before = toExchange(map)
    if (refused !== undefined) {
      expect(() => apply(map, commands)).toThrow(expect.objectContaining({ place: refused }) as CommandError)
      expect(toExchange(map)).toEqual(before)
      return
    }
    apply(map, commands)
    const after = toExchange(map)
    const named = Object.keys(expected ?? {}) as (keyof MapDocument)[]
    const part = Object.fromEntries(named.map((name) => [name, after[name]])) as Partial<MapDocument>
    expect(comparable(part)).toEqual(comparable(expected ?? {}))
  })
})
