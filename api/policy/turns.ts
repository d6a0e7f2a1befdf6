import { problem } from '#contract/problems.js'

/** Checks and seals that may wait for the one at work; each takes both cores for seconds. */
const MAX_WAITING = 4

/** What compiles runs one after another, whoever asks. */
export class Turns {
  private waiting = 0
  private last: Promise<unknown> = Promise.resolve()

  /** Does the work in its turn. Raises `overloaded` where too many wait already, and what the work raises. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= MAX_WAITING) throw problem('overloaded', { retryAfter: 30 })
    this.waiting += 1
    return this.afterOthers(work).finally(() => (this.waiting -= 1))
  }

  /** Does the work after what waits already, however long that takes. */
  afterOthers<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work)
    this.last = turn.catch(() => undefined)
    return turn
  }
}
