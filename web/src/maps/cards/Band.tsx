/** A band drawn over empty board chooses the cards it touches; with Ctrl or Shift, in addition to those chosen. */
import { useEffect, useState } from 'react'
import { useT } from '@/i18n/locale'
import { useChoosing } from '../selection'
import { useSession } from '../session'
import classes from './cards.module.css'

interface Box {
  left: number
  top: number
  width: number
  height: number
}

/** A shorter pull is a click. */
const LEAST = 6

const EMPTY = '[data-cell], [role=cell]'
const TAKEN = '[data-card], input, textarea, a, [role=slider], [role=separator], [draggable=true]'

export function Band() {
  const t = useT('maps/cards')
  const { announce } = useSession()
  const { picks, pick } = useChoosing()
  const [box, setBox] = useState<Box | null>(null)

  useEffect(() => {
    let stop: (() => void) | null = null
    function onDown(event: PointerEvent) {
      const target = event.target instanceof Element ? event.target : null
      const board = target?.closest<HTMLElement>('[role=table]')
      const button = target?.closest('button')
      if (event.button !== 0 || event.pointerType !== 'mouse' || !board || !target?.closest(EMPTY) || target.closest(TAKEN)) return
      // An empty cell is one large button for its first card.
      if (button && !button.closest('[data-cell]')) return
      stop = follow(event, board)
    }
    function follow(begun: PointerEvent, board: HTMLElement): () => void {
      // The board may be scrolled meanwhile: the corner stays where it was put on it.
      const corner = { x: begun.clientX - board.getBoundingClientRect().left, y: begun.clientY - board.getBoundingClientRect().top }
      const before = begun.ctrlKey || begun.metaKey || begun.shiftKey ? new Set(picks.ids.size > 0 ? picks.ids : picks.selected ? [picks.selected] : []) : new Set<string>()
      let drawn: Box | null = null
      const onMove = (event: PointerEvent) => {
        const { left, top } = board.getBoundingClientRect()
        const [x, y] = [corner.x + left, corner.y + top]
        const next = {
          left: Math.min(x, event.clientX), top: Math.min(y, event.clientY),
          width: Math.abs(event.clientX - x), height: Math.abs(event.clientY - y),
        }
        if (!drawn && next.width + next.height < LEAST) return
        if (!drawn) board.style.userSelect = 'none'
        drawn = next
        setBox(next)
      }
      const end = () => {
        document.removeEventListener('pointermove', onMove)
        document.removeEventListener('pointerup', onUp)
        document.removeEventListener('keydown', onKey, true)
        board.style.userSelect = ''
        setBox(null)
        stop = null
      }
      const onUp = () => {
        const band = drawn
        end()
        if (!band) return
        // The press on an empty cell's button was not meant for it.
        const swallow = (event: MouseEvent) => event.stopPropagation()
        document.addEventListener('click', swallow, { capture: true, once: true })
        setTimeout(() => document.removeEventListener('click', swallow, true), 0)
        const found = [...board.querySelectorAll<HTMLElement>('[data-card]')].filter((card) => touches(card.getBoundingClientRect(), band)).map((card) => card.dataset.card!)
        const next = new Set([...before, ...found])
        pick(next, found.at(-1) ?? [...next].at(-1) ?? '')
        announce(t('selected_n', { count: next.size }))
      }
      const onKey = (event: KeyboardEvent) => {
        if (event.key !== 'Escape') return
        event.stopPropagation()
        end()
      }
      document.addEventListener('pointermove', onMove)
      document.addEventListener('pointerup', onUp)
      document.addEventListener('keydown', onKey, true)
      return end
    }
    document.addEventListener('pointerdown', onDown)
    return () => {
      document.removeEventListener('pointerdown', onDown)
      stop?.()
    }
  }, [t, announce, picks, pick])

  if (!box) return null
  const { left, top, width, height } = box
  return <div className={classes.band} aria-hidden="true" style={{ insetBlockStart: top, width, height, translate: `${left}px` }} />
}

const touches = (card: DOMRect, band: Box): boolean =>
  card.left < band.left + band.width && card.right > band.left && card.top < band.top + band.height && card.bottom > band.top
