import type { Reason } from './decisions/answer.js'
import { DECISION_PROBLEMS } from './problems/decision.js'
import { EXECUTION_PROBLEMS } from './problems/execution.js'
import { GATEWAY_PROBLEMS } from './problems/gateway.js'
import { HOST_PROBLEMS } from './problems/host.js'
import { REGISTRY_PROBLEMS } from './problems/registry.js'
import { REQUEST_PROBLEMS } from './problems/request.js'
import { SIGN_IN_PROBLEMS } from './problems/sign-in.js'

/**
 * The one catalogue of problems (RFC 9457). A code is stable; its status, title and remedy are read by API, CLI, console and docs.
 * Code raises them by `throw problem('version.exists', { detail })` and by nothing else.
 */
export const PROBLEMS = {
  ...REQUEST_PROBLEMS,
  ...DECISION_PROBLEMS,
  ...SIGN_IN_PROBLEMS,
  ...REGISTRY_PROBLEMS,
  ...EXECUTION_PROBLEMS,
  ...GATEWAY_PROBLEMS,
  ...HOST_PROBLEMS,
} as const

export type ProblemCode = keyof typeof PROBLEMS

/** One wrong field: an RFC 6901 pointer into what was sent, what is wrong with it, and where it isn't plain what to do. */
export interface FieldError {
  readonly pointer: string
  readonly detail: string
  readonly remedy?: string
}

export interface ProblemDetails {
  readonly detail?: string
  readonly errors?: readonly FieldError[]
  readonly reasons?: readonly Reason[]
  readonly decisionId?: string
  /** Seconds for the Retry-After header. */
  readonly retryAfter?: number
  /** For method_not_allowed: the Allow header. */
  readonly allow?: readonly string[]
  /** Other headers that tell more. */
  readonly headers?: Readonly<Record<string, string>>
  readonly cause?: unknown
}

/** What is thrown to refuse. The HTTP layer turns it into `application/problem+json`; nothing else builds such a body. */
export class Problem extends Error {
  readonly status: number
  constructor(
    readonly code: ProblemCode,
    readonly details: ProblemDetails = {},
  ) {
    super(details.detail ?? PROBLEMS[code].title, { cause: details.cause })
    this.name = 'Problem'
    this.status = PROBLEMS[code].status
  }
}

/** Makes the problem of a catalogued code; throw it. */
export const problem = (code: ProblemCode, details?: ProblemDetails): Problem => new Problem(code, details)

/** The RFC 9457 body of a problem. */
export const problemBody = (raised: Problem, correlationId: string) => ({
  type: `urn:gatehouse:problem:${raised.code}`,
  title: PROBLEMS[raised.code].title,
  status: raised.status,
  code: raised.code,
  detail: raised.details.detail ?? PROBLEMS[raised.code].title,
  remedy: PROBLEMS[raised.code].remedy,
  correlation_id: correlationId,
  ...(raised.details.decisionId && { decision_id: raised.details.decisionId }),
  ...(raised.details.reasons && { reasons: raised.details.reasons }),
  ...(raised.details.errors && { errors: raised.details.errors }),
})
