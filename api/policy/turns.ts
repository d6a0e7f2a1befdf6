import { problem } from '#contract/problems.js'

/** Work that takes a core or more, one thing at a time. */
export class Turns {
  private waiting = 0
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly mostWaiting: number) {}

  /** Does it after what was begun before, whatever becomes of that. Raises `overloaded` where too much waits already. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.mostWaiting) throw problem('overloaded', { retryAfter: 30 })
    this.waiting += 1
    const turn = this.last.then(work, work)
    this.last = turn.catch(() => undefined)
    return turn.finally(() => (this.waiting -= 1))
  }
}
