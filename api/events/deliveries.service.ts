import { eventRequest } from '#runtime/calls/event-request.rules.js'
import { envelope } from '../capabilities/event-envelope.rules.js'
import type { CallTarget } from '../installs/call-target.js'
import type { Invocations } from '../invocations/invocations.service.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { resumed } from '../platform/http/trace-context.rules.js'
import {
  subscribersOf,
  tenantFacts,
  type DeliveryRecords,
  type Due,
  type DueDelivery,
} from './deliveries.repository.js'
import { eventActor, faultOf, takerOf } from './delivery.rules.js'

/** Finds the install that takes a delivery. */
export interface InstallLookup {
  resolveForCall(tenantId: string, extension: string, workspace: string | null): Promise<CallTarget | null>
}

export interface DeliveriesParts {
  readonly database: Pick<Database, 'inScope'>
  readonly records: Pick<DeliveryRecords, 'fanOut' | 'due' | 'attempted'>
  readonly installs: InstallLookup
  readonly invocations: Pick<Invocations, 'invoke'>
  /** Attempts after which a delivery is dead. */
  readonly attempts: number
}

interface Published {
  readonly event_id: string
  readonly tenant_id: string
  readonly type: string
}

/** A delivery that was not taken, and is to be tried again. */
class NotTaken extends Error {
  override readonly name = 'NotTaken'
}

/** Brings events to the installs that consume them, at least once. */
export class Deliveries {
  constructor(private readonly parts: DeliveriesParts) {}

  /** Makes the deliveries of an event. Safe to repeat. */
  async published(event: Published): Promise<void> {
    const { database, records } = this.parts
    const subscribers = await database.inScope({ tenant: event.tenant_id }, (tx) => subscribersOf(tx, event))
    if (subscribers.length > 0) await records.fanOut(event, subscribers)
  }

  /** Makes one attempt. Rejects where it failed and is to be made again; a delivery that waits no more is left alone. */
  async deliver(told: Due): Promise<void> {
    const { installs, records } = this.parts
    const due = await records.due(told)
    if (!due) return
    const target = await installs.resolveForCall(due.tenant_id, due.extension, due.workspace_id)
    const taker = takerOf(due, target)
    if ('never' in taker) return records.attempted(due.id, { state: 'dead', fault: taker.never, executionId: null })
    // Nothing is lost by an archive: what comes meanwhile is delivered once the workspace is restored.
    if (target!.facts.workspace.status === 'archived') throw new NotTaken('The workspace is archived')
    const fault = await this.attempt(due, target!, taker.endpoint)
    if (fault === null) return
    const last = due.attempts + 1 >= this.parts.attempts
    await records.attempted(due.id, { state: last ? 'dead' : 'waiting', ...fault })
    if (!last) throw new NotTaken(fault.fault)
  }

  /** Null where it was taken, else why not. */
  private async attempt(due: DueDelivery, target: CallTarget, endpoint: CallTarget['endpoints'][number]) {
    const { invocations, records } = this.parts
    const trigger = { kind: 'event', type: due.event.type, hops: due.event.hops } as const
    try {
      const caller = await this.callerOf(due)
      const request = eventRequest(envelope(due.event), endpoint.path)
      const { executionId, response } = await invocations.invoke({ target, endpoint, request, caller, trigger })
      const taken = response.status >= 200 && response.status < 300
      if (!taken) return { fault: `answered ${response.status}`, executionId }
      await records.attempted(due.id, { state: 'delivered', fault: null, executionId })
      return null
    } catch (error) {
      return { fault: faultOf(error), executionId: null }
    }
  }

  private async callerOf({ tenant_id: tenantId, id, event }: DueDelivery): Promise<Caller> {
    const tenant = await this.parts.database.inScope({ tenant: tenantId }, (tx) => tenantFacts(tx, tenantId))
    const trace = resumed(event.traceparent)
    return {
      ...{ principalId: null, keyId: null, tenantId, tenant, actor: eventActor(tenantId), correlationId: id },
      ...(trace && { trace }),
    }
  }
}
