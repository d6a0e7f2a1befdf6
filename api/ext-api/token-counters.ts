import { problem } from '#contract/problems.js'
import { Minutes } from '../invocations/minutes.js'
import type { Counters } from '../invocations/outside.js'

/** What an invocation may log. */
const MOST_LINES = 200

interface Minute extends Counters {
  readonly minute: number
  lines: number
}

/** What a guest may do in one invocation a token may do in one minute, on this instance. */
export class TokenCounters {
  private readonly minutes: Minutes<Minute>

  constructor(now: () => number = Date.now) {
    this.minutes = new Minutes((minute) => ({ minute, lines: 0, requests: 0, egressBytes: 0, published: 0 }), now)
  }

  /** The counters that a token's calls go on with. */
  of(tokenId: string): Counters {
    return this.minutes.of(tokenId)
  }

  /** Counts log lines. Raises `execution.limit_reached` where they are more than a minute takes. */
  countLines(tokenId: string, lines: number): void {
    const minute = this.minutes.of(tokenId)
    if (minute.lines + lines > MOST_LINES)
      throw problem('execution.limit_reached', {
        detail: `A token writes at most ${MOST_LINES} log lines a minute`,
        retryAfter: this.minutes.secondsLeft,
      })
    minute.lines += lines
  }
}
