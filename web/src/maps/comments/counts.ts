/** How many open threads stand on each part of a map; every part hears only of itself. */

export interface PartCount {
  open: number
  unread: number
}

const NONE: PartCount = { open: 0, unread: 0 }

export class CommentCounts {
  private parts = new Map<string, PartCount>()
  private whole: PartCount = NONE
  private listeners = new Set<() => void>()

  /** The same object until something of the part changes. `part` is `card:id`, `cell:stage|lane`, … */
  at(part: string): PartCount {
    return this.parts.get(part) ?? NONE
  }

  /** Of the map with all its parts. */
  get total(): PartCount {
    return this.whole
  }

  set(counts: { open: number; unread: number; parts: readonly { part: string; target: string; open: number; unread: number }[] }): void {
    this.parts = new Map(
      counts.parts.map(({ part, target, open, unread }) => {
        const key = `${part}:${target}`
        return [key, kept(this.at(key), open, unread)]
      }),
    )
    this.whole = kept(this.whole, counts.open, counts.unread)
    for (const listener of [...this.listeners]) listener()
  }

  subscribe = (listener: () => void): (() => void) => {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }
}

const kept = (old: PartCount, open: number, unread: number): PartCount =>
  old.open === open && old.unread === unread ? old : { open, unread }
