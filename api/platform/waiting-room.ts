import { problem } from '#contract/problems.js'

/** How many may wait at once: in all, and of one organisation, so that none keeps the others from waiting. */
export interface WaitingRoomBounds {
  readonly all: number
  readonly ofOne: number
  /** When whoever found no room may come again, in seconds. */
  readonly againS: number
}

/** Requests that are held open until something happens, so many at most. */
export class WaitingRoom<Waiter> implements Iterable<Waiter> {
  /** Who waits, and of which organisation. */
  private readonly waiting = new Map<Waiter, string>()
  private readonly counts = new Map<string, number>()

  constructor(private readonly bounds: WaitingRoomBounds) {}

  /** Lets one in. Raises `overloaded` where too many wait already, of all or of this organisation. */
  enter(waiter: Waiter, tenant: string): void {
    const { all, ofOne, againS } = this.bounds
    const own = this.counts.get(tenant) ?? 0
    if (this.waiting.size >= all || own >= ofOne) throw problem('overloaded', { retryAfter: againS })
    this.waiting.set(waiter, tenant)
    this.counts.set(tenant, own + 1)
  }

  /** Lets one go; nothing where it has gone. */
  leave(waiter: Waiter): void {
    const tenant = this.waiting.get(waiter)
    if (tenant === undefined) return
    this.waiting.delete(waiter)
    const left = this.counts.get(tenant)! - 1
    if (left > 0) this.counts.set(tenant, left)
    else this.counts.delete(tenant)
  }

  get isEmpty(): boolean {
    return this.waiting.size === 0
  }

  [Symbol.iterator](): Iterator<Waiter> {
    return this.waiting.keys()
  }
}
