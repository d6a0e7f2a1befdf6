import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type { Publisher, PublisherCreate, SigningKey, SigningKeyAdd } from '#contract/api/registry.js'
import type { Action } from '#contract/actions.js'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { idPage, pageOfIds } from '../platform/http/page.js'
import {
  findPublisher,
  insertKey,
  insertPublisher,
  joinPublisher,
  listPublishers,
  markVerified,
  revokeKey,
} from './publishers.repository.js'
import { readSigningKey } from './signing-key.rules.js'

type PublisherAction = Extract<Action, 'publisher.key_add' | 'publisher.key_revoke' | 'publisher.verify'>

const TAKEN: Record<string, { pointer: string; detail: string }> = {
  publisher_slug_key: { pointer: '/slug', detail: 'is taken by another publisher' },
  publisher_key_keyid_key: { pointer: '/public_key', detail: 'is in the trust bundle already' },
}

const refuseTaken = (error: unknown): never => {
  const taken = TAKEN[violatedConstraint(error) ?? '']
  throw taken ? problem('already_exists', { errors: [taken] }) : error
}

/** Publishers and their signing keys: together the trust bundle. */
@Injectable()
export class Publishers {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /** Publishers, newest first. */
  async list(caller: Caller, query: { limit: number; cursor?: string | undefined }) {
    const page = idPage(query)
    return pageOfIds(await this.database.read(scopeOf(caller), (tx) => listPublishers(tx, page)), query.limit)
  }

  /**
   * Signs up a publisher of the caller's organisation, with the caller as its first member.
   * Raises `publisher.key_invalid`, `already_exists`, `conflict` where the caller is of a publisher already.
   */
  async create(caller: Caller, { public_key, ...named }: PublisherCreate): Promise<Publisher> {
    const { principalId, tenantId } = caller
    if (principalId === null || tenantId === null) throw problem('auth.required')
    const id = randomUUIDv7()
    const key = readSigningKey(public_key)
    const resource = { kind: 'publisher', id, tenant_id: tenantId, publisher_id: id }
    const about = { correlationId: caller.correlationId, tenantId, publisherId: id }
    const permit = this.gate.requireAllow(
      await this.gate.decide('publisher.register', adminFacts(caller, resource), about),
    )
    const created = await this.gate
      .write(permit, async (tx) => {
        const publisher = await insertPublisher(tx, { ...named, id, tenant_id: tenantId })
        if (!(await joinPublisher(tx, principalId, id)))
          throw problem('conflict', { detail: 'You are a member of a publisher already' })
        const owned = { id: randomUUIDv7(), tenant_id: tenantId, publisher_id: id, not_after: null }
        return { ...publisher, keys: [await insertKey(tx, { ...owned, ...key })] }
      })
      .catch(refuseTaken)
    this.callers.forget()
    return created
  }

  /** Adds a key to the publisher's. Raises `not_found`, `publisher.key_invalid`, `already_exists`. */
  async addKey(caller: Caller, publisherId: string, body: SigningKeyAdd): Promise<SigningKey> {
    const key = readSigningKey(body.public_key)
    const { publisher, permit } = await this.ask(caller, 'publisher.key_add', publisherId)
    const owned = { id: randomUUIDv7(), tenant_id: publisher.tenant_id, publisher_id: publisher.id }
    return this.gate
      .write(permit, (tx) => insertKey(tx, { ...owned, ...key, not_after: body.not_after ?? null }))
      .catch(refuseTaken)
  }

  /** Revokes a key: what it signed is not installed or called any more. Raises `not_found`. */
  async revokeKey(caller: Caller, publisherId: string, keyid: string): Promise<SigningKey> {
    const { permit } = await this.ask(caller, 'publisher.key_revoke', publisherId)
    const revoked = await this.gate.write(permit, (tx) => revokeKey(tx, publisherId, keyid))
    if (!revoked) throw problem('not_found')
    return revoked
  }

  /** States that the publisher is who it says. Raises `not_found`, `conflict`. */
  async verify(caller: Caller, publisherId: string): Promise<Publisher> {
    const { publisher, permit } = await this.ask(caller, 'publisher.verify', publisherId)
    if (!(await this.gate.write(permit, (tx) => markVerified(tx, publisher)))) throw problem('conflict')
    return this.find(caller, publisherId)
  }

  private async ask(
    caller: Caller,
    action: PublisherAction,
    publisherId: string,
  ): Promise<{ publisher: Publisher; permit: Permit }> {
    const publisher = await this.find(caller, publisherId)
    const { id, tenant_id } = publisher
    const resource = { kind: 'publisher', id, tenant_id, publisher_id: id }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id, publisherId: id }
    return {
      publisher,
      permit: this.gate.requireAllow(await this.gate.decide(action, adminFacts(caller, resource), about)),
    }
  }

  private async find(caller: Caller, id: string): Promise<Publisher> {
    const publisher = await this.database.read(scopeOf(caller), (tx) => findPublisher(tx, id))
    if (!publisher) throw problem('not_found')
    return publisher
  }
}
