import { LRUCache } from 'lru-cache'
import type { ExecutionOutcome } from './job.js'

/** Ends that say of code that it took all that one call may take, or left an instance that the next call cannot have. */
const IMMODERATE: ReadonlySet<ExecutionOutcome> = new Set<ExecutionOutcome>([
  'time_exceeded',
  'fuel_exhausted',
  'memory_exhausted',
  'host_calls_exhausted',
  'output_exceeded',
  'crashed',
  'trap',
  'exited',
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

/** What is known of a kind of code: most of its calls end well; none has ended yet; most of them run into their limits. */
export type Standing = 'proven' | 'unknown' | 'unruly'

const RANKS: Record<Standing, number> = { unruly: 0, unknown: 1, proven: 2 }

export const standsBetter = (one: Standing, other: Standing): boolean => RANKS[one] > RANKS[other]

/**
 * Whether one more of this standing may have one of so many places beside those of the others: whoever has not shown yet how
 * its calls end gets into half of them, and unruly code into half of that, so that neither those who are known nor those
 * who come find all places taken.
 */
export function hasRoom(standing: Standing, others: readonly Standing[], places: number): boolean {
  if (standing === 'proven') return true
  const unproven = others.filter((other) => other !== 'proven')
  if (unproven.length >= Math.max(2, Math.floor(places / 2))) return false
  const unruly = unproven.filter((other) => other === 'unruly')
  return standing === 'unknown' || unruly.length < Math.max(1, Math.floor(places / 4))
}

/** How kinds of code get on, going by how their calls ended: the first counts wholly, later ones in part. */
export class Conduct {
  private readonly immoderate = new LRUCache<string, number>({ max: REMEMBERED })

  /** Tells of a kind how a call ended. */
  note(key: string, outcome: ExecutionOutcome): void {
    if (SAYS_NOTHING.has(outcome)) return
    const latest = IMMODERATE.has(outcome) ? 1 : 0
    const before = this.immoderate.get(key) ?? latest
    this.immoderate.set(key, before + (latest - before) * WEIGHT)
  }

  standing(key: string): Standing {
    const part = this.immoderate.get(key)
    if (part === undefined) return 'unknown'
    return part > UNRULY_ABOVE ? 'unruly' : 'proven'
  }

  isProven(key: string): boolean {
    return this.standing(key) === 'proven'
  }
}
