/**
 * The hands of the others over the board. Each is moved by hand (no drawing by React), and stands at a place within a card
 * or cell, so that it is right at any size of the window and in either direction.
 */
import { useReducedMotion } from '@mantine/hooks'
import { useEffect, useRef, type RefObject } from 'react'
import { useLocale } from '@/i18n/locale'
import { usePresence } from './context'
import { placeOf, spotOf, type Presence, type Present } from './presence'
import classes from './together.module.css'

export function Cursors({ scroller }: { scroller: RefObject<HTMLElement | null> }) {
  const { dir } = useLocale()
  const still = useReducedMotion()
  const presence = usePresence()
  const layer = useRef<HTMLDivElement>(null)
  const rtl = dir === 'rtl'

  useEffect(() => {
    const board = layer.current?.parentElement
    if (!presence || !board) return
    return tellMoves(presence, board, rtl)
  }, [presence, rtl])

  useEffect(() => {
    const board = layer.current?.parentElement
    if (!presence || !board || !layer.current || still) return
    return drawHands(presence, layer.current, board, scroller.current, rtl)
  }, [presence, scroller, rtl, still])

  return <div ref={layer} className={classes.layer} aria-hidden="true" />
}

/** A finger has no place while it does not touch; only mice and pens are told. */
function tellMoves(presence: Presence, board: HTMLElement, rtl: boolean): () => void {
  const move = (event: PointerEvent) => {
    if (event.pointerType === 'touch' || !(event.target instanceof Element)) return
    presence.point({ cursor: placeOf(event.target, board, event, rtl) })
  }
  const leave = () => presence.point({ cursor: null })
  board.addEventListener('pointermove', move, { passive: true })
  board.addEventListener('pointerleave', leave)
  return () => {
    board.removeEventListener('pointermove', move)
    board.removeEventListener('pointerleave', leave)
    leave()
  }
}

function drawHands(presence: Presence, layer: HTMLElement, board: HTMLElement, scroller: HTMLElement | null, rtl: boolean): () => void {
  const hands = new Map<number, HTMLElement>()
  let frame = 0
  const draw = () => {
    frame = 0
    const seen = presence.others.filter((one) => one.cursor)
    for (const [client, hand] of hands) {
      if (seen.some((one) => one.client === client)) continue
      hand.remove()
      hands.delete(client)
    }
    // All places are read before any hand is moved: one layout, whatever the number of hands.
    const spots = seen.map((one) => spotOf(one.cursor!, board, rtl))
    seen.forEach((one, index) => {
      const hand = hands.get(one.client) ?? add(one)
      const spot = spots[index]
      hand.hidden = !spot
      if (spot) hand.style.transform = `translate(${Math.round(spot.x)}px, ${Math.round(spot.y)}px)`
    })
  }
  const add = (one: Present) => {
    const hand = handOf(one)
    hands.set(one.client, hand)
    layer.append(hand)
    return hand
  }
  const soon = () => {
    frame ||= requestAnimationFrame(draw)
  }
  const stop = presence.subscribe(soon)
  // Heads stay in view while the rest scrolls: a hand over one moves against the board.
  scroller?.addEventListener('scroll', soon, { passive: true })
  const sizes = typeof ResizeObserver === 'undefined' ? null : new ResizeObserver(soon)
  sizes?.observe(board)
  soon()
  return () => {
    stop()
    scroller?.removeEventListener('scroll', soon)
    sizes?.disconnect()
    cancelAnimationFrame(frame)
    for (const hand of hands.values()) hand.remove()
  }
}

const ARROW = 'M1 1v13l3.6-3.2 2.2 5 2.3-1-2.2-4.9 4.9-.4z'

function handOf({ user, tint }: Present): HTMLElement {
  const hand = document.createElement('div')
  hand.className = classes.hand!
  hand.dataset.tint = String(tint)
  hand.innerHTML = `<svg width="14" height="18" viewBox="0 0 14 18"><path d="${ARROW}"/></svg>`
  const name = document.createElement('bdi')
  name.textContent = user.name
  hand.append(name)
  return hand
}
