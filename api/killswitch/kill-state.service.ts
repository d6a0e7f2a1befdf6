import type { Clock } from './clock.js'
import { indexOrders, orderAgainst, stillAhead } from './kill-list.rules.js'
import type { KillIndex, KillList, KillOrder, KillTarget } from './kill-list.rules.js'
import { leaseEnd, type NodeAcknowledgement } from './lease.rules.js'

export type { KillOrder, KillTarget } from './kill-list.rules.js'

/** Why a target may not run: an order stands against it, or this node can't know whether one does. */
export type KillVerdict = { readonly engaged: KillOrder } | { readonly stale: true }

const STALE = { stale: true } as const

/** The kill switch as this node holds it: in memory, asked without I/O, and refusing by itself once its lease has lapsed. */
export class KillState {
  private list: KillList = { epoch: 0n, orders: [] }
  private own: KillOrder[] = []
  private index: KillIndex = new Map()
  private leaseUntil = Number.NEGATIVE_INFINITY
  private cancelLapse = (): void => undefined
  /** Other nodes that lived when this one last renewed. */
  peers: readonly string[] = []
  /** Runners that this node reaches, by address, with how far each has got with the list. */
  followers: () => readonly NodeAcknowledgement[] = () => []
  private readonly listeners = new Set<() => void>()

  constructor(
    readonly node: string,
    private readonly clock: Clock,
  ) {}

  /** The change of the kill list that this node has applied. */
  get epoch(): bigint {
    return this.list.epoch
  }

  /** Whether the kill list was heard within the lease. */
  get live(): boolean {
    return this.clock.now() < this.leaseUntil
  }

  /** Null where the target may run. An order is named even where the lease has lapsed. */
  check(target: KillTarget): KillVerdict | null {
    const order = orderAgainst(this.index, target)
    if (order) return { engaged: order }
    return this.live ? null : STALE
  }

  /** Calls `listener` after the list changed or the lease lapsed: whatever runs must then be checked again. */
  onChange(listener: () => void): () => void {
    this.listeners.add(listener)
    return () => this.listeners.delete(listener)
  }

  /** Puts an order of this node in force at once, before any list carries it. */
  admit(order: KillOrder): void {
    this.own = [...this.own.filter(({ id }) => id !== order.id), order]
    this.reindex()
  }

  /** Takes back an order of this node that was refused after all. */
  withdraw(id: string): void {
    this.own = this.own.filter((order) => order.id !== id)
    this.reindex()
  }

  /** Takes over the list as the database has it. */
  apply(list: KillList): void {
    this.list = list
    this.own = stillAhead(this.own, list)
    this.reindex()
  }

  /** Extends the lease by a statement that succeeded and was sent at `sentAt` on this node's clock. */
  extend(sentAt: number): void {
    this.leaseUntil = leaseEnd(this.leaseUntil, sentAt)
    this.cancelLapse()
    this.cancelLapse = this.clock.after(Math.max(0, this.leaseUntil - this.clock.now()), () => {
      if (!this.live) this.announce()
    })
  }

  /** For health: what this node knows and for how long it may still go on. */
  snapshot(): { node: string; epoch: bigint; live: boolean; leaseMs: number; engaged: readonly KillOrder[] } {
    const leaseMs = Math.max(0, this.leaseUntil - this.clock.now())
    return { node: this.node, epoch: this.epoch, live: this.live, leaseMs, engaged: [...this.index.values()] }
  }

  private reindex(): void {
    this.index = indexOrders([...this.list.orders, ...this.own])
    this.announce()
  }

  private announce(): void {
    for (const listener of this.listeners) listener()
  }
}
