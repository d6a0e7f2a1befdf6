import type { Clock } from '../../killswitch/clock.js'
import type { KillList, KillOrder } from '../../killswitch/kill-list.rules.js'
import { KillState } from '../../killswitch/kill-state.service.js'
import { LEASE_MS } from '../../killswitch/lease.rules.js'

/** The kill switch as a runner holds it: what it hears from APIs, and a lease that only hearing extends. */
export class HeardKills {
  readonly state: KillState
  private newest: KillList = { epoch: 0n, orders: [] }
  /** Orders that stand in the journal of one API only, by who told of them. */
  private readonly ahead = new Map<object, readonly KillOrder[]>()
  private readonly waiting = new Set<() => void>()

  constructor(
    instance: string,
    private readonly clock: Clock,
  ) {
    this.state = new KillState(instance, clock)
  }

  /** Takes over a list. An older one than is known counts only for what is in no list yet. */
  hear(from: object, list: KillList): void {
    const listed = list.orders.filter(({ epoch }) => epoch !== null)
    if (list.epoch >= this.newest.epoch) this.newest = { epoch: list.epoch, orders: listed }
    const own = list.orders.filter(({ epoch }) => epoch === null)
    if (own.length > 0) this.ahead.set(from, own)
    else this.ahead.delete(from)
    this.apply()
  }

  /** Lets the lease last until `until`, on this clock. */
  extend(until: number): void {
    if (until > this.clock.now()) this.state.extend(until - LEASE_MS)
  }

  /** An API that is heard no more: what stood in its journal alone is nobody's word any longer. */
  forget(from: object): void {
    if (this.ahead.delete(from)) this.apply()
  }

  /** Waits until a list at least this new is known; false where it does not come in time. */
  reach(epoch: bigint, withinMs: number): Promise<boolean> {
    if (this.newest.epoch >= epoch) return Promise.resolve(true)
    return new Promise((resolve) => {
      const settle = (reached: boolean): void => {
        cancel()
        this.waiting.delete(look)
        resolve(reached)
      }
      const look = (): void => {
        if (this.newest.epoch >= epoch) settle(true)
      }
      const cancel = this.clock.after(withinMs, () => settle(false))
      this.waiting.add(look)
    })
  }

  private apply(): void {
    const orders = [...this.newest.orders, ...[...this.ahead.values()].flat()]
    this.state.apply({ epoch: this.newest.epoch, orders })
    for (const look of this.waiting) look()
  }
}
