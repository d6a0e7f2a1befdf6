import { problem } from '#contract/problems.js'

/** Work that takes a core or more, one thing at a time, whoever asks. */
export class Turns {
  private waiting = 0
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly mostWaiting: number) {}

  /** Does the work in its turn. Raises `overloaded` where too much waits already, and what the work raises. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.mostWaiting) throw problem('overloaded', { retryAfter: 30 })
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
