/**
 * Turns in which the cells of a board draw their cards: those in sight first, then all others while nobody waits, a few at
 * a time, so that a large map is seen at once and no stroke of work is felt. In the end every card is in the page, for
 * finding, tabbing, arrows and screen readers.
 */
import { useEffect, useState, type RefObject } from 'react'
import { flushSync } from 'react-dom'

/** Milliseconds of one stroke of work; a frame has 16. */
const STROKE = 6
/** Cells this near to the window count as in sight. */
const NEAR = '200px'

type Draw = () => void

const waiting = new Map<Element, Draw>()
const inSight = new Set<Element>()
const listeners = new Set<() => void>()
/** How the turn that is asked for can be taken back; null: none is. */
let asked: { urgent: boolean; cancel: () => void } | null = null

const watch =
  typeof IntersectionObserver === 'undefined'
    ? null
    : new IntersectionObserver(
        (entries) => {
          for (const { target, isIntersecting } of entries) {
            if (isIntersecting && waiting.has(target)) inSight.add(target)
            else inSight.delete(target)
          }
          if (inSight.size > 0) ask()
        },
        { rootMargin: NEAR },
      )

function ask(): void {
  const urgent = inSight.size > 0
  if (waiting.size === 0 || asked?.urgent || (asked && !urgent)) return
  asked?.cancel()
  // In sight: in the very next task. Otherwise only when the browser has nothing else to do.
  if (urgent || typeof requestIdleCallback === 'undefined') {
    const timer = window.setTimeout(stroke)
    asked = { urgent, cancel: () => clearTimeout(timer) }
  } else {
    const idle = requestIdleCallback(stroke, { timeout: 2000 })
    asked = { urgent, cancel: () => cancelIdleCallback(idle) }
  }
}

function stroke(): void {
  asked = null
  const until = performance.now() + STROKE
  do {
    const [next] = inSight.size > 0 ? inSight : waiting.keys()
    if (!next) return
    draw(next)
  } while (performance.now() < until)
  if (inSight.size === 0) tell()
  ask()
}

/** Called when what is in sight was drawn. */
export function onDrawn(listener: () => void): () => void {
  listeners.add(listener)
  return () => listeners.delete(listener)
}

function tell(): void {
  for (const listener of [...listeners]) listener()
}

function draw(cell: Element): void {
  const now = waiting.get(cell)
  forget(cell)
  if (now) flushSync(now)
}

function forget(cell: Element): void {
  waiting.delete(cell)
  inSight.delete(cell)
  watch?.unobserve(cell)
}

/** Draws whatever still waits for its turn; for whoever looks for a part of the board in the page. */
export function drawAll(): void {
  for (const cell of [...waiting.keys()]) draw(cell)
  tell()
}

if (typeof window !== 'undefined') window.addEventListener('beforeprint', drawAll)

/** True once the turn of this cell has come; at once where there is nothing to draw, and where nothing can be watched. */
export function useTurn(box: RefObject<HTMLElement | null>, holds: boolean): boolean {
  const [come, setCome] = useState(!holds || watch === null)
  useEffect(() => {
    const cell = box.current
    if (come || !cell) return undefined
    waiting.set(cell, () => setCome(true))
    watch?.observe(cell)
    ask()
    return () => forget(cell)
  }, [come, box])
  return come
}
