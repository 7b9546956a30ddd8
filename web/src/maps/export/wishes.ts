/** What a reader wants of an export, and how the server is asked for it. */
export interface Wishes {
  /** Whether what happened is drawn below. */
  measured: boolean
  paper: string | null
  scheme: 'light' | 'dark'
  /** Lanes that are wanted; null: those that are shown on screen. */
  lanes: readonly string[] | null
  /** Personas whose curves are wanted, "" for everyone's; null: all. */
  curves: readonly string[] | null
}

/** What the server is asked for: only what the format heeds. */
export function wishesAsked(wishes: Wishes, chooses: readonly string[]): Record<string, string> {
  return {
    ...(wishes.paper ? { paper: wishes.paper } : {}),
    ...(wishes.scheme === 'dark' && chooses.includes('scheme') ? { scheme: 'dark' } : {}),
    ...(wishes.lanes && chooses.includes('lanes') ? { lanes: wishes.lanes.join(',') } : {}),
    ...(wishes.curves && chooses.includes('curves') ? { curves: wishes.curves.join(',') } : {}),
  }
}
