import { CircuitState, CountBreaker, circuitBreaker, handleWhenResult, type CircuitBreakerPolicy } from 'cockatiel'
import { LRUCache } from 'lru-cache'
import { problem } from '#contract/problems.js'
import type { ExecutionOutcome } from '#contract/vocabulary.js'
import type { CallTarget } from '../installs/call-target.js'

/** Ends that say of the code itself that it is unwell. What it answers, and what a caller's input used up, do not. */
const FAULTS: ReadonlySet<ExecutionOutcome> = new Set<ExecutionOutcome>([
  'trap',
  'time_exceeded',
  'memory_exhausted',
  'crashed',
])

/** Opens where more than half of the last calls were faults, of at least so many. */
const OPENS_AT = { threshold: 0.5, size: 20, minimumNumberOfCalls: 5 }
const OPEN_MS = 10_000
const MANY = 10_000

/** How many breakers of this instance stand how; closed ones are most and are not told. */
export interface BreakerCounts {
  readonly open: number
  /** One call is on its way that tells whether it closes. */
  readonly half_open: number
}

interface Ended {
  readonly result: { readonly outcome: ExecutionOutcome; readonly lost?: true }
}
interface Breaker {
  readonly circuit: CircuitBreakerPolicy
  /** Milliseconds since the epoch. */
  openedAt: number
}

/**
 * Keeps calls from code that fails again and again: one breaker for each install and version, on this instance. Open, it
 * refuses at once; after ten seconds one call goes through, and by how that ends it closes or stays open.
 */
export class Breakers {
  private readonly breakers = new LRUCache<string, Breaker>({ max: MANY })

  /** Runs a call where its breaker lets it. Raises `execution.circuit_open`: it was not begun. */
  async run<E extends Ended>(target: Pick<CallTarget, 'installId' | 'digest'>, begin: () => Promise<E>): Promise<E> {
    const breaker = this.of(target)
    if (isShut(breaker)) {
      const left = breaker.openedAt + OPEN_MS - Date.now()
      throw problem('execution.circuit_open', { retryAfter: Math.max(1, Math.ceil(left / 1000)) })
    }
    return breaker.circuit.execute(begin)
  }

  counts(): BreakerCounts {
    const states = [...this.breakers.values()].map(({ circuit }) => circuit.state)
    const of = (wanted: CircuitState): number => states.filter((state) => state === wanted).length
    return { open: of(CircuitState.Open), half_open: of(CircuitState.HalfOpen) }
  }

  private of({ installId, digest }: Pick<CallTarget, 'installId' | 'digest'>): Breaker {
    const name = `${installId} ${digest}`
    const known = this.breakers.get(name)
    if (known) return known
    const isFault = (ended: unknown): boolean => {
      const { outcome, lost } = (ended as Ended).result
      // A machine that goes says nothing of the code that it ran.
      return FAULTS.has(outcome) && !lost
    }
    const options = { halfOpenAfter: OPEN_MS, breaker: new CountBreaker(OPENS_AT) }
    const breaker: Breaker = { circuit: circuitBreaker(handleWhenResult(isFault), options), openedAt: 0 }
    breaker.circuit.onBreak(() => (breaker.openedAt = Date.now()))
    this.breakers.set(name, breaker)
    return breaker
  }
}

/** Whether calls wait for nothing here: it is open and not yet time, or the one that tells is still on its way. */
const isShut = ({ circuit: { state }, openedAt }: Breaker): boolean =>
  state === CircuitState.HalfOpen || (state === CircuitState.Open && Date.now() < openedAt + OPEN_MS)
