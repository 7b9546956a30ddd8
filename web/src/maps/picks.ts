/** The cards chosen together, and the one that is selected or written now: for thousands of cards, each of which hears only of itself. */

const NONE: ReadonlySet<string> = new Set()

export class Picks {
  ids: ReadonlySet<string> = NONE
  selected: string | null = null
  editing: string | null = null
  /** Where a range begins. */
  anchor: string | null = null
  /** Each press adds a card or takes it away, as Ctrl does: for hands without a keyboard. */
  together = false
  private listeners = new Set<() => void>()

  has(id: string): boolean {
    return this.ids.has(id)
  }

  set(ids: Iterable<string>): void {
    const next = new Set(ids)
    if (next.size === 0 && this.ids.size === 0) return
    this.ids = next.size === 0 ? NONE : next
    this.tell()
  }

  setTogether(together: boolean): void {
    if (this.together === together) return
    this.together = together
    this.tell()
  }

  setCurrent(selected: string | null, editing: string | null): void {
    if (this.selected === selected && this.editing === editing) return
    if (selected !== null && this.ids.size === 0) this.anchor = selected
    this.selected = selected
    this.editing = editing
    this.tell()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  private tell(): void {
    for (const listener of [...this.listeners]) listener()
  }
}
