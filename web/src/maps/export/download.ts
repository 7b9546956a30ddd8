/** A file that the server makes of a map, into the reader's folder. */
import { offline, problemFrom } from '@/api/problem'

/** Throws `Problem`; the file has the name that the server gives. */
export async function download(address: string, signal: AbortSignal): Promise<void> {
  let answer: Response
  try {
    answer = await fetch(
      new Request(new URL(address, location.origin), {
        headers: { 'Accept-Language': document.documentElement.lang || 'en' },
        signal,
      }),
    )
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
  if (!answer.ok) throw problemFrom(answer.status, await answer.json().catch(() => undefined))
  const [, name] = /filename\*=UTF-8''([^;]+)/.exec(answer.headers.get('Content-Disposition') ?? '') ?? []
  const file = URL.createObjectURL(await answer.blob())
  const link = document.createElement('a')
  link.href = file
  link.download = name ? decodeURIComponent(name) : 'map'
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(file), 60_000)
}

export interface Wishes {
  paper: string | null
  scheme: 'light' | 'dark'
  /** Lanes that are wanted; null: those that are shown on screen. */
  lanes: readonly string[] | null
  /** Personas whose curves are wanted, "" for everyone's; null: all. */
  curves: readonly string[] | null
}

/** The query of an export; only what the format heeds. */
export function wishesQuery(wishes: Wishes, chooses: readonly string[]): string {
  const query = new URLSearchParams()
  if (wishes.paper) query.set('paper', wishes.paper)
  if (wishes.scheme === 'dark' && chooses.includes('scheme')) query.set('scheme', 'dark')
  if (wishes.lanes && chooses.includes('lanes')) query.set('lanes', wishes.lanes.join(','))
  if (wishes.curves && chooses.includes('curves')) query.set('curves', wishes.curves.join(','))
  const text = query.toString()
  return text && `?${text}`
}
