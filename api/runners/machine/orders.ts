import type { KeyObject } from 'node:crypto'
import { digestOf } from '#runtime/digest.js'
import { ChannelRefusal, openCompact } from '../channel/signed.js'
import { CLOCK_SKEW_MS, LONGEST_MS, OrderClaims } from '../channel/order.js'

/** Nonces that are remembered at most; each goes when its order's time is over. */
const MAX_NONCES = 200_000
const SWEEP_MS = 1_000

export interface OrdersParts {
  /** Keys of those who may give orders. */
  readonly keys: readonly KeyObject[]
  /** This runner's address, as orders name it, and the run of it. */
  readonly runner: string
  readonly instance: string
  /** Milliseconds since the epoch. */
  readonly now: () => number
}

/** Takes orders that are genuine, for this runner, in time, and given once. */
export class Orders {
  /** When each nonce may be forgotten. */
  private readonly seen = new Map<string, number>()
  private sweptAt = 0

  constructor(private readonly parts: OrdersParts) {}

  /**
   * What an order says, once it may be followed. Raises `ChannelRefusal`: `signature.bad`, `order.malformed`,
   * `order.elsewhere`, `order.altered`, `order.late`, `order.early`, `order.replayed`, `order.too_many`.
   */
  take(text: string, job: Uint8Array): OrderClaims {
    const parsed = OrderClaims.safeParse(openCompact('gatehouse-order', text, this.parts.keys))
    if (!parsed.success) throw refuse('malformed', 'it is signed, and is no order')
    const claims = parsed.data
    const { runner, instance } = this.parts
    if (claims.runner !== runner || claims.instance !== instance)
      throw refuse('elsewhere', `it is for ${claims.runner}, and this is another runner, or another run of it`)
    if (digestOf(job) !== claims.job) throw refuse('altered', 'it is not for this job')
    this.inTime(claims)
    this.once(claims)
    return claims
  }

  private inTime({ issued_at, deadline }: OrderClaims): void {
    const now = this.parts.now()
    if (issued_at > now + CLOCK_SKEW_MS) throw refuse('early', 'it is of a time to come: look at the clocks')
    if (deadline + CLOCK_SKEW_MS < now) throw refuse('late', 'its time is over: look at the clocks')
    if (deadline - issued_at > LONGEST_MS) throw refuse('malformed', 'it is good for longer than any call may take')
  }

  private once({ nonce, deadline }: OrderClaims): void {
    this.sweep()
    if (this.seen.has(nonce)) throw refuse('replayed', 'it was given before')
    if (this.seen.size >= MAX_NONCES) throw refuse('too_many', 'more orders than can be told apart')
    this.seen.set(nonce, deadline + CLOCK_SKEW_MS)
  }

  private sweep(): void {
    const now = this.parts.now()
    if (now - this.sweptAt < SWEEP_MS) return
    this.sweptAt = now
    for (const [nonce, until] of this.seen) if (until < now) this.seen.delete(nonce)
  }
}

const refuse = (code: string, message: string): ChannelRefusal => new ChannelRefusal(`order.${code}`, message)
