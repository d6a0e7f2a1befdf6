import type { OnModuleDestroy } from '@nestjs/common'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Clock } from '../killswitch/clock.js'
import { WaitingRoom } from '../platform/waiting-room.js'

/** Each holds a request open; OPA waits longer each time that it is refused. */
const BOUNDS = { all: 2_000, ofOne: 1_000, againS: 5 }

/** Lets agents wait for another policy, without a connection or a query for each of them. */
export class PolicyWatch implements OnModuleDestroy {
  private readonly waiting = new WaitingRoom<() => void>(BOUNDS)
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
    const { promise, resolve } = Promise.withResolvers<void>()
    if (ms > 0) this.waiting.enter(resolve, tenant)
    const cancel = this.clock.after(ms, resolve)
    const forget = this.policies.onSwap(resolve)
    signal.addEventListener('abort', () => resolve(), { once: true })
    if (this.stopped || signal.aborted) resolve()
    const end = (): void => {
      cancel()
      forget()
      this.waiting.leave(resolve)
    }
    return { next: promise, end }
  }

  /** Before the server closes: a request that waits would hold it open. */
  onModuleDestroy(): void {
    this.stopped = true
    for (const resolve of this.waiting) resolve()
  }
}
