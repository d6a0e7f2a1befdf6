import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { ScimBrake, ScimBrakeQuery, ScimBrakeRelease, ScimBrakeShown } from '#contract/api/scim.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { subjectDigest } from '../../approvals/approvals.rules.js'
import { APPROVAL_TOPICS, type Approvals, type VotedApproval } from '../../approvals/approvals.service.js'
import { adminFacts, type AdminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import type { Callers } from '../../identity/caller-resolver.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { held, type Held } from '../../platform/http/held.js'
import { pageBy } from '../../platform/http/page.js'
import type { Outbox } from '../../platform/outbox/outbox.port.js'
import { brakeRequest, BrakeSubject } from './brake-subject.rules.js'
import * as rows from './brakes.repository.js'
import { keptDigest } from './list-digest.rules.js'

/** As long as the provider has to send again what was released. */
const RELEASED_S = 24 * 3600

/** The part of `approval.settled` that a brake needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

type VerdictFacts = NonNullable<AdminFacts['scim_verdict']>

export interface BrakesParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'refusal' | 'write'>
  readonly approvals: Pick<Approvals, 'open' | 'withVotes'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/** Brakes that connections tripped, and what people say to them. */
export class ScimBrakes implements OnModuleInit {
  private readonly logger = new Logger('scim-brake')

  constructor(private readonly parts: BrakesParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /** Brakes of the caller's organisation, newest first. */
  list(caller: Caller, query: ScimBrakeQuery) {
    return pageBy(query, (page) =>
      this.parts.database.inScope(scopeOf(caller), (tx) => rows.listBrakes(tx, query, page)),
    )
  }

  /** One brake, with what it holds off and what passed before. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<ScimBrakeShown> {
    const brake = await this.find(caller, id)
    return this.parts.database.inScope(scopeOf(caller), async (tx) => ({
      ...brake,
      changes: await rows.findChanges(tx, id),
      before: await rows.findPassed(tx, id),
    }))
  }

  /**
   * Opens a brake on which there is nothing to vote any more. Raises `not_found`, `conflict` where its approval waits or
   * the list is another than was shown, and what the gate refuses.
   */
  async release(caller: Caller, id: string, { digest }: ScimBrakeRelease): Promise<ScimBrake | Held> {
    const { gate, approvals } = this.parts
    const brake = await this.find(caller, id)
    if (brake.state === 'held')
      throw problem('conflict', {
        detail: `Its approval waits for votes: gatehouse approvals approve ${brake.approval_id}`,
      })
    if (brake.state === 'released') throw problem('conflict', { detail: `It is open already, until ${brake.until}` })
    const digest_matches = digest === brake.digest && (await this.isWhole(brake))
    const outcome = await this.decide(caller, brake, 'scim.release', { digest_matches, votes: [] })
    if (outcome.kind !== 'hold') {
      await this.settle(gate.requireAllow(outcome), brake, {
        verdict: 'released',
        by: caller.actor.id,
        approvalId: null,
      })
      return this.find(caller, id)
    }
    const changes = await this.parts.database.inScope(scopeOf(caller), (tx) => rows.findChanges(tx, id))
    const request = brakeRequest({ ...brake, window_s: brake.window_minutes * 60 }, changes)
    const approval = await approvals.open(outcome, { ...request, openedBy: caller.actor.id })
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever said so last, with the votes, on the list as it is kept.
   * Safe to repeat. Rejects where no decision could be made, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'scim_brake' || !['approved', 'denied'].includes(settled.state)) return
    const { approval_id: approvalId } = settled
    const { database, approvals, gate } = this.parts
    const voted = await approvals.withVotes(approvalId)
    const subject = BrakeSubject.safeParse(voted?.approval.subject)
    if (!voted || !subject.success)
      return this.logger.warn({ approval: approvalId }, 'a brake was not what was voted on')
    const [brake, already] = await database.inScope({ platform: true }, async (tx) => [
      await rows.findBrake(tx, subject.data.brake_id),
      await rows.settledBy(tx, subject.data.brake_id),
    ])
    if (!brake || brake.tenant_id !== voted.approval.tenant_id || already === approvalId) return
    const caller = await this.speakerOf(voted)
    if (!caller) return this.logger.warn({ approval: approvalId }, 'who decided on a brake is gone')
    const action = settled.state === 'approved' ? 'scim.release' : 'scim.reject'
    const { list_digest, count } = subject.data
    const isShown = list_digest === brake.digest && count === brake.count && isUnedited(voted)
    const digest_matches = isShown && (await this.isWhole(brake))
    const outcome = await this.decide(caller, brake, action, { digest_matches, votes: voted.votes })
    if (outcome.kind === 'unavailable') throw gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'what people said to a brake was refused')
    const verdict = settled.state === 'approved' ? ('released' as const) : ('rejected' as const)
    await this.settle(outcome.permit, brake, { verdict, by: caller.actor.id, approvalId })
  }

  /** Whoever asked, where that was a person; else whoever voted last for what it came to. */
  private speakerOf({ approval, votes }: VotedApproval): Promise<Caller | null> {
    const verdict = approval.state === 'approved' ? 'approve' : 'deny'
    const last = votes.findLast((vote) => vote.verdict === verdict)?.voter
    const speaker = verdict === 'approve' && approval.action === 'scim.release' ? approval.opened_by : last
    return this.parts.callers.callerOf(speaker ?? approval.opened_by, approval.id)
  }

  /** Whether the list that is kept is the one that its digest is of. */
  private async isWhole({ id, tenant_id, digest, count }: ScimBrake): Promise<boolean> {
    const listed = await this.parts.database.inScope({ tenant: tenant_id }, (tx) => rows.findListed(tx, id))
    return listed.length === count && keptDigest(id, listed) === digest
  }

  private decide(
    caller: Caller,
    { id, tenant_id }: ScimBrake,
    action: 'scim.release' | 'scim.reject',
    scim_verdict: VerdictFacts,
  ): Promise<Outcome> {
    const resource = { kind: 'scim_brake', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    return this.parts.gate.decide(action, adminFacts(caller, resource, { scim_verdict }), about)
  }

  private async settle(
    permit: Permit,
    { id, digest }: ScimBrake,
    said: Pick<rows.BrakeVerdict, 'verdict' | 'by' | 'approvalId'>,
  ): Promise<void> {
    const lastsS = said.verdict === 'released' ? RELEASED_S : null
    const settled = await this.parts.gate.write(permit, (tx) => rows.settleBrake(tx, { ...said, id, digest, lastsS }))
    if (!settled && said.approvalId === null) throw problem('conflict', { detail: 'Its list has changed meanwhile' })
  }

  private async find(caller: Caller, id: string): Promise<ScimBrake> {
    const brake = await this.parts.database.inScope(scopeOf(caller), (tx) => rows.findBrake(tx, id))
    if (!brake) throw problem('not_found')
    return brake
  }
}

const isUnedited = ({ approval }: VotedApproval): boolean =>
  subjectDigest(approval.subject as object) === approval.subject_digest
