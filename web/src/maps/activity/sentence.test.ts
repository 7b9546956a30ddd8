import { readFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import i18next from 'i18next'
import { formats, type Language } from '@/i18n/format'
import { loadTexts, textsOf } from '@/i18n/texts'
import '../texts'
import type { Activity } from './api'
import { sentence } from './sentence'

const schema = JSON.parse(readFileSync(join(dirname(fileURLToPath(import.meta.url)), '../../../../docs/schema/hamsafar-map-1.json'), 'utf8')) as {
  properties: Record<string, { anyOf?: { items?: { properties?: object } }[] }>
}

const line = (changes: Partial<Activity>): Activity => ({
  id: '1', began_at: '2026-11-01T08:00:00Z', at: '2026-11-01T08:00:00Z', user: { id: 'u', name: 'Sara' }, action: 'changed', part: null, target: '', details: {}, ...changes,
})

async function say(language: Language, changes: Partial<Activity>): Promise<string> {
  await loadTexts(language, ['maps', 'maps/activity', 'ui'])
  const shown = formats(language, 'gregorian')
  const t = (key: string, values: Record<string, unknown> = {}) =>
    i18next.t(key, { ns: 'maps/activity', ...Object.fromEntries(Object.entries(values).map(([name, value]) => [name, typeof value === 'number' && name !== 'count' ? shown.num(value) : value])), n: typeof values.count === 'number' ? shown.num(values.count) : undefined })
  return sentence(line(changes), t).replace(/[\u2068\u2069]/g, '')
}

const from = { stage: 'Purchase', lane: '', lane_kind: 'actions' }

describe('a line of activity', () => {
  it.each([
    [{ action: 'moved', part: 'cards', details: { name: '**Pays**', from, to: { ...from, stage: 'Delivery' } } }, 'Sara moved the card “Pays” from “Purchase” to “Delivery”'],
    [{ action: 'moved', part: 'cards', details: { name: 'Pays', from, to: { ...from, lane: 'Troubles' } } }, 'Sara moved the card “Pays” from “Customer actions” to “Troubles”'],
    [{ action: 'moved', part: 'stages', details: { name: 'Delivery', place: 2 } }, 'Sara moved the stage “Delivery” to place 2'],
    [{ action: 'added', part: 'cards', details: { name: '', ...from } }, 'Sara added a card without text at “Purchase”, “Customer actions”'],
    [{ action: 'changed', part: 'stages', details: { name: 'Buying', was: 'Purchase', now: 'Buying', fields: ['name'] } }, 'Sara changed the stage “Purchase” to “Buying”'],
    [{ action: 'changed', part: 'cards', details: { name: 'Pays', fields: ['owner', 'tags'] } }, 'Sara changed the card “Pays”: owner, tags'],
    [{ action: 'changed', part: 'lanes', details: { name: '', lane_kind: 'actions', fields: ['collapsed'] } }, 'Sara changed the lane “Customer actions”'],
    [{ action: 'changed', part: 'map', details: { counts: { 'cards.added': 40, 'stages.changed': 1 } } }, 'Sara changed much at once: 40 cards added, 1 of the stages changed'],
    [{ action: 'resolve_thread', details: { name: 'Pays', thread: 't' }, user: null }, 'Somebody resolved the thread on “Pays”'],
    [{ action: 'of_a_newer_server' }, 'Sara changed something'],
  ] as [Partial<Activity>, string][])('%#', async (given, expected) => {
    expect(await say('en', given)).toBe(expected)
  })

  it('reads as Persian', async () => {
    expect(await say('fa', { action: 'moved', part: 'cards', details: { name: 'پرداخت', from: { stage: 'خرید' }, to: { stage: 'تحویل' } } })).toBe(
      'Sara کارت «پرداخت» را از «خرید» به «تحویل» برد',
    )
  })

  it('every field of a map has a word', async () => {
    await loadTexts('en', ['maps/activity'])
    const words = textsOf('en', 'maps/activity').field as Record<string, string>
    const silent = new Set(['id', 'step', 'order', 'width', 'height', 'collapsed', 'stage', 'lane'])
    const parts = ['personas', 'stages', 'steps', 'lanes', 'cards', 'emotions', 'branches', 'lines', 'arrows', 'targets']
    const fields = parts.flatMap((part) => Object.keys(schema.properties[part]?.anyOf?.[0]?.items?.properties ?? {}))
    const meta = Object.keys(schema.properties).filter((name) => !['format', 'id', 'touchpoints', 'channels', 'contents', ...parts].includes(name))
    expect(fields.length).toBeGreaterThan(30)
    expect([...new Set([...fields, ...meta])].filter((name) => !silent.has(name) && !words[name])).toEqual([])
  })
})
