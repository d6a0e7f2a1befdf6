import { randomUUIDv7 } from 'node:crypto'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { ActivationRequest, PolicyActivation, RollbackRequest } from '#contract/api/policy.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { Digest } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { PolicyLoadError } from '#engine/errors.js'
import { APPROVAL_TOPICS, type Approvals, type VotedApproval } from '../approvals/approvals.service.js'
import { adminFacts, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { hasBeenInForce, insertActivation, listActivations, type NewActivation } from './activations.repository.js'
import { isSealed } from './revisions.repository.js'

/** What people are shown before they agree. Votes are bound to its digest, and so to the revision. */
const ActivationSubject = z.strictObject({ revision: Digest, replaces: Digest.nullable(), reason: z.string() })
type ActivationSubject = z.infer<typeof ActivationSubject>

/** The part of `approval.settled` that an activation needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

type PolicyAction = 'policy.activate' | 'policy.rollback'
type Votes = NonNullable<AdminFacts['policy']>['votes']

/** A change that somebody wants: to which revision, from which state on. */
interface Wanted {
  readonly action: PolicyAction
  readonly revision: string
  readonly reason: string
  readonly standing: Standing
}

/** Where a revision stands. `last` is the newest change; `inForce` what decides by it. */
interface Standing {
  readonly last: PolicyActivation | undefined
  readonly inForce: string | null
  readonly sealed: boolean
  readonly wasActive: boolean
}

export interface ActivationParts {
  readonly database: Database
  readonly gate: GateService
  readonly approvals: Pick<Approvals, 'open' | 'withVotes' | 'overtake'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly policies: Pick<PolicySet, 'revision' | 'at'>
  readonly follower: Pick<PolicyFollower, 'follow'>
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/** Puts policies in force and takes them back. It moves a pointer; instances follow it by themselves. */
export class Activations implements OnModuleInit {
  private readonly logger = new Logger('policy-activation')

  constructor(private readonly parts: ActivationParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /** Activates a sealed revision, or opens the approval that policy asks for. Raises `not_found`, `conflict`, and what the gate refuses. */
  async activate(caller: Caller, revision: string, { reason }: ActivationRequest): Promise<PolicyActivation | Held> {
    const wanted = await this.wanted('policy.activate', revision, reason)
    const outcome = await this.decide(caller, wanted, [])
    if (outcome.kind !== 'hold') return this.finish(this.parts.gate.requireAllow(outcome), caller, wanted)
    const subject: ActivationSubject = { revision, replaces: wanted.standing.inForce, reason }
    const request = { title: `Put the policy ${short(revision)} in force`, subject, openedBy: caller.actor.id }
    const approval = await this.parts.approvals.open(outcome, request)
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /** Goes back to a revision that has decided before. Raises `not_found`, `conflict`, and what the gate refuses. */
  async rollBack(caller: Caller, { revision: named, reason }: RollbackRequest): Promise<PolicyActivation> {
    const revision = named ?? (await this.previous())
    const wanted = await this.wanted('policy.rollback', revision, reason)
    const outcome = await this.decide(caller, wanted, [])
    return this.finish(this.parts.gate.requireAllow(outcome), caller, wanted)
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever asked, with the votes and with what holds today.
   * Where another policy came in force since people were shown what this one replaces, it does nothing.
   * Safe to repeat. Rejects where no decision could be made, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'policy' || settled.state !== 'approved') return
    const voted = await this.parts.approvals.withVotes(settled.approval_id)
    const { revision, replaces, reason } = ActivationSubject.parse(settled.subject)
    if (!voted) return
    const wanted = await this.wanted('policy.activate', revision, reason)
    if (wanted.standing.inForce !== replaces)
      return this.logger.warn(
        { approval: settled.approval_id },
        'another policy came in force before the votes were in',
      )
    await this.carryOut(voted, wanted)
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

  /** The revision that decided before the current one. */
  private async previous(): Promise<string> {
    const changes = await this.parts.database.inScope({ platform: true }, (tx) => listActivations(tx, 2))
    const [, before] = changes
    if (before) return before.revision
    throw problem('not_found', { detail: 'No policy has decided before this one: name the revision to go back to' })
  }

  /** Gathers what holds now. Raises `not_found` where there is no such revision, `policy.revision_broken` where it does not load. */
  private async wanted(action: PolicyAction, revision: string, reason: string): Promise<Wanted> {
    const standing = await this.parts.database.inScope({ platform: true }, async (tx) => {
      const [last] = await listActivations(tx, 1)
      const inForce = last?.revision ?? this.parts.policies.revision
      const wasActive = await hasBeenInForce(tx, revision)
      return { last, inForce, wasActive, sealed: await isSealed(tx, revision) }
    })
    // What does not even load here is not put in force anywhere.
    const policy = await this.loaded(revision)
    if (!policy) throw problem('not_found')
    // What ships was never sealed here, but it decided before anything was activated.
    return { action, revision, reason, standing: { ...standing, wasActive: standing.wasActive || !standing.sealed } }
  }

  /** The policy of a revision, if its files and their signature are what was sealed. */
  private async loaded(revision: string) {
    try {
      return await this.parts.policies.at(revision)
    } catch (error) {
      const broken = [PolicyLoadError, BlobCorrupt, BlobMissing].some((fault) => error instanceof fault)
      if (!broken) throw error
      this.logger.error({ revision, err: error }, 'a sealed policy is not what was sealed')
      throw problem('policy.revision_broken')
    }
  }

  private decide(caller: Caller, { action, revision, standing }: Wanted, votes: Votes): Promise<Outcome> {
    const resource = { kind: 'policy_revision', id: revision, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const policy = {
      checks_passed: true,
      active: standing.inForce === revision,
      was_active: standing.wasActive,
      votes: [...votes],
    }
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    return this.parts.gate.decide(action, adminFacts(caller, resource, { policy }), about)
  }

  /** Moves the pointer, and this instance with it. What else waits to replace the same policy is void then. */
  private async finish(
    permit: Permit,
    caller: Caller,
    { action, revision, reason, standing }: Wanted,
    approvalId: string | null = null,
  ): Promise<PolicyActivation> {
    const made: NewActivation = {
      ...{ id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID, after: standing.last?.seq ?? 0, revision, reason },
      ...{ kind: action === 'policy.activate' ? 'activate' : 'rollback', by: caller.actor.id, approval_id: approvalId },
    }
    const activation = await this.parts.gate
      .write(permit, async (tx) => {
        await this.parts.approvals.overtake(tx, 'policy', { replaces: standing.inForce })
        return insertActivation(tx, made)
      })
      .catch((error: unknown) => {
        throw violatedConstraint(error) === 'policy_activation_seq_key' ? problem('conflict') : error
      })
    await this.parts.follower.follow()
    return activation
  }
}

const short = (revision: string): string => revision.slice(0, 'sha256:'.length + 12)
