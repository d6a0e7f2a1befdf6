import { randomUUIDv7 } from 'node:crypto'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import {
  TenantWhatIf,
  type TenantActivation,
  type TenantActivationRequest,
  type TenantActivationShown,
  type TenantRollbackRequest,
} from '#contract/api/tenant-policy.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { Digest } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import { PolicyLoadError } from '#engine/errors.js'
import { APPROVAL_TOPICS, type Approvals, type VotedApproval } from '../approvals/approvals.service.js'
import { adminFacts, policyPart, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { TenantModules } from '../gate/tenant-modules.js'
import type { TenantPolicyFollower } from '../gate/tenant-policy-follower.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import type { TenantDrafts } from './tenant-drafts.service.js'
import { tenantOfCaller } from './tenant-of-caller.js'
import { findTenantActivation, insertTenantActivation } from './tenant-policy.repository.js'
import { hasPassed } from './tenant-policy.rules.js'

/**
 * What people are shown before they agree, and what comes in force then: the Rego itself, what it compiled to, what it would
 * have done to past decisions, and the state that it changes, which is the change of number `after`.
 */
const TenantPolicySubject = z.strictObject({
  module: Digest,
  source: z.string(),
  tests: z.string(),
  replaces: Digest.nullable(),
  after: z.int().nonnegative(),
  reason: z.string(),
  what_if: TenantWhatIf.nullable(),
})

/** The part of `approval.settled` that an activation needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

type Votes = NonNullable<AdminFacts['policy']>['votes']
type Content = Pick<TenantActivationShown, 'module' | 'source' | 'tests'>

const NOTHING: Content = { module: null, source: null, tests: null }

/** A change that somebody wants. `last` is the newest change before it. */
interface Wanted {
  readonly action: 'tenant_policy.activate' | 'tenant_policy.rollback'
  readonly content: Content
  readonly passed: boolean
  readonly reason: string
  readonly last: TenantActivationShown | undefined
}

export interface TenantActivationParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: GateService
  readonly approvals: Pick<Approvals, 'open' | 'withVotes' | 'overtake'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly drafts: Pick<TenantDrafts, 'open'>
  readonly modules: Pick<TenantModules, 'at'>
  readonly follower: Pick<TenantPolicyFollower, 'follow'>
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/** Puts an organisation's restrictions in force and takes them back; instances follow by themselves. */
export class TenantActivations implements OnModuleInit {
  private readonly logger = new Logger('tenant-policy-activation')

  constructor(private readonly parts: TenantActivationParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /** Puts the draft in force, or opens the approval that policy asks for. Raises `not_found`, `conflict`, and what the gate refuses. */
  async activate(caller: Caller, { version, reason }: TenantActivationRequest): Promise<TenantActivation | Held> {
    const draft = await this.parts.drafts.open(caller, version)
    const { module, source, tests, what_if } = draft
    const last = await this.newest(tenantOfCaller(caller))
    const passed = hasPassed(draft)
    const wanted: Wanted = {
      ...{ action: 'tenant_policy.activate', content: { module, source, tests }, passed, reason, last },
    }
    const outcome = await this.decide(caller, wanted, [])
    if (outcome.kind !== 'hold') return this.finish(this.parts.gate.requireAllow(outcome), caller, wanted)
    const state = { replaces: last?.module ?? null, after: last?.seq ?? 0 }
    const subject = TenantPolicySubject.parse({ module, source, tests, ...state, reason, what_if })
    const request = { title: "Put the organisation's own restrictions in force", subject, openedBy: caller.actor.id }
    const approval = await this.parts.approvals.open(outcome, request)
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /** Goes back to what was in force before, or to nothing. Raises `not_found`, `conflict`, and what the gate refuses. */
  async rollBack(caller: Caller, { to, reason }: TenantRollbackRequest): Promise<TenantActivation> {
    const tenant = tenantOfCaller(caller)
    const last = await this.newest(tenant)
    const content = await this.contentAt(tenant, to ?? (last?.seq ?? 0) - 1)
    const wanted: Wanted = { action: 'tenant_policy.rollback', content, passed: true, reason, last }
    const outcome = await this.decide(caller, wanted, [])
    return this.finish(this.parts.gate.requireAllow(outcome), caller, wanted)
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever asked, with the votes and with what holds today. Where
   * something else came in force since people were shown what this replaces, it does nothing. Safe to repeat. Rejects where
   * no decision could be made, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'tenant_policy' || settled.state !== 'approved') return
    const voted = await this.parts.approvals.withVotes(settled.approval_id)
    if (!voted) return
    const { module, source, tests, after, reason } = TenantPolicySubject.parse(settled.subject)
    const last = await this.newest(voted.approval.tenant_id)
    if ((last?.seq ?? 0) !== after)
      return this.logger.warn(
        { approval: settled.approval_id },
        'something else came in force before the votes were in',
      )
    const content = { module, source, tests }
    // Only a draft that had passed could be asked for, and the votes are bound to what it was.
    await this.carryOut(voted, { action: 'tenant_policy.activate', content, passed: true, reason, last })
  }

  private async carryOut({ approval, votes }: VotedApproval, wanted: Wanted): Promise<void> {
    const caller = await this.parts.callers.callerOf(approval.opened_by, approval.id)
    if (!caller) return this.logger.warn({ approval: approval.id }, 'who asked for the activation is gone')
    const outcome = await this.decide(caller, wanted, votes)
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'an activation that people agreed to was refused')
    await this.finish(outcome.permit, caller, wanted, approval.id)
  }

  private newest(tenant: string): Promise<TenantActivationShown | undefined> {
    return this.parts.database.inScope({ tenant }, (tx) => findTenantActivation(tx, { tenant }))
  }

  /** What came in force with a change; before the first one there was nothing. Raises `not_found`. */
  private async contentAt(tenant: string, seq: number): Promise<Content> {
    if (seq === 0) return NOTHING
    const found = await this.parts.database.inScope({ tenant }, (tx) => findTenantActivation(tx, { tenant, seq }))
    if (found) return found
    throw problem('not_found', { detail: 'There was no such change: gatehouse policy tenant history lists them' })
  }

  private decide(caller: Caller, { action, content, passed, last }: Wanted, votes: Votes): Promise<Outcome> {
    const tenantId = tenantOfCaller(caller)
    const id = content.module ?? 'none'
    const resource = { kind: 'tenant_policy', id, tenant_id: tenantId, publisher_id: null }
    const active = content.module === (last?.module ?? null)
    const policy = policyPart({ checks_passed: passed, active, was_active: true, votes: [...votes] })
    const about = { correlationId: caller.correlationId, tenantId }
    return this.parts.gate.decide(action, adminFacts(caller, resource, { policy }), about)
  }

  /** Changes what is in force, on this instance at once. What else waits to replace the same is void then. */
  private async finish(
    permit: Permit,
    caller: Caller,
    { action, content, reason, last }: Wanted,
    approvalId: string | null = null,
  ): Promise<TenantActivation> {
    const { gate, approvals, follower } = this.parts
    await this.demandLoads(content.module)
    const after = last?.seq ?? 0
    const { module, source, tests } = content
    const made = {
      ...{ id: randomUUIDv7(), after, module, source, tests, replaces: last?.module ?? null, reason },
      ...{ by: caller.actor.id, approval_id: approvalId },
      kind: action === 'tenant_policy.activate' ? ('activate' as const) : ('rollback' as const),
    }
    const activation = await gate
      .write(permit, async (tx) => {
        const because = 'Other restrictions came in force, or these were taken back'
        await approvals.overtake(tx, { kind: 'tenant_policy', parts: { after }, because })
        return insertTenantActivation(tx, made)
      })
      .catch((error: unknown) => {
        throw violatedConstraint(error)?.startsWith('tenant_policy_activation_') ? problem('conflict') : error
      })
    await follower.follow()
    return activation
  }

  /** What does not load here is not put in force anywhere. Raises `policy.revision_broken`. */
  private async demandLoads(module: string | null): Promise<void> {
    if (module === null) return
    try {
      await this.parts.modules.at(module)
    } catch (error) {
      const broken = [PolicyLoadError, BlobCorrupt, BlobMissing].some((fault) => error instanceof fault)
      if (!broken) throw error
      this.logger.error({ module, err: error }, "an organisation's module is not what was checked")
      throw problem('policy.revision_broken')
    }
  }
}
