/** Changes as the address keeps them: `["cart","buy",0.35]`, whatever characters the names have. */
export interface Change {
  source: string
  target: string
  /** A probability; of times, what the usual one is multiplied by. */
  value: number
}

export function readChanges(texts: string[]): Change[] {
  return texts.flatMap((text) => {
    try {
      const [source, target, value] = JSON.parse(text) as unknown[]
      const usable = typeof source === 'string' && typeof target === 'string' && typeof value === 'number'
      return usable && value >= 0 && value < 1e6 ? [{ source, target, value }] : []
    } catch {
      return []
    }
  })
}

export const writeChanges = (changes: Change[]): string[] =>
  changes.map(({ source, target, value }) => JSON.stringify([source, target, Math.round(value * 1e4) / 1e4]))

export const isOf = (change: Change, source: string, target: string): boolean =>
  change.source === source && change.target === target

/** With this change in the place of an earlier one of the same transition, or at the end. */
export function withChange(changes: Change[], change: Change): Change[] {
  const at = changes.findIndex((one) => isOf(one, change.source, change.target))
  return at < 0 ? [...changes, change] : changes.map((one, place) => (place === at ? change : one))
}

/** The most a transition can have beside the other changed ones of its source. */
export const room = (changes: Change[], source: string, target: string): number =>
  Math.max(
    0,
    1 - changes.filter((one) => one.source === source && one.target !== target).reduce((sum, one) => sum + one.value, 0),
  )
