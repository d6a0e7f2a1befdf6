/** The RFC 9457 body that the service sends with a refusal. */
export interface ProblemBody {
  readonly status: number
  readonly code: string
  readonly title: string
  readonly detail?: string
  readonly remedy?: string
  readonly decision_id?: string
  readonly correlation_id?: string
  readonly reasons?: readonly { readonly id: string; readonly message: string; readonly remedy: string }[]
  readonly errors?: readonly { readonly pointer: string; readonly detail: string }[]
}

/** The service said no, or could not be reached. `problem` says why and what to do. */
export class Refusal extends Error {
  constructor(readonly problem: ProblemBody) {
    super(problem.detail ?? problem.title)
    this.name = 'Refusal'
  }

  /** Reads the problem out of a response; a body of any other kind becomes a problem that says so. */
  static async from(response: Response): Promise<Refusal> {
    const text = await response.text()
    try {
      const body = JSON.parse(text) as ProblemBody
      if (typeof body.code === 'string') return new Refusal({ ...body, status: response.status })
    } catch {
      // Not JSON: the body is shown as it came.
    }
    return new Refusal({
      status: response.status,
      code: `http.${response.status}`,
      title: response.statusText,
      detail: text.slice(0, 500),
    })
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
