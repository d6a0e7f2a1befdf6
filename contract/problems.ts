import type { Reason } from './decisions/answer.js'

/**
 * The one catalogue of problems (RFC 9457). A code is stable; its status, title and remedy are read by API, CLI, console and docs.
 * Code raises them by `throw problem('version.exists', { detail })` and by nothing else.
 */
export const PROBLEMS = {
  'request.invalid': {
    status: 400,
    title: 'The request does not fit its schema',
    remedy: 'Correct the fields named in errors',
  },
  'request.malformed_json': {
    status: 400,
    title: 'The body is not well-formed JSON',
    remedy: 'Send UTF-8 JSON as RFC 8259 defines it, nested at most 32 levels',
  },
  'request.too_large': { status: 413, title: 'The body is too large', remedy: 'Send less; the detail names the limit' },
  'request.headers_too_large': {
    status: 431,
    title: 'The request headers are too large',
    remedy: 'Send at most 16 KiB of headers',
  },
  'request.unsupported_media_type': {
    status: 415,
    title: 'The content type is not accepted here',
    remedy: 'Send the content type that the endpoint documents',
  },
  'request.timeout': {
    status: 408,
    title: 'The request did not arrive in time',
    remedy: 'Send the whole request without pausing',
  },
  'auth.required': {
    status: 401,
    title: 'Credentials are needed',
    remedy: 'Send Authorization: Bearer with an API key',
  },
  'auth.invalid': {
    status: 401,
    title: 'The credentials are not valid',
    remedy: 'Check that the key is whole, not revoked and not expired',
  },
  'policy.denied': { status: 403, title: 'Policy refuses this', remedy: 'See the remedy of each reason' },
  'policy.unavailable': {
    status: 503,
    title: 'No decision could be made',
    remedy: 'Ask an operator to look at /readyz; nothing is allowed until policy loads',
  },
  'kill.engaged': {
    status: 403,
    title: 'A kill switch is engaged',
    remedy: 'Ask who engaged it, or an operator, to release it',
  },
  'kill.lease_stale': {
    status: 503,
    title: 'This node has not heard the kill list lately',
    remedy: 'Retry; if it stays, ask an operator to look at the database',
  },
  'ledger.unavailable': {
    status: 503,
    title: 'The decision could not be recorded',
    remedy: 'Retry; if it stays, ask an operator to look at the ledger',
  },
  'ledger.empty': {
    status: 503,
    title: 'The ledger has no checkpoint yet',
    remedy: 'Retry in a second; if it stays, ask an operator to look at the ledger in /healthz',
  },
  'ledger.not_sequenced': {
    status: 409,
    title: 'The entry is durable but not in the log yet',
    remedy: 'Retry in a second; if it stays, ask an operator to look at the ledger in /healthz',
  },
  'decision.not_replayable': {
    status: 409,
    title: 'No policy answered this decision, so there is nothing to replay',
    remedy: 'Read why it was made as it was; replay decisions that policy made',
  },
  'decision.revision_missing': {
    status: 409,
    title: 'The policy that made this decision is not kept here',
    remedy: 'Ask an operator to restore the policy archive of the data folder',
  },
  not_found: {
    status: 404,
    title: 'There is no such thing here',
    remedy: 'Check the id and the organisation that the key belongs to',
  },
  method_not_allowed: {
    status: 405,
    title: 'The method is not allowed here',
    remedy: 'Use a method of the Allow header',
  },
  already_exists: {
    status: 409,
    title: 'There is one of that name already',
    remedy: 'Choose another name; errors tell which field',
  },
  conflict: { status: 409, title: 'The row changed meanwhile', remedy: 'Read it again and repeat the change' },
  'execution.fuel_exhausted': {
    status: 502,
    title: 'The extension used up its computing budget',
    remedy: 'Send it less work, or ask its publisher to declare a higher limits.fuel',
  },
  'execution.memory_exhausted': {
    status: 502,
    title: 'The extension used up its memory',
    remedy: 'Send it less at once, or ask its publisher to declare a higher limits.memory_mb',
  },
  'execution.time_exceeded': {
    status: 504,
    title: 'The extension did not answer in time',
    remedy: 'Send it less work, or ask its publisher to declare a higher limits.wall_ms',
  },
  'execution.output_exceeded': {
    status: 502,
    title: 'The answer of the extension is too large',
    remedy: 'Ask for less at once, or ask its publisher to declare a higher limits.output_bytes',
  },
  'execution.host_calls_exhausted': {
    status: 502,
    title: 'The extension made too many host calls',
    remedy: 'Send it less work, or ask its publisher to declare a higher limits.host_calls',
  },
  'execution.trap': {
    status: 502,
    title: 'The extension stopped with a fault of its own',
    remedy: 'Report the correlation id to its publisher',
  },
  'execution.guest_error': {
    status: 502,
    title: 'The extension answered with an error',
    remedy: 'Report the correlation id to its publisher',
  },
  'execution.response_invalid': {
    status: 502,
    title: 'The answer of the extension cannot be passed on',
    remedy: 'Ask its publisher to answer with a status and content type that the gateway passes',
  },
  'execution.crashed': {
    status: 502,
    title: 'The slot ended while the extension ran',
    remedy: 'Retry; if it stays, report the correlation id to an operator',
  },
  'execution.killed': {
    status: 503,
    title: 'A kill switch ended the execution',
    remedy: 'Ask who engaged it, or an operator, to release it',
  },
  'execution.concurrency_exceeded': {
    status: 429,
    title: 'As many calls of this install as may run at once are running',
    remedy: 'Retry after the seconds in Retry-After, or ask its publisher to declare a higher limits.concurrency',
  },
  'execution.throttled': {
    status: 429,
    title: 'Calls of this extension are slowed down',
    remedy: 'Retry after the seconds in Retry-After; enforcement put it on the rung throttle',
  },
  overloaded: { status: 503, title: 'Too much waits already', remedy: 'Retry after the seconds in Retry-After' },
  internal: { status: 500, title: 'Gatehouse failed', remedy: 'Report the correlation id to an operator' },
} as const satisfies Record<string, { status: number; title: string; remedy: string }>

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
