import { Logger } from '@nestjs/common'
import { z } from 'zod'
import type { Tenant, TenantDelete, TenantRestore } from '#contract/api/identity.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import type { Approvals, VotedApproval } from '../../approvals/approvals.service.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { held, type Held } from '../../platform/http/held.js'
import type { Outbox } from '../../platform/outbox/outbox.port.js'
import type { Callers } from '../caller-resolver.service.js'
import { closeTenant, findTenant, reopenTenant } from '../organisations.repository.js'
import { countOtherOwners } from '../people.repository.js'
import { endingOf } from './last-notice.js'
import { organisationFacts, organisationResource } from './organisation-facts.rules.js'

/** What people are shown before they agree, and votes are bound to. */
const ClosingSubject = z.strictObject({
  tenant_id: z.string(),
  slug: z.string(),
  name: z.string(),
  reason: z.string(),
  grace_days: z.int(),
})

/** The part of `approval.settled` that a closing needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

export interface ClosingParts {
  readonly database: Pick<Database, 'read'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'refusal' | 'write'>
  readonly callers: Pick<Callers, 'callerOf' | 'forget'>
  readonly approvals: Pick<Approvals, 'open' | 'withVotes'>
  readonly outbox: Pick<Outbox, 'emit'>
  /** Days until all that a deleted organisation has goes. */
  readonly graceDays: number
}

/** Organisations that are to be deleted: they stop at once, and have until a date to think better of it. */
export class Closing {
  private readonly logger = new Logger('identity')

  constructor(private readonly parts: ClosingParts) {}

  /**
   * Has an organisation close, or opens the approval of another owner that policy asks for. Raises `not_found`, `conflict`,
   * `request.invalid` where the slug is another one's, and what the gate refuses (`admin.owners_only`, …).
   */
  async ask(caller: Caller, id: string, { version, slug, reason }: TenantDelete): Promise<Tenant | Held> {
    const { gate, approvals, graceDays } = this.parts
    const tenant = await this.find(caller, id)
    if (slug !== tenant.slug)
      throw problem('request.invalid', { errors: [{ pointer: '/slug', detail: `is not the slug of ${tenant.name}` }] })
    const outcome = await this.decide(caller, tenant, [])
    if (outcome.kind === 'deny' || outcome.kind === 'unavailable') throw gate.refusal(outcome)
    if (tenant.version !== version) throw problem('conflict')
    if (outcome.kind === 'allow') return this.close(outcome.permit, { caller, tenant, reason })
    const approval = await approvals.open(outcome, {
      title: `Delete the organisation ${tenant.name} (${slug}) with all that it has, ${graceDays} days from then on`,
      subject: { tenant_id: id, slug, name: tenant.name, reason, grace_days: graceDays } satisfies z.infer<
        typeof ClosingSubject
      >,
      openedBy: caller.actor.id,
    })
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /** Calls it off: the organisation is as it was. Raises `not_found`, `conflict`, and what the gate refuses. */
  async restore(caller: Caller, id: string, { version }: TenantRestore): Promise<Tenant> {
    const { gate, callers } = this.parts
    const tenant = await this.find(caller, id)
    const organisation = organisationFacts(tenant, Date.now())
    const facts = adminFacts(caller, organisationResource(id), { organisation })
    const permit = gate.requireAllow(
      await gate.decide('tenant.restore', facts, { correlationId: caller.correlationId, tenantId: id }),
    )
    const restored = await gate.write(permit, (tx) => reopenTenant(tx, { id, version }))
    if (!restored) throw problem('conflict')
    callers.forget()
    return restored
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever asked, with the votes and with what holds today. Safe to
   * repeat. Rejects where no decision could be made, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'organisation' || settled.state !== 'approved') return
    const approval = settled.approval_id
    const shown = ClosingSubject.parse(settled.subject)
    const voted = await this.parts.approvals.withVotes(approval)
    const caller = voted && (await this.parts.callers.callerOf(voted.approval.opened_by, approval))
    if (!caller) return this.logger.warn({ approval }, 'who asked for the deletion of an organisation is gone')
    const tenant = await this.find(caller, shown.tenant_id).catch(() => undefined)
    // People agreed to the end of what they were shown, after the time that they were told.
    if (tenant?.slug !== shown.slug || shown.grace_days > this.parts.graceDays)
      return this.logger.warn({ approval }, 'an organisation changed before the votes on its deletion were in')
    const outcome = await this.decide(caller, tenant, voted.votes)
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'a deletion that people agreed to was refused')
    await this.close(outcome.permit, { caller, tenant, reason: shown.reason })
  }

  private async find(caller: Caller, id: string): Promise<Tenant> {
    const tenant = await this.parts.database.read(scopeOf(caller), (tx) => findTenant(tx, id))
    if (!tenant) throw problem('not_found')
    return tenant
  }

  private async decide(caller: Caller, tenant: Tenant, votes: VotedApproval['votes']): Promise<Outcome> {
    const { id } = tenant
    const asker = { id: caller.principalId ?? id, tenant_id: id }
    const other_owners = await this.parts.database.read({ tenant: id }, (tx) => countOtherOwners(tx, asker))
    const organisation = organisationFacts(tenant, Date.now(), { other_owners, votes: [...votes] })
    const facts = adminFacts(caller, organisationResource(id), { organisation })
    return this.parts.gate.decide('tenant.delete', facts, { correlationId: caller.correlationId, tenantId: id })
  }

  private async close(
    permit: Permit,
    { caller, tenant: { id, version }, reason }: { caller: Caller; tenant: Tenant; reason: string },
  ): Promise<Tenant> {
    const { gate, callers, outbox, graceDays: days } = this.parts
    const { actor } = caller
    const closing = { id, version, because: reason, by: actor.id, byPlatform: actor.tenant_id !== id, days }
    const closed = await gate.write(permit, async (tx) => {
      const row = await closeTenant(tx, closing)
      const ending = row && endingOf(row)
      if (ending) await outbox.emit(tx, ending)
      return row
    })
    if (!closed) throw problem('conflict')
    callers.forget()
    return closed
  }
}
