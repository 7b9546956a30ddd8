/** Ctrl+B and Ctrl+I in a field: bold and italic, put around the selection or taken away. */
import { useCallback, useLayoutEffect, useRef, useState, type KeyboardEvent, type RefObject } from 'react'
import { toggleMark } from '@/editor/richText'

/** By the key's place: a Persian keyboard writes other letters there. */
const MARKS: Record<string, '**' | '*'> = { KeyB: '**', KeyI: '*' }

export function useMark(field: RefObject<HTMLTextAreaElement | null>, setText: (text: string) => void): (mark: '**' | '*') => void {
  const [, draw] = useState(0)
  const wanted = useRef<[number, number] | null>(null)
  // The selection can be put back only once the new text stands in the field.
  useLayoutEffect(() => {
    if (!wanted.current) return
    field.current?.setSelectionRange(...wanted.current)
    wanted.current = null
  })
  return useCallback(
    (mark) => {
      const element = field.current
      if (!element) return
      const next = toggleMark({ text: element.value, start: element.selectionStart, end: element.selectionEnd }, mark)
      if (element.maxLength >= 0 && next.text.length > element.maxLength) return
      wanted.current = [next.start, next.end]
      setText(next.text)
      draw((count) => count + 1)
    },
    [field, setText],
  )
}

/** Carries out a mark's key; true when it was one. */
export function useMarkKeys(field: RefObject<HTMLTextAreaElement | null>, setText: (text: string) => void): (event: KeyboardEvent) => boolean {
  const mark = useMark(field, setText)
  return useCallback(
    (event) => {
      const wanted = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey ? MARKS[event.code] : undefined
      if (!wanted) return false
      event.preventDefault()
      mark(wanted)
      return true
    },
    [mark],
  )
}
