/** Dragging of cards, stages, steps and lanes: what may land where, and where the line is drawn. */
import { draggable, dropTargetForElements } from '@atlaskit/pragmatic-drag-and-drop/element/adapter'
import { useEffect, useState, type RefObject } from 'react'

export type Dragged = { kind: 'card' | 'stage' | 'step' | 'lane'; id: string }
export type Edge = 'before' | 'after'

const dragged = (data: Record<string, unknown>): Dragged => data as unknown as Dragged

/** Makes the element draggable (by `handle`, if given); true while it is being dragged. */
export function useDrag(ref: RefObject<HTMLElement | null>, what: Dragged, enabled: boolean, handle?: RefObject<HTMLElement | null>): boolean {
  const [dragging, setDragging] = useState(false)
  const { kind, id } = what
  useEffect(() => {
    const element = ref.current
    if (!element || !enabled) return undefined
    return draggable({
      element,
      ...(handle?.current ? { dragHandle: handle.current } : {}),
      // What is dragged by itself, such as the edge of a column, does not take its head along.
      canDrag: ({ input }) => !document.elementFromPoint(input.clientX, input.clientY)?.closest('[data-no-drag]'),
      getInitialData: () => ({ kind, id }),
      onDragStart: () => setDragging(true),
      onDrop: () => setDragging(false),
    })
  }, [ref, handle, kind, id, enabled])
  return dragging
}

/**
 * Takes drops of one kind. `axis` says which half of the element decides between before and after; without it the
 * whole element is one place. Returns the edge to draw while something is held over it.
 */
export function useDrop(
  ref: RefObject<HTMLElement | null>,
  options: { kind: Dragged['kind']; self?: string; axis?: 'down' | 'along'; enabled: boolean; onDrop: (what: Dragged, edge: Edge) => void },
): Edge | 'over' | null {
  const [edge, setEdge] = useState<Edge | 'over' | null>(null)
  const { kind, self, axis, enabled, onDrop } = options
  useEffect(() => {
    const element = ref.current
    if (!element || !enabled) return undefined
    const edgeAt = (input: { clientX: number; clientY: number }): Edge => {
      const box = element.getBoundingClientRect()
      if (axis === 'down') return input.clientY < box.top + box.height / 2 ? 'before' : 'after'
      const rtl = getComputedStyle(element).direction === 'rtl'
      const first = input.clientX < box.left + box.width / 2
      return first !== rtl ? 'before' : 'after'
    }
    return dropTargetForElements({
      element,
      canDrop: ({ source }) => dragged(source.data).kind === kind && dragged(source.data).id !== self,
      onDrag: ({ location, self: target }) => {
        // Only the innermost target answers: a card, else its cell.
        const inner = location.current.dropTargets[0]?.element === target.element
        setEdge(!inner ? null : axis ? edgeAt(location.current.input) : 'over')
      },
      onDragLeave: () => setEdge(null),
      onDrop: ({ source, location, self: target }) => {
        setEdge(null)
        if (location.current.dropTargets[0]?.element !== target.element) return
        onDrop(dragged(source.data), axis ? edgeAt(location.current.input) : 'after')
      },
    })
  }, [ref, kind, self, axis, enabled, onDrop])
  return edge
}
