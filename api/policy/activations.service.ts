import { randomUUIDv7 } from 'node:crypto'
import canonicalize from 'canonicalize'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { ActivationRequest, PolicyActivation, RollbackRequest } from '#contract/api/policy.js'
import type { CanaryRequest, PolicyCanary } from '#contract/api/policy-canaries.js'
import { WhatIfForetold } from '#contract/api/what-if-runs.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { Digest } from '#contract/primitives.js'
import { Problem, problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { PolicyLoadError } from '#engine/errors.js'
import { digestOf } from '#runtime/digest.js'
import { APPROVAL_TOPICS, type Approvals, type VotedApproval } from '../approvals/approvals.service.js'
import { adminFacts, policyPart, type AdminFacts } from '../gate/admin-facts.rules.js'
import { CanaryPlan } from '../gate/canary-course.js'
import type { GateService } from '../gate/gate.service.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { decidedBefore, hasDecided, type CurrentPolicy, type NewActivation } from './activations.repository.js'
import { BREAK_GLASS_TOPICS, type BreakGlassTold } from './break-glass.service.js'
import { shownCanary } from './canaries.service.js'
import type { CanaryPlans } from './canary-plan.js'
import { groundFor, type CanaryStart } from './canary-start.js'
import { findDraft } from './drafts.repository.js'
import { changeInForce, type InForce } from './in-force.js'
import type { KeptRevisions } from './kept-revisions.js'
import { contentsOf, findRevision, insertRevision, sealedFrom } from './revisions.repository.js'
import { foretold } from './what-ifs.repository.js'

/**
 * What people are shown before they agree. Votes are bound to its digest: to the revision with all that belongs to it, and
 * to the state that it would change, which is the change of number `after`, to what the newest what-if of it found (null
 * where none was run to its end), and to the draft that it was sealed from, as that stood: an edit of it voids the approval.
 */
const ActivationSubject = z.strictObject({
  revision: Digest,
  contents: Digest.nullable(),
  replaces: Digest.nullable(),
  after: z.int().nonnegative(),
  reason: z.string(),
  what_if: WhatIfForetold.nullable().default(null),
  draft: z.strictObject({ id: z.string(), version: z.int() }).nullable().default(null),
  break_glass: z.strictObject({ expires_in_s: z.int() }).nullable().default(null),
  /** By degrees, held against this. */
  canary: CanaryPlan.nullable().default(null),
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
  /** By break-glass, for so many seconds; null as usual. */
  readonly lastsS: number | null
  /** By degrees, held against this; null at once. */
  readonly canary: CanaryPlan | null
  readonly standing: Standing
}

/** Where a revision stands. `current` is the newest change; `inForce` what decides by it. */
interface Standing {
  readonly current: CurrentPolicy | undefined
  readonly inForce: string | null
  readonly wasActive: boolean
  /** Digest over sources and files of the revision; null where it was not sealed here. */
  readonly contents: string | null
  /** The draft that it was sealed from, where that is still as it was sealed. */
  readonly draft: ActivationSubject['draft']
}

export interface ActivationParts {
  readonly database: Database
  readonly gate: GateService
  readonly approvals: Pick<Approvals, 'open' | 'withVotes' | 'overtake'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly inForce: Pick<InForce, 'standing'>
  readonly policies: Pick<PolicySet, 'at'>
  readonly follower: Pick<PolicyFollower, 'follow'>
  readonly kept: KeptRevisions
  readonly plans: Pick<CanaryPlans, 'plan'>
  readonly canaryStart: Pick<CanaryStart, 'begin'>
  readonly sealed: Pick<SealedPoliciesRepository, 'archive'>
  readonly outbox: Pick<Outbox, 'subscribe' | 'emit'>
}

/** Puts policies in force and takes them back. It moves a pointer; instances follow it by themselves. */
export class Activations implements OnModuleInit {
  private readonly logger = new Logger('policy-activation')

  constructor(private readonly parts: ActivationParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /**
   * Activates a sealed revision, or opens the approval that policy asks for; by break-glass another one, of more people, and
   * for some hours. Raises `not_found`, `conflict`, and what the gate refuses.
   */
  async activate(caller: Caller, revision: string, request: ActivationRequest): Promise<PolicyActivation | Held> {
    const { reason, break_glass } = request
    const lastsS = break_glass?.expires_in_s ?? null
    const wanted = await this.wanted({ action: 'policy.activate', revision, reason, lastsS, canary: null })
    const outcome = await this.decide(caller, wanted, [])
    if (outcome.kind === 'hold')
      return this.ask(caller, wanted, { hold: outcome, what_if: await this.newestWhatIf(revision) })
    return this.finish(this.parts.gate.requireAllow(outcome), caller, wanted)
  }

  /** Lets a sealed revision take over by degrees, or opens the approval that policy asks for. Raises as `activate` does. */
  async startCanary(caller: Caller, revision: string, { reason }: CanaryRequest): Promise<PolicyCanary | Held> {
    const asked = await this.wanted({ action: 'policy.activate', revision, reason, lastsS: null, canary: null })
    const base = groundFor(groundOf(asked.standing))
    const what_if = await this.newestWhatIf(revision)
    const whatIf = what_if?.id ?? null
    const wanted = { ...asked, canary: await this.parts.plans.plan({ base, revision, what_if: whatIf }) }
    const outcome = await this.decide(caller, wanted, [])
    if (outcome.kind === 'hold') return this.ask(caller, wanted, { hold: outcome, what_if })
    return this.begin(this.parts.gate.requireAllow(outcome), caller, wanted, { approvalId: null, whatIf })
  }

  private async ask(
    caller: Caller,
    wanted: Wanted,
    { hold, what_if }: Pick<ActivationSubject, 'what_if'> & { readonly hold: Extract<Outcome, { kind: 'hold' }> },
  ): Promise<Held> {
    const subject: ActivationSubject = { ...subjectOf(wanted), what_if }
    const opening = { title: titleOf(wanted), subject, openedBy: caller.actor.id }
    const approval = await this.parts.approvals.open(hold, opening)
    return held(approval, hold.reasons, hold.decisionId)
  }

  private newestWhatIf(revision: string): Promise<WhatIfForetold | null> {
    return this.parts.database.inScope({ platform: true }, (tx) => foretold(tx, revision))
  }

  private async begin(
    permit: Permit,
    caller: Caller,
    { revision, reason, standing, canary }: Wanted,
    how: { readonly approvalId: string | null; readonly whatIf: string | null },
  ): Promise<PolicyCanary> {
    const after = standing.current?.last.seq ?? 0
    const beginning = { after, ...groundOf(standing), revision, reason, plan: canary!, ...how }
    return shownCanary(await this.parts.canaryStart.begin(permit, caller, beginning), true)
  }

  /** Goes back to a revision that has decided before. Raises `not_found`, `conflict`, and what the gate refuses. */
  async rollBack(caller: Caller, { revision: named, reason }: RollbackRequest): Promise<PolicyActivation> {
    const revision = named ?? (await this.previous())
    const wanted = await this.wanted({ action: 'policy.rollback', revision, reason, lastsS: null, canary: null })
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
    const shown = ActivationSubject.parse(settled.subject)
    if (!voted) return
    const { revision, reason, break_glass, canary } = shown
    const lastsS = break_glass?.expires_in_s ?? null
    const wanted = await this.wanted({ action: 'policy.activate', revision, reason, lastsS, canary })
    const moved = movedSince(shown, wanted.standing)
    if (moved !== null) return this.logger.warn({ approval: settled.approval_id }, `${moved} before the votes were in`)
    await this.carryOut(voted, wanted, shown.what_if?.id ?? null)
  }

  private async carryOut({ approval, votes }: VotedApproval, wanted: Wanted, whatIf: string | null): Promise<void> {
    const caller = await this.parts.callers.callerOf(approval.opened_by, approval.id)
    if (!caller) return this.logger.warn({ approval: approval.id }, 'who asked for the activation is gone')
    const outcome = await this.decide(caller, wanted, votes)
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'an activation that people agreed to was refused')
    if (wanted.canary === null) await this.finish(outcome.permit, caller, wanted, approval.id)
    else await this.beginOnce(outcome.permit, caller, wanted, { approvalId: approval.id, whatIf })
  }

  /** One that runs beside it, or this one begun before, is no reason to try again. */
  private async beginOnce(...[permit, caller, wanted, how]: Parameters<Activations['begin']>): Promise<void> {
    await this.begin(permit, caller, wanted, how).catch((error: unknown) => {
      if (!(error instanceof Problem) || error.code !== 'conflict') throw error
      this.logger.warn({ approval: how.approvalId }, 'a canary that people agreed to does not begin: another one runs')
    })
  }

  /** The revision that decided before the current one. */
  private async previous(): Promise<string> {
    const before = await this.parts.database.inScope({ platform: true }, async (tx) => {
      const { current } = await this.parts.inForce.standing(tx)
      return current && (await decidedBefore(tx, current.revision))
    })
    if (before !== undefined) return before
    throw problem('not_found', { detail: 'No policy has decided before this one: name the revision to go back to' })
  }

  /** Gathers what holds now. Raises `not_found` where there is no such revision, `policy.revision_broken` where it does not load. */
  private async wanted(asked: Omit<Wanted, 'standing'>): Promise<Wanted> {
    const { revision } = asked
    const standing = await this.parts.database.inScope({ platform: true }, async (tx) => {
      const { current, revision: inForce } = await this.parts.inForce.standing(tx)
      const contents = await contentsOf(tx, revision)
      if (!contents) await requireSealedName(tx, revision)
      return {
        current,
        inForce,
        wasActive: await hasDecided(tx, revision),
        contents: contents ? contentsDigest(contents) : null,
        draft: await sealedDraft(tx, revision),
      }
    })
    // What does not even load here is not put in force anywhere.
    if (!(await this.loaded(revision))) throw problem('not_found')
    return { ...asked, standing }
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

  private decide(caller: Caller, wanted: Wanted, votes: Votes): Promise<Outcome> {
    const { action, revision, standing, lastsS } = wanted
    const { leftS } = standing.current ?? { leftS: null }

    const resource = { kind: 'policy_revision', id: revision, tenant_id: PLATFORM_TENANT_ID, publisher_id: null }
    const policy = policyPart({
      checks_passed: true,
      active: standing.inForce === revision,
      was_active: standing.wasActive,
      active_until: leftS !== null && leftS > 0 ? { left_s: leftS } : null,
      break_glass: lastsS === null ? null : { lasts_s: lastsS },
      votes: [...votes],
    })
    const about = { correlationId: caller.correlationId, tenantId: PLATFORM_TENANT_ID }
    const facts = adminFacts(caller, resource, { policy })
    // Going back must work whatever is in force by break-glass, and whatever was before it.
    if (action === 'policy.rollback') return this.parts.gate.policyFloor(action, facts, about)
    return this.parts.gate.decide(action, facts, about)
  }

  /** Moves the pointer, and this instance with it. What else waits to replace the same policy is void then. */
  private async finish(
    permit: Permit,
    caller: Caller,
    { action, revision, reason, standing, lastsS }: Wanted,
    approvalId: string | null = null,
  ): Promise<PolicyActivation> {
    const after = standing.current?.last.seq ?? 0
    const kind = action === 'policy.rollback' ? 'rollback' : lastsS === null ? 'activate' : 'break_glass'
    const replaces = lastsS === null ? standing.inForce : lasting(standing)
    const made: NewActivation = {
      ...{ id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID, after, revision, replaces, reason },
      ...{ kind, by: caller.actor.id, approval_id: approvalId, lasts_s: lastsS },
    }
    const kept = await this.parts.kept.missing(caller, [revision, standing.inForce])
    const activation = await this.parts.gate
      .write(permit, async (tx) => {
        for (const row of kept) await insertRevision(tx, row)
        const done = await changeInForce(tx, { approvals: this.parts.approvals, made })
        if (done.expires_at !== null) await this.tellOfBreakGlass(tx, done)
        return done
      })
      .catch((error: unknown) => {
        throw violatedConstraint(error)?.startsWith('policy_activation_') ? problem('conflict') : error
      })
    await this.parts.follower.follow()
    return activation
  }

  /** Leaves behind that everybody must hear of it, and that it ends. */
  private async tellOfBreakGlass(tx: GovernedTransaction, { seq, expires_at }: PolicyActivation): Promise<void> {
    const payload: BreakGlassTold = { seq }
    const event = { tenantId: PLATFORM_TENANT_ID, payload }
    await this.parts.outbox.emit(tx, { ...event, topic: BREAK_GLASS_TOPICS.begun })
    await this.parts.outbox.emit(tx, {
      ...{ ...event, topic: BREAK_GLASS_TOPICS.ended },
      availableAt: new Date(expires_at!),
    })
  }
}

const subjectOf = ({ revision, reason, standing, lastsS, canary }: Wanted): Omit<ActivationSubject, 'what_if'> => ({
  ...{ revision, contents: standing.contents, replaces: standing.inForce },
  ...{ after: standing.current?.last.seq ?? 0, reason, draft: standing.draft },
  break_glass: lastsS === null ? null : { expires_in_s: lastsS },
  canary,
})

const groundOf = ({ inForce, current }: Standing) => ({ base: inForce, breakGlass: (current?.leftS ?? null) !== null })

const titleOf = ({ revision, lastsS, canary }: Wanted): string => {
  if (lastsS !== null) return `BREAK GLASS: put the policy ${short(revision)} in force for ${inWords(lastsS)}`
  return canary
    ? `Let the policy ${short(revision)} take over by degrees`
    : `Put the policy ${short(revision)} in force`
}

/** A time in the largest unit that it is whole in. */
const inWords = (seconds: number): string => {
  if (seconds % 3_600 === 0) return `${seconds / 3_600} h`
  return seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}

/** What decides once no break-glass does: the policy before it, since a second one must not let the first outlast its time. */
const lasting = ({ inForce, current }: Standing): string | null =>
  current !== undefined && current.leftS !== null ? current.last.replaces : inForce

/** What has happened to what people were shown; null where it is as it was, and not only again. */
const movedSince = (shown: ActivationSubject, { inForce, current, draft }: Standing): string | null => {
  if (inForce !== shown.replaces || (current?.last.seq ?? 0) !== shown.after) return 'another policy came in force'
  const isEdited = shown.draft !== null && shown.draft.version !== draft?.version
  return isEdited ? 'the draft of the policy was edited' : null
}

/** Raises `not_found` where a name is that of module and data, which several sealed revisions may share: one of these is to be named. */
const requireSealedName = async (tx: Queryable, revision: string): Promise<void> => {
  const sealed = await sealedFrom(tx, revision)
  if (sealed.length === 0) return
  throw problem('not_found', {
    detail: `${revision} is a bundle revision, as decisions record it: name what was sealed, ${sealed.join(' or ')}`,
  })
}

/** The draft that a revision was sealed from; null where there is none, or it was edited since. */
const sealedDraft = async (tx: Queryable, revision: string): Promise<ActivationSubject['draft']> => {
  const { draft_id } = (await findRevision(tx, revision)) ?? { draft_id: null }
  const draft = draft_id === null ? undefined : await findDraft(tx, draft_id)
  if (draft?.state !== 'sealed' || draft.sealed_revision !== revision) return null
  return { id: draft.id, version: draft.version }
}

const contentsDigest = (contents: object): string => digestOf(Buffer.from(canonicalize(contents)!))

const short = (revision: string): string => revision.slice(0, 'sha256:'.length + 12)
