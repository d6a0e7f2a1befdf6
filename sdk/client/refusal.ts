import { retryAfterMs } from './retry.rules.js'
import type { Problem } from './types.js'

/** A wrong field by its RFC 6901 pointer, what is wrong with it and what to do. */
export type FieldProblem = NonNullable<Problem['errors']>[number]

/**
 * The RFC 9457 body that the service sends with a refusal. Of what came from elsewhere the client makes one itself: its
 * codes are `http.` and the status, `service.unreachable` and `held`.
 */
export interface ProblemBody extends Partial<Omit<Problem, 'code'>> {
  readonly status: number
  readonly title: string
  readonly code: Problem['code'] | (string & {})
}

/** The service said no, or could not be reached. `problem` says why and what to do. */
export class Refusal extends Error {
  constructor(
    readonly problem: ProblemBody,
    /** Milliseconds after which the service asks to be tried again; null where it said nothing of it. */
    readonly retryAfterMs: number | null = null,
  ) {
    super(problem.detail ?? problem.title)
    this.name = 'Refusal'
  }

  /** Whether Gatehouse itself refused, and not an extension or something on the way. */
  get isOfGatehouse(): boolean {
    return this.problem.type?.startsWith('urn:gatehouse:problem:') ?? false
  }

  /** What is wrong with a field, by its RFC 6901 pointer, such as `/name`. */
  at(pointer: string): FieldProblem | undefined {
    return this.problem.errors?.find((error) => error.pointer === pointer)
  }

  /** Reads the problem out of a response; a body of any other kind becomes a problem that says so. */
  static async from(response: Response): Promise<Refusal> {
    const text = await response.text()
    const wait = retryAfterMs(response.headers.get('retry-after'), Date.now())
    try {
      const body = JSON.parse(text) as ProblemBody
      if (typeof body.code === 'string') return new Refusal({ ...body, status: response.status }, wait)
    } catch {
      // Not JSON: the body is shown as it came.
    }
    const { status, statusText } = response
    return new Refusal({ status, code: `http.${status}`, title: statusText, detail: text.slice(0, 500) }, wait)
  }

  /** Nobody answered at that address. */
  static unreachable(url: string, cause: unknown): Refusal {
    const inner = cause instanceof Error && cause.cause instanceof Error ? cause.cause : cause
    const refusal = new Refusal({
      status: 0,
      code: 'service.unreachable',
      title: `No answer from ${url}`,
      detail: inner instanceof Error ? inner.message : String(inner),
      remedy: 'Start the service with npm start, or name its address with --url or GATEHOUSE_URL',
    })
    refusal.cause = cause
    return refusal
  }
}
