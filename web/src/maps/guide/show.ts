/** Shows a part of the board without leaving the guide: it is scrolled to, framed for a moment, and has the focus. */

const FRAME = [
  { outline: '3px solid var(--hs-accent)', outlineOffset: '2px' },
  { outline: '3px solid var(--hs-accent)', outlineOffset: '2px' },
]

/** `stage` is opened first where the map is read stage by stage. */
export function showOnBoard(selector: string, stage?: string): void {
  if (stage) document.querySelector<HTMLElement>(`[data-stage-tab="${stage}"]`)?.click()
  requestAnimationFrame(() => {
    const part = document.querySelector<HTMLElement>(selector)
    if (!part) return
    part.scrollIntoView({ inline: 'center', block: 'center' })
    const focused = part.matches('[tabindex]') ? part : part.querySelector<HTMLElement>('button, [tabindex]')
    focused?.focus({ preventScroll: true })
    part.animate?.(FRAME, 1_600)
  })
}

/** A stage with steps has a cell for each. */
export const cellSelector = (stage: string, lane: string): string => `[data-cell="${stage}|${lane}"], [data-cell^="${stage}|${lane}|"]`
