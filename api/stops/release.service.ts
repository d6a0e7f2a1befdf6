import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { KillChanged, KillRelease } from '#contract/api/kills.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { APPROVAL_TOPICS, type Approvals } from '../approvals/approvals.service.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import type { GateService } from '../gate/gate.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import { shownOrder } from './engagement.rules.js'
import type { Reached } from './reach.service.js'
import { killFacts, unresolved, type KillFacts } from './stop-target.rules.js'
import { findOrder, findTarget, releaseOrder, type OrderRow } from './stops.repository.js'

/** What people are shown before they agree to a release. */
const ReleaseSubject = z.strictObject({
  order_id: z.string(),
  scope: z.string(),
  target: z.string(),
  engaged_because: z.string(),
  release_because: z.string(),
})
type ReleaseSubject = z.infer<typeof ReleaseSubject>

/** The part of `approval.settled` that a release needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

export interface ReleaseParts {
  readonly database: Database
  readonly gate: GateService
  readonly approvals: Approvals
  readonly callers: Pick<Callers, 'callerOf'>
  readonly reached: Reached
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/** Releases kill switches: always by the gate, which asks for a second person. */
export class Release implements OnModuleInit {
  private readonly logger = new Logger('kill-release')

  constructor(private readonly parts: ReleaseParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /** Releases an order, or opens the approval that policy asks for. Raises `not_found`, `conflict`, and what the gate refuses. */
  async release(caller: Caller, id: string, { reason }: KillRelease): Promise<KillChanged | Held> {
    const order = await this.parts.database.inScope(scopeOf(caller), (tx) => findOrder(tx, id))
    if (!order) throw problem('not_found')
    const outcome = await this.decide(caller, order, [])
    if (outcome.kind !== 'hold') return this.finish(this.parts.gate.requireAllow(outcome), order)
    const subject: ReleaseSubject = {
      order_id: order.id,
      scope: order.scope,
      target: order.target,
      engaged_because: order.reason,
      release_because: reason,
    }
    const title = `Release the kill switch on ${order.scope} ${order.target}`
    const approval = await this.parts.approvals.open(outcome, { title, subject, openedBy: caller.actor.id })
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever asked, with the votes and with what holds today.
   * Safe to repeat. Rejects where no decision could be made, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'kill_release' || settled.state !== 'approved') return
    const voted = await this.parts.approvals.withVotes(settled.approval_id)
    const { order_id } = ReleaseSubject.parse(settled.subject)
    const order = await this.parts.database.inScope({ platform: true }, (tx) => findOrder(tx, order_id))
    if (!voted || !order || order.released_at !== null) return
    const caller = await this.parts.callers.callerOf(voted.approval.opened_by, settled.approval_id)
    if (!caller) return this.logger.warn({ approval: settled.approval_id }, 'who asked for the release is gone')
    const outcome = await this.decide(caller, order, voted.votes)
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'a release that people agreed to was refused')
    await this.finish(outcome.permit, order)
  }

  private async decide(caller: Caller, order: OrderRow, votes: KillFacts['votes']): Promise<Outcome> {
    const { scope, target } = order
    const stop = await this.parts.database.inScope({ platform: true }, (tx) => findTarget(tx, scope, target))
    const facts = killFacts(caller, stop ?? unresolved({ scope, target }), {
      engaged: order.released_at === null,
      engagedByActor: order.engaged_by === caller.actor.id,
      votes,
    })
    const about = { correlationId: caller.correlationId, tenantId: order.tenant_id }
    return this.parts.gate.decide('kill.release', facts, about)
  }

  private async finish(permit: Permit, order: OrderRow): Promise<KillChanged> {
    const released = await this.parts.gate.write(permit, (tx) => releaseOrder(tx, order))
    if (!released) throw problem('conflict')
    return { order: shownOrder(released), nodes: await this.parts.reached.by(BigInt(released.epoch)) }
  }
}
