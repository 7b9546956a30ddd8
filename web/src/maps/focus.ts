import { drawAll } from './board/turns'

/** Puts the focus back on a part that was just drawn elsewhere. Ids are letters, digits, `_.-`: safe in a selector. */
export function focusPart(kind: 'card' | 'stage-head' | 'step-head' | 'lane-head', id: string): void {
  requestAnimationFrame(() => {
    const found = () => document.querySelector<HTMLElement>(`[data-${kind}="${id}"]`)
    if (!found()) drawAll()
    const part = found()
    part?.focus()
    part?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  })
}

/** Puts the focus on the cell's own button, where the next card begins. */
export function focusCell(key: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-cell="${key}"] > button`)?.focus())
}
