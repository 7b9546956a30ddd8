/** Puts the focus back on a part that was just drawn elsewhere. Ids are letters, digits, `_.-`: safe in a selector. */
export function focusPart(kind: 'card' | 'stage-head' | 'step-head' | 'lane-head', id: string): void {
  requestAnimationFrame(() => {
    const part = document.querySelector<HTMLElement>(`[data-${kind}="${id}"]`)
    part?.focus()
    part?.scrollIntoView({ inline: 'nearest', block: 'nearest' })
  })
}

/** Puts the focus on the cell's own button, where the next card begins. */
export function focusCell(key: string): void {
  requestAnimationFrame(() => document.querySelector<HTMLElement>(`[data-cell="${key}"] > button`)?.focus())
}

const MOST_FRAMES = 120

/** Puts the focus into a field of the inspector (`data-field`), as soon as what was selected is shown there. */
export function focusField(name: string, frames = MOST_FRAMES): void {
  requestAnimationFrame(() => {
    const field = document.querySelector<HTMLElement>(`aside [data-field="${name}"]`)
    if (field) {
      field.focus()
      field.scrollIntoView({ block: 'center' })
    } else if (frames > 0) focusField(name, frames - 1)
  })
}
