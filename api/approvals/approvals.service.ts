import { randomUUIDv7 } from 'node:crypto'
import type { OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { Approval, ApprovalQuery, VoteRequest } from '#contract/api/approvals.js'
import type { VoteFacts } from '#contract/decisions/common.js'
import type { Outcome } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import { anonymousCaller, type Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import * as rows from './approvals.repository.js'
import { whoMade, whoStandsBehind, type Voter } from './makers.repository.js'
import { subjectDigest, tally, type Viewing } from './approvals.rules.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'

/** Outbox topics. `settled` tells the module that owns the kind; the others are for notices and expiry. */
export const APPROVAL_TOPICS = {
  opened: 'approval.opened',
  expiry: 'approval.expiry',
  settled: 'approval.settled',
} as const

/** Payload of `approval.opened` and `approval.expiry`. */
const Pending = z.looseObject({ approval_id: z.string() })

/** Payload of `approval.settled`. The owner gathers fresh facts, decides again with the votes, and only then acts. */
export type ApprovalSettled = Pick<Approval, 'kind' | 'action' | 'state' | 'subject'> & { readonly approval_id: string }

/** What people are shown and asked. `openedBy` is the pseudonym of whoever was held. */
export interface ApprovalRequest {
  readonly title: string
  readonly subject: object
  readonly openedBy: string
  readonly subjectPublisherId?: string
}

/** What a hold asks for, to be opened along with something else. */
export interface Opening {
  readonly action: Approval['action']
  readonly demand: Extract<Outcome, { kind: 'hold' }>['demand']
  readonly request: ApprovalRequest
}

/** An approval with the votes as policy sees them. */
export interface VotedApproval {
  readonly approval: Approval
  readonly votes: z.infer<typeof VoteFacts>[]
}

export interface ApprovalsParts {
  readonly database: Database
  readonly gate: GateService
  readonly outbox: Outbox
}

/** What waits for people. A vote only records; whoever owns the matter acts once it is settled. */
export class Approvals implements OnModuleInit {
  constructor(private readonly parts: ApprovalsParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.expiry, (payload) => this.expire(Pending.parse(payload).approval_id))
  }

  /** Closes what waits for something that has happened another way, or is no longer what was shown, in the transaction in which that happened. */
  async overtake(tx: GovernedTransaction, voiding: rows.Voiding): Promise<void> {
    await rows.voidApprovals(tx, voiding)
  }

  /** Opens what a hold asks for; the same person asking again for the same subject gets the one that is open already. */
  async open(hold: Extract<Outcome, { kind: 'hold' }>, request: ApprovalRequest): Promise<rows.OpenedApproval> {
    const { database, gate } = this.parts
    const { tenantId, action } = hold.permit
    const wanted = { action, subject_digest: subjectDigest(request.subject), opened_by: request.openedBy }
    const existing = await database.inScope({ tenant: tenantId }, (tx) => rows.findOpen(tx, wanted))
    if (existing) return existing
    return gate.write(hold.permit, (tx) => this.openIn(tx, { action, demand: hold.demand, request }))
  }

  /** Opens an approval in a transaction whose decision allows that, along with what it is about. */
  async openIn(tx: GovernedTransaction, { action, demand, request }: Opening): Promise<rows.OpenedApproval> {
    const { tenantId } = tx
    const opened = await rows.insertApproval(tx, {
      ...demand,
      ...{ id: randomUUIDv7(), tenant_id: tenantId, action, title: request.title, opened_by: request.openedBy },
      ...{ subject: request.subject as Approval['subject'], subject_digest: subjectDigest(request.subject) },
      subject_publisher_id: request.subjectPublisherId ?? null,
    })
    const payload = { approval_id: opened.id }
    await this.parts.outbox.emit(tx, { topic: APPROVAL_TOPICS.opened, tenantId, payload })
    const availableAt = new Date(opened.expires_at)
    await this.parts.outbox.emit(tx, { topic: APPROVAL_TOPICS.expiry, tenantId, payload, availableAt })
    return opened
  }

  /**
   * Has an approval ask for more, while nobody voted on it: whoever was shown what it said before is told so when they vote.
   * False where somebody voted, or it is no longer open.
   */
  amend(tx: GovernedTransaction, id: string, { title, subject }: Pick<ApprovalRequest, 'title' | 'subject'>) {
    return rows.amendApproval(tx, { id, title, subject, subject_digest: subjectDigest(subject) })
  }

  /** Approvals of the caller's organisation, or of all for platform operators. */
  async list(caller: Caller, query: ApprovalQuery) {
    const filter = {
      ...idPage(query),
      state: query.state ?? null,
      kind: query.kind ?? null,
      waiting: query.waiting === undefined ? null : query.waiting === 'true',
    }
    const viewing = await this.viewing(caller)
    const found = await this.parts.database.read(scopeOf(caller), (tx) => rows.listApprovals(tx, viewing, filter))
    return pageOfIds(found.map(shown), query.limit)
  }

  /** One approval. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<Approval> {
    return shown(await this.find(caller, id))
  }

  /**
   * Votes for exactly what the digest names. Raises `not_found`, `conflict` where somebody voted at the same moment, and
   * what the gate refuses (`admin.self_vote`, `admin.vote_made_by_opener`, …).
   */
  async vote(caller: Caller, id: string, body: VoteRequest): Promise<Approval> {
    const { gate } = this.parts
    const approval = await this.find(caller, id)
    if (caller.principalId === null) throw problem('auth.required')
    const about = { correlationId: caller.correlationId, tenantId: approval.tenant_id }
    const voter = { voter: caller.actor.id, key_id: caller.keyId }
    const made = await this.madeByOpener(approval, [voter])
    const facts = voteFacts(caller, approval, { ...body, madeByOpener: made.has(voter.voter) })
    const permit = gate.requireAllow(await gate.decide('approval.vote', facts, about))
    const vote = {
      ...body,
      id: randomUUIDv7(),
      tenant_id: approval.tenant_id,
      approval_id: id,
      principal_id: caller.principalId,
      key_id: caller.keyId,
      actor: caller.actor,
    }
    const state = tally([...approval.votes.map(({ verdict }) => verdict), body.verdict], approval.quorum)
    await gate.write(permit, async (tx) => {
      if (!(await rows.advanceApproval(tx, { id, version: approval.version, state }))) throw problem('conflict')
      await rows.insertVote(tx, vote)
      if (state !== 'open') await this.tellOwner(tx, { ...approval, state })
    })
    return this.show(caller, id)
  }

  /** An approval with its votes, for the module that owns the matter; null where there is none. */
  async withVotes(id: string): Promise<VotedApproval | null> {
    const nobody: Viewing = { actor: anonymousCaller('').actor, now: new Date(), made: [] }
    const found = await this.parts.database.read({ platform: true }, async (tx) => {
      const approval = await rows.findApproval(tx, nobody, id)
      return approval && { approval: shown(approval), recorded: await rows.votesOn(tx, id) }
    })
    if (!found) return null
    const { approval, recorded } = found
    const made = await this.madeByOpener(approval, recorded)
    const votes = recorded.map(({ key_id: _, ...vote }) => ({ ...vote, made_by_opener: made.has(vote.voter) }))
    return { approval, votes }
  }

  /** Tells the owner of an approval whose time has run out. Safe to repeat. */
  async expire(id: string): Promise<void> {
    const voted = await this.withVotes(id)
    if (voted?.approval.state === 'expired') await this.tellOwner(this.parts.database.records, voted.approval)
  }

  /**
   * Those of these voters whom whoever opened an approval made. What a service account opened counts as opened by those who
   * stand behind it as well: neither they nor whom they made vote on it.
   */
  async madeByOpener({ opened_by, scope }: Approval, voters: readonly Voter[]): Promise<Set<string>> {
    return this.parts.database.inScope({ platform: true }, async (tx) => {
      const behind = (await whoStandsBehind(tx, [opened_by])).map(({ person }) => person)
      const made = await whoMade(tx, voters, [scope])
      const makers = new Set([opened_by, ...behind])
      const puppets = made.filter(({ maker }) => makers.has(maker)).map(({ voter }) => voter)
      return new Set([...puppets, ...voters.map(({ voter }) => voter).filter((voter) => behind.includes(voter))])
    })
  }

  private async find(caller: Caller, id: string): Promise<rows.ApprovalRow> {
    const viewing = await this.viewing(caller)
    const found = await this.parts.database.read(scopeOf(caller), (tx) => rows.findApproval(tx, viewing, id))
    if (!found) throw problem('not_found')
    return found
  }

  /** How a caller sees approvals: one does not wait for whom `madeByOpener` names. */
  private async viewing(caller: Caller): Promise<Viewing> {
    const { actor, keyId } = caller
    const { database } = this.parts
    const votes = actor.scopes.includes('approvals:vote')
    const asked = votes ? await database.read(scopeOf(caller), rows.openMatters) : []
    const matters = asked.filter(({ scope }) => actor.scopes.includes(scope))
    const scopes = [...new Set(matters.map(({ scope }) => scope))]
    const voter = { voter: actor.id, key_id: keyId }
    const now = new Date()
    if (scopes.length === 0) return { actor, now, made: [] }
    return database.inScope({ platform: true }, async (tx) => {
      const made = await whoMade(tx, [voter], scopes)
      const behind = await whoStandsBehind(tx, [...new Set(matters.map(({ opened_by }) => opened_by))])
      const isOurs = (person: string, of: string) =>
        person === actor.id || made.some(({ scope, maker }) => scope === of && maker === person)
      const accounts = scopes.flatMap((scope) =>
        behind.filter(({ person }) => isOurs(person, scope)).map(({ opener }) => ({ scope, maker: opener })),
      )
      return { actor, now, made: [...made, ...accounts] }
    })
  }

  private tellOwner(tx: Parameters<Outbox['emit']>[0], approval: Approval): Promise<void> {
    const { id, tenant_id, kind, action, state, subject } = approval
    const payload: ApprovalSettled = { approval_id: id, kind, action, state, subject }
    return this.parts.outbox.emit(tx, { topic: APPROVAL_TOPICS.settled, tenantId: tenant_id, payload })
  }
}

const shown = ({ version: _, ...approval }: rows.ApprovalRow): Approval => approval

const voteFacts = (
  caller: Caller,
  approval: Approval,
  { subject_digest, madeByOpener }: VoteRequest & { madeByOpener: boolean },
) => {
  const { id, tenant_id, subject_publisher_id } = approval
  const resource = { kind: 'approval', id, tenant_id, publisher_id: subject_publisher_id }
  return adminFacts(caller, resource, {
    approval: {
      kind: approval.kind,
      state: approval.state,
      opened_by_actor: approval.opened_by === caller.actor.id,
      voter_made_by_opener: madeByOpener,
      voted_already: approval.votes.some(({ voter }) => voter === caller.actor.id),
      eligible_scope: approval.scope,
      subject_publisher_id,
      subject_tenant_id: tenant_id,
      digest_matches: subject_digest === approval.subject_digest,
    },
  })
}
