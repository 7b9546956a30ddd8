/** What went wrong, as the server says it (RFC 9457); also made of allauth's answers and of no answer at all. */

export interface FieldError {
  field?: string
  line?: number
  code?: string
  detail: string
}

export class Problem extends Error {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail: string | undefined
  readonly params: Record<string, unknown>
  readonly errors: FieldError[]

  constructor(given: {
    status: number
    code: string
    title: string
    detail?: string | undefined
    params?: Record<string, unknown> | undefined
    errors?: FieldError[] | undefined
  }) {
    super(given.detail ?? given.title)
    this.status = given.status
    this.code = given.code
    this.title = given.title
    this.detail = given.detail
    this.params = given.params ?? {}
    this.errors = given.errors ?? []
  }

  /** The sentence for one form field, if the server named it. */
  about(field: string): string | undefined {
    return this.errors.find((error) => error.field === field)?.detail
  }
}

interface AllauthError {
  code: string
  message: string
  param?: string
}

/** A body that is neither a problem document nor allauth's keeps only its status: code `unexpected`. */
export function problemFrom(status: number, body: unknown): Problem {
  if (isRecord(body)) {
    if (typeof body.code === 'string' && typeof body.title === 'string') {
      return new Problem({
        status,
        code: body.code,
        title: body.title,
        detail: typeof body.detail === 'string' ? body.detail : undefined,
        params: isRecord(body.params) ? body.params : undefined,
        errors: Array.isArray(body.errors) ? (body.errors as FieldError[]) : undefined,
      })
    }
    if (Array.isArray(body.errors)) {
      const errors = body.errors as AllauthError[]
      return new Problem({
        status,
        code: errors[0]?.code ?? 'unexpected',
        title: errors[0]?.message ?? '',
        errors: errors.map((error) => ({
          code: error.code,
          detail: error.message,
          ...(error.param ? { field: error.param } : {}),
        })),
      })
    }
  }
  return new Problem({ status, code: status === 401 ? 'not_signed_in' : 'unexpected', title: '' })
}

export const offline = (): Problem => new Problem({ status: 0, code: 'offline', title: '' })

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
