/** The one door to the server: session cookie, CSRF header, language, problems instead of broken answers. */
import createClient from 'openapi-fetch'
import { offline, problemFrom } from './problem'
import type { paths } from './schema'

type Method = 'get' | 'post' | 'put' | 'patch' | 'delete'

export interface Asked {
  path?: Record<string, string>
  query?: Record<string, string | number | boolean | undefined | null>
  body?: unknown
  signal?: AbortSignal
}

// Looked up at each call, so that a test may put its own server at the door.
const client = createClient<Record<string, never>>({
  baseUrl: typeof location === 'undefined' ? '' : location.origin,
  fetch: (request) => globalThis.fetch(request),
})
const send = client.request as unknown as (
  method: Method,
  url: string,
  init: Record<string, unknown>,
) => Promise<{ data?: unknown; error?: unknown; response: Response }>

export function csrfToken(): string {
  return /(?:^|; )csrftoken=([^;]+)/.exec(document.cookie)?.[1] ?? ''
}

/** Ask the server; `path` fills the braces of the address. Throws `Problem`, an abort stays an abort. */
export async function call<T>(method: Method, url: string, asked: Asked = {}): Promise<T> {
  const query = Object.fromEntries(
    Object.entries(asked.query ?? {}).filter(([, value]) => value !== undefined && value !== null && value !== ''),
  )
  const headers: Record<string, string> = { 'Accept-Language': document.documentElement.lang || 'en' }
  if (method !== 'get') headers['X-CSRFToken'] = csrfToken()
  let answer
  try {
    answer = await send(method, url, {
      params: { path: asked.path ?? {}, query },
      headers,
      ...(asked.body === undefined ? {} : { body: asked.body }),
      ...(asked.signal ? { signal: asked.signal } : {}),
    })
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw offline()
  }
  if (!answer.response.ok) throw problemFrom(answer.response.status, asObject(answer.error))
  return answer.data as T
}

/** `/maps/{m}` and `/maps/{map_id}` are the same address: only the places of the braces count. */
type Places<Address extends string> = Address extends `${infer Before}{${string}}${infer After}`
  ? `${Before}{}${Places<After>}`
  : Address
type Known = { [Address in keyof paths as Places<Address & string>]: paths[Address] }
type Success<Operation> = Operation extends { responses: infer Responses }
  ? Responses[Extract<keyof Responses, 200 | 201 | 202>] extends { content: { 'application/json': infer Body } }
    ? Body
    : void
  : never

/** What the OpenAPI document says that a method at an address answers; `never` when there is no such thing. */
export type Answer<M extends Method, Address extends string> =
  Places<Address> extends keyof Known ? (M extends keyof Known[Places<Address>] ? Success<Known[Places<Address>][M]> : never) : never

/** Typed by the address; only where the document has no shape (the engine's answers) does a caller say it. */
interface Ask<M extends Method> {
  <Address extends string>(url: Address, asked?: Asked): Promise<Answer<M, Address>>
  <T>(url: string, asked?: Asked): Promise<T>
}

const asker =
  (method: Method) =>
  (url: string, asked?: Asked): Promise<unknown> =>
    call(method, url, asked)

export const get = asker('get') as Ask<'get'>
export const post = asker('post') as Ask<'post'>
export const patch = asker('patch') as Ask<'patch'>
export const remove = asker('delete') as Ask<'delete'>

/** Send a file; `onProgress` hears the share sent so far (0..1). */
export function upload<T>(
  url: string,
  file: File,
  onProgress: (share: number) => void,
  signal?: AbortSignal,
): Promise<T> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest()
    request.open('POST', url)
    request.responseType = 'json'
    request.setRequestHeader('X-CSRFToken', csrfToken())
    request.setRequestHeader('Accept-Language', document.documentElement.lang || 'en')
    request.upload.onprogress = (event) => {
      if (event.lengthComputable) onProgress(event.loaded / event.total)
    }
    request.onload = () => {
      if (request.status >= 200 && request.status < 300) resolve(request.response as T)
      else reject(problemFrom(request.status, request.response))
    }
    request.onerror = () => reject(offline())
    request.onabort = () => reject(new DOMException('aborted', 'AbortError'))
    signal?.addEventListener('abort', () => request.abort())
    const form = new FormData()
    form.append('file', file)
    request.send(form)
  })
}

function asObject(error: unknown): unknown {
  if (typeof error !== 'string') return error
  try {
    return JSON.parse(error) as unknown
  } catch {
    return undefined
  }
}
