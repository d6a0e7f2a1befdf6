import { OpaEnded, OpaRefused } from '#engine/author/index.js'
import { EvaluationError, PolicyLoadError } from '#engine/errors.js'
import { problem } from '#contract/problems.js'

/** Work on Rego, one thing at a time: each takes a core or more, behind the launcher. */
export class Turns {
  private waiting = 0
  private last: Promise<unknown> = Promise.resolve()

  constructor(private readonly mostWaiting: number) {}

  /** Does it in its turn. Raises `overloaded` where too much waits already, and `policy.unreadable` as {@link after} does. */
  async take<T>(work: () => Promise<T>): Promise<T> {
    if (this.waiting >= this.mostWaiting) throw problem('overloaded', { retryAfter: 30 })
    this.waiting += 1
    return this.after(work).finally(() => (this.waiting -= 1))
  }

  /** Does it once what was begun before is done, however much that is. Raises `policy.unreadable` where sources cannot be read. */
  after<T>(work: () => Promise<T>): Promise<T> {
    const turn = this.last.then(work, work)
    this.last = turn.catch(() => undefined)
    return turn.catch((error: unknown) => {
      throw isUnreadable(error)
        ? problem('policy.unreadable', { detail: (error as Error).message.slice(0, 500), cause: error })
        : error
    })
  }
}

/** What sources that nobody can read come to, in whatever part of the work. */
const isUnreadable = (error: unknown): boolean =>
  [OpaRefused, OpaEnded, EvaluationError, PolicyLoadError, RangeError, SyntaxError, TypeError].some(
    (kind) => error instanceof kind,
  )
