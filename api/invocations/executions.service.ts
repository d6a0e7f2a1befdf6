import { Injectable } from '@nestjs/common'
import type {
  Execution,
  ExecutionQuery,
  ExecutionReceipt,
  LogLine,
  LogQuery,
  Metric,
  MetricQuery,
} from '#contract/api/invocations.js'
import { problem } from '#contract/problems.js'
import { LedgerLog } from '../ledger/log.service.js'
import { Database } from '../platform/database/database.service.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import { usagePeriod } from './execution.rules.js'
import { findExecution, listExecutions, listLines, type ExecutionView } from './executions.repository.js'
import { listMetrics } from './metrics.repository.js'

interface Sight {
  readonly scope: Scope
  readonly view: ExecutionView
}

/** A publisher's people see their own extensions everywhere, under pseudonyms; others see their own organisation. */
const sightOf = (caller: Caller): Sight =>
  caller.actor.publisher_id === null || caller.actor.platform
    ? { scope: scopeOf(caller), view: 'rows' }
    : { scope: { publisher: caller.actor.publisher_id }, view: 'publisher' }

/** Shows what ran and what it wrote to its log. */
@Injectable()
export class Executions {
  constructor(
    private readonly database: Database,
    private readonly log: LedgerLog,
  ) {}

  /** Executions, newest first. Raises `request.invalid` for a cursor that was not given out. */
  async list(caller: Caller, query: ExecutionQuery): Promise<{ items: Execution[]; next_cursor: string | null }> {
    const { scope, view } = sightOf(caller)
    const page = idPage(query)
    const rows = await this.database.inScope(scope, (tx) => listExecutions(tx, view, { ...page, filters: query }))
    return pageOfIds(rows, query.limit)
  }

  /** One execution. Raises `not_found`, also where it is another's. */
  async show(caller: Caller, id: string): Promise<Execution> {
    const { scope, view } = sightOf(caller)
    const found = await this.database.inScope(scope, (tx) => findExecution(tx, view, id))
    if (!found) throw problem('not_found')
    return found
  }

  /**
   * An execution's receipt with its proof. Its publisher does not get it, since it names the organisation.
   * Raises `not_found`, also where it is another's, and `ledger.not_sequenced`.
   */
  async receipt(caller: Caller, id: string): Promise<ExecutionReceipt> {
    const { scope, view } = sightOf(caller)
    if (view === 'publisher') throw problem('not_found')
    return this.log.receipt(scope, id)
  }

  /** Log lines in the order they were written. `next_cursor` goes on from the last one; it stays where nothing is new. */
  async lines(
    caller: Caller,
    extension: string,
    { after, limit }: LogQuery,
  ): Promise<{ items: LogLine[]; next_cursor: string | null }> {
    const { scope, view } = sightOf(caller)
    const page = { extension, after: after ?? null, limit }
    const items = await this.database.inScope(scope, (tx) => listLines(tx, view, page))
    return { items, next_cursor: items.at(-1)?.id ?? after ?? null }
  }

  /** What an extension measured in the caller's organisation on one day. */
  async metrics(caller: Caller, extension: string, { day }: MetricQuery): Promise<{ items: Metric[] }> {
    const period = day ?? usagePeriod(Date.now())
    return { items: await this.database.inScope(scopeOf(caller), (tx) => listMetrics(tx, extension, period)) }
  }
}
