import { randomUUIDv7 } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { ActivationRequest, PolicyActivation, RollbackRequest } from '#contract/api/policy.js'
import { WhatIfForetold } from '#contract/api/what-if-runs.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { Digest } from '#contract/primitives.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { PolicyLoadError } from '#engine/errors.js'
import { digestOf } from '#runtime/digest.js'
import { APPROVAL_TOPICS, type Approvals, type VotedApproval } from '../approvals/approvals.service.js'
import { adminFacts, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { PolicyFiles } from '../gate/policy-files.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { hasDecided, insertActivation, type NewActivation } from './activations.repository.js'
import type { InForce } from './in-force.js'
import { contentsOf, insertRevision, type NewRevision } from './revisions.repository.js'
import type { Sealing } from './sealing.service.js'
import { foretold } from './what-ifs.repository.js'

/**
 * What people are shown before they agree. Votes are bound to its digest: to the revision with all that belongs to it, and
 * to the state that it would change, which is the change of number `after`, and to what the newest what-if of it found;
 * null where none was run to its end.
 */
const ActivationSubject = z.strictObject({
  revision: Digest,
  contents: Digest.nullable(),
  replaces: Digest.nullable(),
  after: z.int().nonnegative(),
  reason: z.string(),
  what_if: WhatIfForetold.nullable().default(null),
})
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
  readonly wasActive: boolean
  /** Digest over sources and files of the revision; null where it was not sealed here. */
  readonly contents: string | null
}

export interface ActivationParts {
  readonly database: Database
  readonly gate: GateService
  readonly approvals: Pick<Approvals, 'open' | 'withVotes' | 'overtake'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly inForce: Pick<InForce, 'standing'>
  readonly policies: Pick<PolicySet, 'at'>
  readonly follower: Pick<PolicyFollower, 'follow'>
  readonly files: Pick<PolicyFiles, 'files'>
  readonly sealing: Pick<Sealing, 'prepared'>
  readonly sealed: Pick<SealedPoliciesRepository, 'archive'>
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
    const what_if = await this.parts.database.inScope({ platform: true }, (tx) => foretold(tx, revision))
    const subject: ActivationSubject = { ...subjectOf(wanted), what_if }
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
   * Where the policy in force has changed since people were shown what this one replaces, and so where it was done before,
   * it does nothing.
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
    const { last } = await this.parts.database.inScope({ platform: true }, (tx) => this.parts.inForce.standing(tx))
    if (last?.replaces) return last.replaces
    throw problem('not_found', { detail: 'No policy has decided before this one: name the revision to go back to' })
  }

  /** Gathers what holds now. Raises `not_found` where there is no such revision, `policy.revision_broken` where it does not load. */
  private async wanted(action: PolicyAction, revision: string, reason: string): Promise<Wanted> {
    const standing = await this.parts.database.inScope({ platform: true }, async (tx) => {
      const { last, revision: inForce } = await this.parts.inForce.standing(tx)
      const contents = await contentsOf(tx, revision)
      return {
        last,
        inForce,
        wasActive: await hasDecided(tx, revision),
        contents: contents ? contentsDigest(contents) : null,
      }
    })
    // What does not even load here is not put in force anywhere.
    if (!(await this.loaded(revision))) throw problem('not_found')
    return { action, revision, reason, standing }
  }

  /** The policy of a revision, if its files and their signature are what was sealed. */
  private async loaded(revision: string) {
    try {
      // Agents of others would be given what lies there, so it must be as sound as what decides here.
      await this.parts.sealed.archive(revision)
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
    const after = standing.last?.seq ?? 0
    const made: NewActivation = {
      ...{ id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID, after, revision, replaces: standing.inForce, reason },
      ...{ kind: action === 'policy.activate' ? 'activate' : 'rollback', by: caller.actor.id, approval_id: approvalId },
    }
    const kept = await this.kept(caller, [revision, standing.inForce])
    const activation = await this.parts.gate
      .write(permit, async (tx) => {
        for (const row of kept) await insertRevision(tx, row)
        await this.parts.approvals.overtake(tx, 'policy', { after })
        return insertActivation(tx, made)
      })
      .catch((error: unknown) => {
        throw violatedConstraint(error)?.startsWith('policy_activation_') ? problem('conflict') : error
      })
    await this.parts.follower.follow()
    return activation
  }

  /** Of these, what every instance must be able to load and was not sealed here, such as the policy that ships. */
  private async kept(caller: Caller, revisions: readonly (string | null)[]): Promise<NewRevision[]> {
    const { database, files, sealing } = this.parts
    const made: NewRevision[] = []
    for (const revision of revisions) {
      if (revision === null) continue
      const isKept = await database.inScope({ platform: true }, (tx) => contentsOf(tx, revision))
      const bundle = isKept ? null : await files.files(revision)
      const about = { base_revision: revision, draft_id: null, source_commit: null, tree: {} }
      if (bundle) made.push(await sealing.prepared(caller, { files: bundle, ...about }))
    }
    return made
  }
}

const subjectOf = ({ revision, reason, standing }: Wanted): Omit<ActivationSubject, 'what_if'> => ({
  ...{ revision, contents: standing.contents, replaces: standing.inForce },
  ...{ after: standing.last?.seq ?? 0, reason },
})

const contentsDigest = (contents: object): string => digestOf(Buffer.from(canonicalize(contents)!))

const short = (revision: string): string => revision.slice(0, 'sha256:'.length + 12)
