import { LRUCache } from 'lru-cache'
import type { ExecutionOutcome } from './job.js'

/** Ends that say of code that it took all that one call may take. */
const IMMODERATE: ReadonlySet<ExecutionOutcome> = new Set<ExecutionOutcome>([
  'time_exceeded',
  'fuel_exhausted',
  'memory_exhausted',
  'host_calls_exhausted',
  'output_exceeded',
  'crashed',
])
/** Ends that somebody else brought about. */
const SAYS_NOTHING: ReadonlySet<ExecutionOutcome> = new Set<ExecutionOutcome>([
  'killed',
  'client_gone',
  'input_exceeded',
])
/** How much the latest call counts. */
const WEIGHT = 0.3
const UNRULY_ABOVE = 0.5
const REMEMBERED = 10_000

/** Which kinds of code mostly run into their limits, going by how their calls ended: the first counts wholly, later ones in part. */
export class Conduct {
  private readonly immoderate = new LRUCache<string, number>({ max: REMEMBERED })

  /** Tells of a kind how a call ended. */
  note(key: string, outcome: ExecutionOutcome): void {
    if (SAYS_NOTHING.has(outcome)) return
    const latest = IMMODERATE.has(outcome) ? 1 : 0
    const before = this.immoderate.get(key) ?? latest
    this.immoderate.set(key, before + (latest - before) * WEIGHT)
  }

  /** Whether a kind gets what others leave. One that is not known is like any other. */
  isUnruly(key: string): boolean {
    return (this.immoderate.get(key) ?? 0) > UNRULY_ABOVE
  }
}
