import type { KillQuery } from '#contract/api/kills.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import { shownLocal, shownOrder } from './engagement.rules.js'
import type { KillJournal } from './kill-journal.js'
import { listOrders } from './stops.repository.js'

/** The kill switches that a caller can see. */
export class Orders {
  constructor(
    private readonly database: Database,
    private readonly journal: KillJournal,
  ) {}

  /** Newest first; the first page begins with what stands in this node's journal only. */
  async list(caller: Caller, query: KillQuery) {
    const engaged = query.state === undefined ? null : query.state === 'engaged'
    const filter = { ...idPage(query), engaged }
    const found = await this.database.inScope(scopeOf(caller), (tx) => listOrders(tx, filter))
    const page = pageOfIds(found.map(shownOrder), query.limit)
    if (query.cursor !== undefined || engaged === false) return page
    const known = new Set(page.items.map(({ id }) => id))
    const local = (await this.journal.entries())
      .map(shownLocal)
      .filter((order) => !known.has(order.id) && (caller.actor.platform || order.tenant_id === caller.tenantId))
    return { ...page, items: [...local, ...page.items] }
  }
}
