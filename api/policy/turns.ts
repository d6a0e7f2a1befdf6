import { problem } from '#contract/problems.js'

type Work = () => Promise<void>

/**
 * Work that takes a core or more, one thing at a time. Organisations take turns: of each one thing is done before the next
 * of any, so that one that asks for much waits for itself, and is refused alone.
 */
export class Turns {
  /** What waits, by organisation; the first one is the next. */
  private readonly lines = new Map<string, Work[]>()
  /** What waits or is at work, by organisation. */
  private readonly open = new Map<string, number>()
  private atWork = false

  /** @param most things of one organisation that may wait or be at work */
  constructor(private readonly most: number) {}

  /** Does the work in its turn. Raises `overloaded` where too much of this organisation waits, and what the work raises. */
  async take<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    if ((this.open.get(tenant) ?? 0) >= this.most) throw problem('overloaded', { retryAfter: 30 })
    return this.afterOthers(tenant, work)
  }

  /** Does the work in its turn, however much waits. */
  async afterOthers<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    this.open.set(tenant, (this.open.get(tenant) ?? 0) + 1)
    try {
      return await this.inLine(tenant, work)
    } finally {
      const left = this.open.get(tenant)! - 1
      if (left > 0) this.open.set(tenant, left)
      else this.open.delete(tenant)
    }
  }

  private inLine<T>(tenant: string, work: () => Promise<T>): Promise<T> {
    const { promise, resolve, reject } = Promise.withResolvers<T>()
    const line = this.lines.get(tenant) ?? []
    line.push(async () => {
      await (async () => work())().then(resolve, reject)
    })
    this.lines.set(tenant, line)
    if (!this.atWork) void this.goOn()
    return promise
  }

  private async goOn(): Promise<void> {
    this.atWork = true
    for (let next = this.next(); next !== undefined; next = this.next()) await next()
    this.atWork = false
  }

  /** The first thing of the organisation whose turn it is, which then stands behind all others. */
  private next(): Work | undefined {
    for (const [tenant, line] of this.lines) {
      const work = line.shift()
      this.lines.delete(tenant)
      if (line.length > 0) this.lines.set(tenant, line)
      return work
    }
    return undefined
  }
}
