/** A file that the server makes, into the reader's folder. */
import { csrfToken } from './client'
import { offline, problemFrom } from './problem'

/** Throws `Problem`; the file has the name that the server gives. With a `body` it is asked for by POST. */
export async function download(address: string, signal: AbortSignal, body?: unknown): Promise<void> {
  let answer: Response
  try {
    answer = await fetch(
      new Request(new URL(address, location.origin), {
        headers: {
          'Accept-Language': document.documentElement.lang || 'en',
          ...(body ? { 'Content-Type': 'application/json', 'X-CSRFToken': csrfToken() } : {}),
        },
        signal,
        ...(body ? { method: 'POST', body: JSON.stringify(body) } : {}),
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
  link.download = name ? decodeURIComponent(name) : 'hamsafar'
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(file), 60_000)
}
