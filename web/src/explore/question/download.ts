/** Files that the server makes, or that are made here, into the reader's folder. */
import { csrfToken } from '@/api/client'
import { offline, problemFrom } from '@/api/problem'

export function keep(file: Blob, name: string): void {
  const link = document.createElement('a')
  const address = URL.createObjectURL(file)
  link.href = address
  link.download = name
  link.click()
  // The browser reads it after this turn.
  setTimeout(() => URL.revokeObjectURL(address), 60_000)
}

/** Ask the server for a file; its name is the one the server gives. Throws `Problem`. */
export async function download(address: string, body: unknown, usual: string): Promise<void> {
  let answer: Response
  try {
    answer = await fetch(
      new Request(new URL(address, location.origin), {
        method: 'POST',
        body: JSON.stringify(body),
        headers: {
          'Content-Type': 'application/json',
          'X-CSRFToken': csrfToken(),
          'Accept-Language': document.documentElement.lang || 'en',
        },
      }),
    )
  } catch {
    throw offline()
  }
  if (!answer.ok) throw problemFrom(answer.status, await answer.json().catch(() => undefined))
  const [, name] = /filename="([^"]+)"/.exec(answer.headers.get('Content-Disposition') ?? '') ?? []
  keep(await answer.blob(), name ?? usual)
}
