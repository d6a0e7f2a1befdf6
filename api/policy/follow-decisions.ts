import { setTimeout as delay } from 'node:timers/promises'
import type { PastCursor } from '#contract/api/what-if.js'
import type { PastDecision } from '#engine/what-if/past-decision.js'
import { pastDecisions, type PastDecisionQuery } from '../ledger/past-decisions.repository.js'
import type { Database } from '../platform/database/database.service.js'
import type { Scope } from '../platform/database/scope.rules.js'

/** How decisions are followed. */
export interface Pace {
  /** How old a decision must be, in milliseconds: by then the batch that it was written in is committed, on any instance. */
  readonly settleMs: number
  /** Resolves when it is time to look again. */
  readonly pause: (signal: AbortSignal) => Promise<void>
}

const PACE: Pace = { settleMs: 5_000, pause: (signal) => delay(1_000, undefined, { signal, ref: false }) }

interface Followed {
  readonly scope: Scope
  readonly query: PastDecisionQuery & { readonly until: number }
  readonly after: PastCursor | null
  readonly pace?: Partial<Pace> | undefined
  readonly signal: AbortSignal
}

/**
 * Decisions as they come on record, until `query.until`: the ledger is the queue, so that nobody who asks the gate waits
 * for a shadow, and one that falls behind takes no memory. While nothing comes it gives empty batches, which push what was
 * given before through whoever judges several at once.
 */
export async function* followDecisions(
  database: Pick<Database, 'inScope'>,
  { scope, query, after, pace, signal }: Followed,
): AsyncGenerator<readonly PastDecision[]> {
  const { settleMs, pause } = { ...PACE, ...pace }
  for (let cursor = after; ;) {
    const until = Math.min(query.until, Date.now() - settleMs)
    for await (const batch of pastDecisions(database, { scope, query: { ...query, until }, after: cursor })) {
      const { at, id } = batch.at(-1)!
      cursor = { at, id }
      yield batch
    }
    if (until >= query.until) return
    yield []
    await pause(signal)
  }
}
