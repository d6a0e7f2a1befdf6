import { problem } from '#contract/problems.js'
import type { Counters } from '../invocations/outside.js'

const MINUTE_MS = 60_000
const MANY = 1_000
/** What an invocation may log. */
const MOST_LINES = 200

interface Minute extends Counters {
  readonly minute: number
  lines: number
}

/** What a guest may do in one invocation a token may do in one minute, on this instance. */
export class TokenCounters {
  private readonly minutes = new Map<string, Minute>()

  constructor(private readonly now: () => number = Date.now) {}

  /** The counters that a token's calls go on with. */
  of(tokenId: string): Counters {
    return this.minute(tokenId)
  }

  /** Counts log lines. Raises `execution.limit_reached` where they are more than a minute takes. */
  countLines(tokenId: string, lines: number): void {
    const minute = this.minute(tokenId)
    if (minute.lines + lines > MOST_LINES)
      throw problem('execution.limit_reached', {
        detail: `A token writes at most ${MOST_LINES} log lines a minute`,
        retryAfter: Math.ceil((MINUTE_MS - (this.now() % MINUTE_MS)) / 1000),
      })
    minute.lines += lines
  }

  private minute(tokenId: string): Minute {
    const minute = Math.floor(this.now() / MINUTE_MS)
    const known = this.minutes.get(tokenId)
    if (known?.minute === minute) return known
    if (this.minutes.size >= MANY)
      for (const [id, each] of this.minutes) if (each.minute < minute) this.minutes.delete(id)
    const fresh = { minute, lines: 0, requests: 0, egressBytes: 0, published: 0 }
    this.minutes.set(tokenId, fresh)
    return fresh
  }
}
