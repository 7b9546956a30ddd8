import { describe, expect, it } from 'vitest'
import * as Y from 'yjs'
import { apply, type Command, CommandError } from './commands'
import { fromExchange, LOAD, MapDoc, toExchange } from './document'
import { FORMAT, type MapDocument } from './model'
import { Undo } from './undo'

const shop: MapDocument = {
  format: FORMAT, title: 'خرید کتاب', kind: 'current_state', language: 'fa',
  personas: [{ id: 'p1', name: 'سارا' }],
  stages: [{ id: 's1', name: 'آگاهی' }, { id: 's2', name: 'بررسی' }, { id: 's3', name: 'خرید' }],
  lanes: [{ id: 'l1', kind: 'touchpoints' }, { id: 'l2', kind: 'pains' }],
  cards: [
    { id: 'c1', lane: 'l1', stage: 's1', text: 'اینستاگرام' },
    { id: 'c2', lane: 'l1', stage: 's1', text: 'جست‌وجو' },
    { id: 'c3', lane: 'l2', stage: 's2', text: 'قیمت نهایی معلوم نیست' },
  ],
  emotions: [{ persona: 'p1', stage: 's1', value: 1 }],
  branches: [], lines: [], arrows: [{ id: 'a1', from_card: 'c1', to_card: 'c3' }], targets: [], steps: [],
}

const ids = (items: readonly { id: string }[]) => items.map((item) => item.id)

describe('commands', () => {
  it('keep a map whole through import and export', () => {
    expect(toExchange(fromExchange(shop))).toEqual(shop)
  })

  it('add a stage before another and at the end', () => {
    const map = fromExchange(shop)
    apply(map, [{ do: 'add_stage', id: 's0', name: 'نیاز', before: 's1' }, { do: 'add_stage', id: 's4', name: 'وفاداری' }])
    expect(ids(map.snapshot.stages)).toEqual(['s0', 's1', 's2', 's3', 's4'])
  })

  it('move stages and cards', () => {
    const map = fromExchange(shop)
    apply(map, [{ do: 'move_stage', id: 's3', before: 's1' }])
    expect(ids(map.snapshot.stages)).toEqual(['s3', 's1', 's2'])
    apply(map, [{ do: 'move_card', id: 'c3', stage: 's1', lane: 'l1', before: 'c2' }])
    expect(map.cell('s1', 'l1')).toEqual(['c1', 'c3', 'c2'])
    apply(map, [{ do: 'move_card', id: 'c1', stage: 's1', lane: 'l1', before: null }])
    expect(map.cell('s1', 'l1')).toEqual(['c3', 'c2', 'c1'])
  })

  it('move behind neighbours that two screens gave the same key', () => {
    const map = fromExchange({ ...shop, stages: [] , cards: [], emotions: [], arrows: [] })
    map.doc.transact(() => {
      for (const id of ['a', 'b', 'c']) {
        const stage = new Y.Map<unknown>([['name', id], ['order', 'V']])
        map.root('stages').set(id, stage)
      }
    }, LOAD)
    apply(map, [{ do: 'move_stage', id: 'a', before: 'c' }])
    expect(ids(map.snapshot.stages)).toEqual(['b', 'c', 'a'])
  })

  it('delete a stage with everything that hangs on it', () => {
    const map = fromExchange(shop)
    apply(map, [{ do: 'delete_stage', id: 's1' }])
    expect([...map.snapshot.cards.keys()]).toEqual(['c3'])
    expect(map.snapshot.emotions.size).toBe(0)
    expect(map.snapshot.arrows).toEqual([])
  })

  it.each<[string, Command, string]>([
    ['a stage that is gone', { do: 'set_stage', id: 'gone', fields: { name: 'x' } }, 'stages_not_found'],
    ['an empty name', { do: 'set_stage', id: 's1', fields: { name: '  ' } }, 'text_missing'],
    ['an emotion off the scale', { do: 'set_emotion', persona: null, stage: 's1', value: 3 }, 'emotion_out_of_range'],
    ['an id in use', { do: 'add_card', id: 'c1', stage: 's1', lane: 'l1', text: '' }, 'id_taken'],
  ])('refuse %s and change nothing', (_what, command, code) => {
    const map = fromExchange(shop)
    const good: Command = { do: 'set_map', fields: { title: 'changed' } }
    expect(() => apply(map, [good, command])).toThrow(expect.objectContaining({ code }) as CommandError)
    expect(toExchange(map)).toEqual(shop)
  })

  it('share in a snapshot whatever did not change', () => {
    const map = fromExchange(shop)
    const before = map.snapshot
    const seen: string[] = []
    map.subscribeCard('c1', () => seen.push('c1'))
    map.subscribeCard('c2', () => seen.push('c2'))
    apply(map, [{ do: 'set_card', id: 'c1', fields: { text: 'اینستا' } }])
    expect(seen).toEqual(['c1'])
    expect(map.snapshot.stages).toBe(before.stages)
    expect(map.snapshot.cards.get('c2')).toBe(before.cards.get('c2'))
    expect(map.cell('s1', 'l1')).toBe(before.cells.get('s1|l1'))
    expect(map.card('c1')?.text).toBe('اینستا')
  })

  it('do not write a value that is already there', () => {
    const map = fromExchange(shop)
    let updates = 0
    map.doc.on('update', () => updates++)
    apply(map, [{ do: 'set_card', id: 'c1', fields: { text: 'اینستاگرام' } }])
    expect(updates).toBe(0)
  })
})

describe('undo', () => {
  it('takes back own steps one by one, not what others did', () => {
    const map = fromExchange(shop)
    const undo = new Undo(map)
    expect(undo.state.canUndo).toBe(false)
    apply(map, [{ do: 'delete_stage', id: 's1' }])
    apply(map, [{ do: 'set_stage', id: 's2', fields: { name: 'مقایسه' } }])
    const other = new Y.Doc()
    Y.applyUpdate(other, Y.encodeStateAsUpdate(map.doc))
    const theirs = new MapDoc(other)
    apply(theirs, [{ do: 'set_map', fields: { title: 'عنوان تازه' } }])
    Y.applyUpdate(map.doc, Y.encodeStateAsUpdate(other))
    undo.undo()
    undo.undo()
    expect(toExchange(map)).toEqual({ ...shop, title: 'عنوان تازه' })
    expect(undo.state).toEqual({ canUndo: false, canRedo: true })
    undo.redo()
    expect(ids(map.snapshot.stages)).toEqual(['s2', 's3'])
  })
})
