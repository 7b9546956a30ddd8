import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import * as awarenessProtocol from 'y-protocols/awareness'
import * as Y from 'yjs'
import { placeOf, Presence, spotOf } from './presence'

/** Another screen's state, as the server passes it on: with the person whose session it is. */
function arrive(here: awarenessProtocol.Awareness, client: number, user: { id: string; name: string }, state: object): void {
  const doc = new Y.Doc()
  doc.clientID = client
  const there = new awarenessProtocol.Awareness(doc)
  there.meta.set(client, { clock: (here.meta.get(client)?.clock ?? 0) + 1, lastUpdated: 0 })
  there.setLocalState({ user, ...state })
  awarenessProtocol.applyAwarenessUpdate(here, awarenessProtocol.encodeAwarenessUpdate(there, [client]), 'test')
  there.destroy()
}

const sara = { id: 'u2', name: 'Sara' }
const omid = { id: 'u3', name: 'Omid' }
let awareness: awarenessProtocol.Awareness
let presence: Presence

beforeEach(() => {
  vi.useFakeTimers()
  awareness = new awarenessProtocol.Awareness(new Y.Doc())
  presence = new Presence(awareness, 'me')
})
afterEach(() => {
  presence.destroy()
  awareness.destroy()
  vi.useRealTimers()
})

describe('who is here', () => {
  it('counts people, not screens, and not oneself', () => {
    arrive(awareness, 11, sara, {})
    arrive(awareness, 12, sara, { selected: 'card:c1' })
    arrive(awareness, 13, omid, {})
    arrive(awareness, 14, { id: 'me', name: 'Me' }, {})
    expect(presence.people.map((one) => one.name)).toEqual(['Sara', 'Omid'])
    expect(presence.others).toHaveLength(3)
  })

  it('gives a part its marks, and the same list while only the hand moves', () => {
    arrive(awareness, 11, sara, { selected: 'card:c1', editing: 'card:c1' })
    const before = presence.at('card:c1')
    expect(before.map((one) => one.user.name)).toEqual(['Sara'])
    const people = presence.people
    arrive(awareness, 11, sara, { selected: 'card:c1', editing: 'card:c1', cursor: { in: 'card:c1', x: 0.5, y: 0.5 } })
    expect(presence.at('card:c1')).toBe(before)
    expect(presence.people).toBe(people)
    expect(presence.others[0]!.cursor).toEqual({ in: 'card:c1', x: 0.5, y: 0.5 })
    arrive(awareness, 11, sara, { selected: 'card:c2' })
    expect(presence.at('card:c1')).toEqual([])
    expect(presence.at('card:c2')).toHaveLength(1)
  })

  it('tells the last of many moves, not each', () => {
    const told = vi.fn()
    awareness.on('update', told)
    for (let x = 1; x <= 30; x++) presence.point({ cursor: { in: 'map:', x: x / 100, y: 0 } })
    presence.point({ selected: 'card:c1' })
    vi.advanceTimersByTime(60)
    expect(told).toHaveBeenCalledTimes(1)
    expect(awareness.getLocalState()).toEqual({ cursor: { in: 'map:', x: 0.3, y: 0 }, selected: 'card:c1' })
    presence.point({ cursor: null })
    vi.advanceTimersByTime(60)
    expect(awareness.getLocalState()).toEqual({ selected: 'card:c1' })
  })
})

describe('a place on the board', () => {
  /** A board with one card, laid out as said. */
  function board(card: { left: number; top: number; width: number; height: number }): HTMLElement {
    const element = document.createElement('div')
    element.innerHTML = '<div data-cell="s1|l1"><div data-card="c1"><span>text</span></div></div>'
    element.getBoundingClientRect = () => new DOMRect(100, 50, 1000, 600)
    const inner = element.querySelector<HTMLElement>('[data-card]')!
    inner.getBoundingClientRect = () => new DOMRect(card.left, card.top, card.width, card.height)
    document.body.append(element)
    return element
  }

  it('lands on the same spot of a card on a larger screen, and mirrored where reading starts at the right', () => {
    const mine = board({ left: 200, top: 100, width: 100, height: 40 })
    const place = placeOf(mine.querySelector('span')!, mine, { clientX: 225, clientY: 110 }, false)!
    expect(place).toEqual({ in: 'card:c1', x: 0.25, y: 0.25 })
    const larger = board({ left: 400, top: 300, width: 200, height: 80 })
    expect(spotOf(place, larger, false)).toEqual({ x: 400 + 50 - 100, y: 300 + 20 - 50 })
    expect(spotOf(place, larger, true)).toEqual({ x: 600 - 50 - 100, y: 300 + 20 - 50 })
    expect(spotOf({ ...place, in: 'card:gone' }, larger, false)).toBeNull()
  })
})
