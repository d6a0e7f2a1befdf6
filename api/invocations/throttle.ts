import { problem } from '#contract/problems.js'

/** Calls a minute that an install on the rung throttle still gets, at most so many at once. */
const PER_MINUTE = 30
const MS_PER_CALL = 60_000 / PER_MINUTE
const BURST = 5

/** Slows down what the call gate obliges to slow down: a token bucket for each install. */
export class Throttle {
  /** Moment, in milliseconds, at which the install's bucket is full again. */
  private readonly fullAt = new Map<string, number>()

  constructor(private readonly now: () => number = Date.now) {}

  /** Takes a call from the install's bucket. Raises `execution.throttled` where it is empty. */
  take(installId: string): void {
    const now = this.now()
    const next = Math.max(this.fullAt.get(installId) ?? 0, now) + MS_PER_CALL
    const wait = next - (now + BURST * MS_PER_CALL)
    if (wait > 0) throw problem('execution.throttled', { retryAfter: Math.ceil(wait / 1000) })
    this.fullAt.set(installId, next)
    this.forget(now)
  }

  /** Buckets that are full again say nothing more. */
  private forget(now: number): void {
    if (this.fullAt.size < 1000) return
    for (const [installId, fullAt] of this.fullAt) if (fullAt <= now) this.fullAt.delete(installId)
  }
}
