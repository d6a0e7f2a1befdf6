import type { Outcome } from '#contract/decisions/outcome.js'
import type { Weighed } from '../gate/gate.types.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'

interface Folded {
  readonly weighed: Weighed
  count: number
}

/**
 * The host-call decisions of one invocation that are not on record yet. Identical calls share one decision, which stands
 * for all of them by its count; after a flush the next one is decided anew.
 */
export class HostCallDecisions {
  private readonly open = new Map<string, Folded>()
  private readonly taken: string[] = []
  /** Host calls that policy did not allow, identical ones included. */
  denied = 0

  /** The decision on a call with this name and these facts; `weigh` is asked only where none is open. */
  on(call: string, weigh: () => Weighed): Outcome {
    let folded = this.open.get(call)
    if (folded) folded.count++
    else this.open.set(call, (folded = { weighed: weigh(), count: 1 }))
    if (folded.weighed.outcome.kind !== 'allow') this.denied++
    return folded.weighed.outcome
  }

  /** Takes what has collected, to be recorded. */
  take(): DecisionEntry[] {
    const entries = [...this.open.values()].map(({ weighed, count }) =>
      count === 1 ? weighed.entry : { ...weighed.entry, count },
    )
    this.open.clear()
    for (const { id } of entries) this.taken.push(id)
    return entries
  }

  /** Ids of all that were taken, in the order of their first calls. */
  get ids(): readonly string[] {
    return this.taken
  }
}
