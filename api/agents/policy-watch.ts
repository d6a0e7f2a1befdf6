import type { OnModuleDestroy } from '@nestjs/common'
import { problem } from '#contract/problems.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Clock } from '../killswitch/clock.js'

/** Agents that may wait on one instance at once: each holds a request open. */
const MAX_WAITING = 2_000
/** Of these so many of one organisation, so that none keeps the others from waiting. */
const MAX_WAITING_OF_ONE = 1_000
/** OPA waits longer each time that it is refused; in seconds. */
const AGAIN_S = 5

/** Lets agents wait for another policy, without a connection or a query for each of them. */
export class PolicyWatch implements OnModuleDestroy {
  /** Who waits, and of which organisation. */
  private readonly waiting = new Map<() => void, string>()
  private stopped = false

  constructor(
    private readonly policies: Pick<PolicySet, 'onSwap'>,
    private readonly clock: Clock,
  ) {}

  /**
   * Begins to watch now. `next` resolves once this instance has put another policy in place since then, or after `ms`, or
   * when `signal` aborts, or at once while the service stops: whoever waited looks again. Raises `overloaded` where too many
   * wait already, of all or of this organisation.
   */
  begin(tenant: string, ms: number, signal: AbortSignal): { readonly next: Promise<void>; readonly end: () => void } {
    if (ms > 0 && this.isFull(tenant)) throw problem('overloaded', { retryAfter: AGAIN_S })
    const { promise, resolve } = Promise.withResolvers<void>()
    const cancel = this.clock.after(ms, resolve)
    const forget = this.policies.onSwap(resolve)
    if (ms > 0) this.waiting.set(resolve, tenant)
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (this.stopped || signal.aborted) resolve()
    const end = (): void => {
      cancel()
      forget()
      this.waiting.delete(resolve)
    }
    return { next: promise, end }
  }

  /** Before the server closes: a request that waits would hold it open. */
  onModuleDestroy(): void {
    this.stopped = true
    for (const resolve of this.waiting.keys()) resolve()
  }

  private isFull(tenant: string): boolean {
    if (this.waiting.size >= MAX_WAITING) return true
    if (this.waiting.size < MAX_WAITING_OF_ONE) return false
    return [...this.waiting.values()].filter((other) => other === tenant).length >= MAX_WAITING_OF_ONE
  }
}
