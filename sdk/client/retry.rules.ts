/** Methods that may be sent again: what they ask for holds once it has been done (RFC 9110, section 9.2.2). */
const IDEMPOTENT = new Set(['GET', 'HEAD', 'OPTIONS', 'PUT', 'DELETE'])
/** Answers that another try may mend. 409 only with `Retry-After`: the first call under that key is still running. */
const PASSING = new Set([429, 502, 503, 504])
const FIRST_MS = 250
const LONGEST_POLL_MS = 5000

/** What came of one try; `status` is null where nobody answered. */
export interface Tried {
  /** Tries that came before it. */
  readonly attempt: number
  readonly status: number | null
  readonly retryAfterMs: number | null
}

/** How long a client goes on by itself. */
export interface Patience {
  readonly retries: number
  /** Longer than this it does not wait: the refusal is thrown, and says in `retryAfterMs` when to try again. */
  readonly maxWaitMs: number
  /** From 0 to 1: spreads clients that were turned away together. */
  readonly random: () => number
}

/** Milliseconds from `now` that a `Retry-After` header asks for; null where it says nothing that can be read. */
export function retryAfterMs(header: string | null, now: number): number | null {
  if (header === null) return null
  if (/^\d+$/.test(header.trim())) return Number(header) * 1000
  const at = Date.parse(header)
  return Number.isNaN(at) ? null : Math.max(0, at - now)
}

/** Whether a request can be sent twice and happen once: by its method, or under a key that the service knows it by. */
export const mayRepeat = (method: string, headers: Headers): boolean =>
  IDEMPOTENT.has(method.toUpperCase()) || headers.has('idempotency-key')

/** Milliseconds to wait before a request that may be repeated is; null where it is not worth it. */
export function waitBefore(tried: Tried, { retries, maxWaitMs, random }: Patience): number | null {
  const { attempt, status, retryAfterMs: asked } = tried
  if (attempt >= retries) return null
  if (status !== null && !PASSING.has(status) && !(status === 409 && asked !== null)) return null
  const wait = asked ?? random() * FIRST_MS * 2 ** attempt
  return wait > maxWaitMs ? null : wait
}

/** Milliseconds before a call that runs on is asked for again, the first time as long as the service said. */
export const pollWait = (asked: number, first: number | null): number =>
  asked === 0 ? (first ?? FIRST_MS) : Math.min(LONGEST_POLL_MS, FIRST_MS * 2 ** asked)
