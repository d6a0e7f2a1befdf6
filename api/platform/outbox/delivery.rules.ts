const FIRST_RETRY_MS = 500
const LONGEST_RETRY_MS = 5 * 60_000
const LONGEST_FAULT = 2_000

/** How long a failed event waits, in milliseconds: doubled with every attempt, at most five minutes. */
export const retryAfterMs = (attempts: number): number =>
  Math.min(FIRST_RETRY_MS * 2 ** Math.max(0, attempts - 1), LONGEST_RETRY_MS)

/** Why handlers failed, in words that PostgreSQL can keep: one line a handler, no NUL, at most 2000 characters. */
export const faultOf = (reasons: readonly unknown[]): string =>
  reasons
    .map((reason) => (reason instanceof Error ? `${reason.name}: ${reason.message}` : String(reason)))
    .join('\n')
    .replaceAll('\0', '')
    .toWellFormed()
    .slice(0, LONGEST_FAULT)
