import { randomUUIDv7 } from 'node:crypto'
import { isDeepStrictEqual } from 'node:util'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import {
  WaiverRequest,
  type Waiver,
  type WaiverQuery,
  type WaiverRevocation,
  type WaiverShown,
} from '#contract/api/policy-waivers.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { APPROVAL_TOPICS, type Approvals } from '../approvals/approvals.service.js'
import { adminFacts, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { PolicyFollower } from '../gate/policy-follower.service.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { waivedDecisions } from '../ledger/waived-decisions.repository.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { findWaiver, insertWaiver, listWaivers, revokeWaiver, waiverSubject } from './waivers.repository.js'

/** How many of the decisions in which a waiver acted are shown. */
const SHOWN_DECISIONS = 20

/** What people are shown before they agree, and votes are bound to: the exception, and the rule that would not count. */
const WaiverSubject = z.strictObject({
  ...WaiverRequest.shape,
  rule: z.strictObject({ title: z.string(), description: z.string() }).nullable(),
})
type WaiverSubject = z.infer<typeof WaiverSubject>

/** The part of `approval.settled` that a waiver needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

type Votes = NonNullable<AdminFacts['waiver']>['votes']

/** What is granted, on whose behalf. */
interface Granting {
  readonly caller: Caller
  readonly wanted: WaiverRequest
  readonly approvalId: string | null
}

export interface WaiverParts {
  readonly database: Pick<Database, 'inScope'>
  readonly gate: Pick<GateService, 'decide' | 'requireAllow' | 'refusal' | 'write'>
  readonly approvals: Pick<Approvals, 'open' | 'withVotes'>
  readonly callers: Pick<Callers, 'callerOf'>
  readonly policies: Pick<PolicySet, 'active'>
  readonly follower: Pick<PolicyFollower, 'follow'>
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/** Expiring exceptions from policy, which two people agree to. They act as facts: every instance knows those in force. */
export class Waivers implements OnModuleInit {
  private readonly logger = new Logger('waivers')

  constructor(private readonly parts: WaiverParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /** Waivers, newest first. */
  async list(caller: Caller, query: WaiverQuery) {
    const rows = await this.parts.database.inScope(scopeOf(caller), (tx) => listWaivers(tx, idPage(query), query))
    return pageOfIds(rows, query.limit)
  }

  /** One waiver, and where it acted last. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<WaiverShown> {
    return this.parts.database.inScope(scopeOf(caller), async (tx) => {
      const waiver = await findWaiver(tx, id)
      if (!waiver) throw problem('not_found')
      const { reason, subject, granted_at: from, until } = waiver
      const acted = await waivedDecisions(tx, { id, reason, subject, from, until, limit: SHOWN_DECISIONS })
      return { ...waiver, acted }
    })
  }

  /**
   * Grants a waiver, or opens the approval that policy asks for. Raises `request.invalid` where there is no such
   * organisation or extension, and what the gate refuses (`admin.waiver_not_waivable`, …).
   */
  async request(caller: Caller, wanted: WaiverRequest): Promise<Waiver | Held> {
    const { database, gate, approvals } = this.parts
    const outcome = await this.decide(caller, wanted, [])
    if (outcome.kind === 'deny' || outcome.kind === 'unavailable') throw gate.refusal(outcome)
    const matter = await database.inScope({ platform: true }, (tx) => waiverSubject(tx, wanted.subject))
    // Of a name that nobody has yet, whoever takes it first would have the waiver.
    if (!matter) throw unknownSubject(wanted.subject)
    if (outcome.kind === 'allow') return this.finish(outcome.permit, { caller, wanted, approvalId: null })
    const approval = await approvals.open(outcome, {
      title: `Waive ${wanted.reason} for the ${wanted.subject.kind} ${wanted.subject.id} until ${wanted.until}`,
      subject: { ...wanted, rule: this.ruleOf(wanted.reason) } satisfies WaiverSubject,
      openedBy: caller.actor.id,
      ...(matter.publisher_id !== null && { subjectPublisherId: matter.publisher_id }),
    })
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /** Ends a waiver now. Raises `not_found`, `conflict` where it has ended already, and what the gate refuses. */
  async revoke(caller: Caller, id: string, { why }: WaiverRevocation): Promise<Waiver> {
    const { database, gate, follower } = this.parts
    const found = await database.inScope(scopeOf(caller), (tx) => findWaiver(tx, id))
    if (!found) throw problem('not_found')
    const outcome = await gate.decide('waiver.revoke', adminFacts(caller, resourceOf(id)), aboutOf(caller))
    const permit = gate.requireAllow(outcome)
    const revoked = await gate.write(permit, (tx) => revokeWaiver(tx, { id, by: caller.actor.id, why }))
    if (!revoked) throw problem('conflict', { detail: 'The waiver has ended already' })
    await follower.follow()
    return revoked
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever asked, with the votes and with what holds today.
   * Safe to repeat. Rejects where no decision could be made, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'waiver' || settled.state !== 'approved') return
    const { rule, ...wanted } = WaiverSubject.parse(settled.subject)
    const voted = await this.parts.approvals.withVotes(settled.approval_id)
    const approvalId = settled.approval_id
    const caller = voted && (await this.parts.callers.callerOf(voted.approval.opened_by, approvalId))
    if (!caller) return this.logger.warn({ approval: approvalId }, 'who asked for the waiver is gone')
    // People agreed that what they were shown shall not count, and to nothing that bears its name by now.
    if (!isDeepStrictEqual(rule, this.ruleOf(wanted.reason)))
      return this.logger.warn({ approval: approvalId }, 'the rule of a waiver changed before the votes were in')
    const outcome = await this.decide(caller, wanted, voted.votes)
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'a waiver that people agreed to was refused')
    await this.finish(outcome.permit, { caller, wanted, approvalId }).catch((error: unknown) => {
      // Told twice: it was granted the first time.
      if (violatedConstraint(error) !== 'policy_waiver_approval_id_key') throw error
    })
  }

  private decide(caller: Caller, { reason, subject, until }: WaiverRequest, votes: Votes): Promise<Outcome> {
    const waiver = {
      reason,
      waivable: this.parts.policies.active?.reasons[reason]?.waivable === true,
      lasts_s: Math.floor((Date.parse(until) - Date.now()) / 1000),
      votes: [...votes],
    }
    const facts = adminFacts(caller, resourceOf(`${reason} ${subject.id}`), { waiver })
    return this.parts.gate.decide('waiver.grant', facts, aboutOf(caller))
  }

  private async finish(permit: Permit, { caller, wanted, approvalId }: Granting): Promise<Waiver> {
    const made = { ...wanted, id: randomUUIDv7(), tenant_id: PLATFORM_TENANT_ID }
    const granted = await this.parts.gate.write(permit, (tx) =>
      insertWaiver(tx, { ...made, asked_by: caller.actor.id, approval_id: approvalId }),
    )
    await this.parts.follower.follow()
    return granted
  }

  private ruleOf(reason: string): WaiverSubject['rule'] {
    const entry = this.parts.policies.active?.reasons[reason]
    return entry ? { title: entry.title, description: entry.description } : null
  }
}

const resourceOf = (id: string) => ({
  ...{ kind: 'policy_waiver', id: id.slice(0, 200) },
  ...{ tenant_id: PLATFORM_TENANT_ID, publisher_id: null },
})

const aboutOf = ({ correlationId }: Caller) => ({ correlationId, tenantId: PLATFORM_TENANT_ID })

const unknownSubject = ({ kind, id }: WaiverRequest['subject']) =>
  problem('request.invalid', {
    errors: [{ pointer: '/subject/id', detail: `there is no ${kind} ${id}; name one that exists` }],
  })
