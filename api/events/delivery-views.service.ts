import type { EventDelivery, EventDeliveryQuery } from '#contract/api/event-deliveries.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import { findDelivery, listDeliveries, type DeliveryRecords } from './deliveries.repository.js'

/** Shows deliveries, and has dead ones tried again. */
export class DeliveryViews {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly records: Pick<DeliveryRecords, 'revive'>,
  ) {}

  /** Deliveries of the caller's organisation, newest first. */
  list(caller: Caller, query: EventDeliveryQuery) {
    return pageBy(query, (page) => this.database.inScope(scopeOf(caller), (tx) => listDeliveries(tx, page, query)))
  }

  /** Has a dead delivery tried again from its first attempt on. Raises `not_found`, `conflict` where it is not dead, and what the gate refuses. */
  async redeliver(caller: Caller, id: string): Promise<EventDelivery> {
    const { tenant_id: tenantId, install_id: installId, extension } = await this.find(caller, id)
    const resource = { kind: 'install', id: installId, tenant_id: tenantId, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId, extension, installId }
    this.gate.requireAllow(await this.gate.decide('event.redeliver', adminFacts(caller, resource), about))
    if (!(await this.records.revive(id))) throw problem('conflict', { detail: 'Only a dead delivery is tried again' })
    const { tenant_id: _, ...view } = await this.find(caller, id)
    return view
  }

  private async find(caller: Caller, id: string) {
    const found = await this.database.inScope(scopeOf(caller), (tx) => findDelivery(tx, id))
    if (!found) throw problem('not_found')
    return found
  }
}
