import type { KillEngage } from '#contract/api/kills.js'
import type { FactsFor } from '../gate/gate.types.js'
import type { Caller } from '../platform/http/caller.js'

/** What an order stops, and whose it is. */
export interface StopTarget {
  readonly scope: KillEngage['scope']
  /** As the kill list names it: ids, not slugs. */
  readonly target: string
  readonly tenantId: string | null
  readonly publisherId: string | null
}

/** A target taken as it was named, where nothing can be looked up: whose it is stays open, unless it says so itself. */
export const unresolved = ({ scope, target }: Pick<KillEngage, 'scope' | 'target'>): StopTarget => ({
  scope,
  target,
  tenantId: scope === 'tenant' ? target : null,
  publisherId: scope === 'publisher' ? target : null,
})

export type KillFacts = FactsFor<'kill.engage'>

/** What is known of an order beyond its target. */
export interface OrderFacts {
  readonly engaged: boolean
  readonly engagedByActor: boolean
  readonly votes: KillFacts['votes']
}

/** Facts of the kill switch gate; the reason is there, since the request's schema asks for it. */
export const killFacts = (caller: Caller, stop: StopTarget, order: OrderFacts): KillFacts => ({
  actor: caller.actor,
  tenant: caller.tenant,
  resource: { kind: `kill.${stop.scope}`, id: stop.target, tenant_id: stop.tenantId, publisher_id: stop.publisherId },
  kill: {
    scope: stop.scope,
    target: stop.target,
    target_tenant_id: stop.tenantId,
    target_publisher_id: stop.publisherId,
    engaged: order.engaged,
    engaged_by_actor: order.engagedByActor,
  },
  reason_given: true,
  votes: order.votes,
})
