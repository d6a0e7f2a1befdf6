import { randomUUIDv7 } from 'node:crypto'
import { Logger, type OnModuleInit } from '@nestjs/common'
import { z } from 'zod'
import type { Person } from '#contract/api/identity.js'
import type { Erasure } from '#contract/api/privacy.js'
import type { Outcome, Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { APPROVAL_TOPICS, type Approvals } from '../approvals/approvals.service.js'
import { adminFacts, type AdminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { heldRoles } from '../identity/held-roles.js'
import { ownerGone, ownershipAfter } from '../identity/ownership.rules.js'
import { countOtherOwners, findPerson } from '../identity/people.repository.js'
import { roleGrant, scopesOf } from '../identity/scopes.rules.js'
import type { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { held, type Held } from '../platform/http/held.js'
import type { Outbox } from '../platform/outbox/outbox.port.js'
import { erasePerson, idOf } from './erasure.repository.js'

/** What people are shown before they agree. It names the person by what is left of them afterwards. */
const ErasureSubject = z.strictObject({ pseudonym: z.string() })

/** The part of `approval.settled` that erasing needs. */
const Settled = z.looseObject({ approval_id: z.string(), kind: z.string(), state: z.string(), subject: z.unknown() })

type Votes = NonNullable<AdminFacts['erasure']>['votes']

export interface ErasureParts {
  readonly database: Database
  readonly gate: GateService
  readonly approvals: Pick<Approvals, 'open' | 'withVotes'>
  readonly callers: Pick<Callers, 'callerOf' | 'forget'>
  readonly outbox: Pick<Outbox, 'subscribe'>
}

/**
 * Erases people, once two have agreed. Decisions about it name the person by pseudonym alone: the id by which others know
 * them stands nowhere beside it, so that neither leads to the other.
 */
export class Erasures implements OnModuleInit {
  private readonly logger = new Logger('privacy')

  constructor(private readonly parts: ErasureParts) {}

  onModuleInit(): void {
    this.parts.outbox.subscribe(APPROVAL_TOPICS.settled, (payload) => this.onSettled(payload))
  }

  /**
   * Erases a person, or opens the approval that policy asks for. Raises `not_found`, `request.invalid` for a service
   * account, `conflict`, and what the gate refuses (`admin.last_owner`, `admin.role_beyond_own`, …).
   */
  async request(caller: Caller, id: string): Promise<Erasure | Held> {
    const { database, gate, approvals } = this.parts
    const person = await database.read(scopeOf(caller), (tx) => findPerson(tx, id))
    if (!person) throw problem('not_found')
    if (person.kind !== 'user')
      throw problem('request.invalid', {
        errors: [
          { pointer: '/params/id', detail: 'is a service account; disable it, and revoke what it proves itself by' },
        ],
      })
    const outcome = await this.decide(caller, person, [])
    if (outcome.kind === 'deny' || outcome.kind === 'unavailable') throw gate.refusal(outcome)
    if (outcome.kind === 'allow') return this.finish(outcome.permit, person)
    const { pseudonym } = person
    const approval = await approvals.open(outcome, {
      title: `Erase ${pseudonym} for good: name, address, accounts, sessions and keys`,
      subject: { pseudonym } satisfies z.infer<typeof ErasureSubject>,
      openedBy: caller.actor.id,
    })
    return held(approval, outcome.reasons, outcome.decisionId)
  }

  /**
   * Acts on `approval.settled`: decides again on behalf of whoever asked, with the votes and with what holds today. Safe to
   * repeat: whoever was erased is found no more. Rejects where it could not be done, so that the outbox tries again.
   */
  async onSettled(payload: unknown): Promise<void> {
    const settled = Settled.parse(payload)
    if (settled.kind !== 'erasure' || settled.state !== 'approved') return
    const { pseudonym } = ErasureSubject.parse(settled.subject)
    const approval = settled.approval_id
    const person = await this.parts.database.read({ platform: true }, async (tx) => {
      const id = await idOf(tx, pseudonym)
      return id === undefined ? undefined : findPerson(tx, id)
    })
    if (!person) return
    const voted = await this.parts.approvals.withVotes(approval)
    const caller = voted && (await this.parts.callers.callerOf(voted.approval.opened_by, approval))
    if (!caller) return this.logger.warn({ approval }, 'who asked for somebody to be erased is gone')
    const outcome = await this.decide(caller, person, voted.votes)
    if (outcome.kind === 'unavailable') throw this.parts.gate.refusal(outcome)
    if (outcome.kind !== 'allow')
      return this.logger.warn({ decision: outcome.decisionId }, 'erasing somebody was agreed to and refused')
    await this.finish(outcome.permit, person)
  }

  private async decide(caller: Caller, person: Person, votes: Votes): Promise<Outcome> {
    const { database, gate } = this.parts
    const { pseudonym: id, tenant_id, publisher_id, roles } = person
    const scope = scopeOf(caller)
    const others = await database.read(scope, (tx) => countOtherOwners(tx, person))
    const before = { ...person, disabled: person.disabled_at !== null }
    const ownership = ownershipAfter(before, { ...before, roles: [], disabled: true }, others)
    // Weighed like granting what they may do: nobody gets rid of those who may do more.
    const role_grant = roleGrant(caller, roles, scopesOf(await heldRoles({ database, scope }, person, 'all')))
    const resource = { kind: 'person', id, tenant_id, publisher_id }
    const facts = adminFacts(caller, resource, { role_grant, ownership, erasure: { votes: [...votes] } })
    return gate.decide('person.erase', facts, { correlationId: caller.correlationId, tenantId: tenant_id })
  }

  private async finish(permit: Permit, person: Person): Promise<Erasure> {
    const erased = await this.parts.gate
      .write(permit, (tx) => erasePerson(tx, { ...person, stub: randomUUIDv7() }))
      .catch((error: unknown) => Promise.reject(ownerGone(error) as Error))
    if (!erased) throw problem('conflict')
    this.parts.callers.forget()
    return erased
  }
}
