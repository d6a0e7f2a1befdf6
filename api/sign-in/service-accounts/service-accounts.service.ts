import { randomUUIDv7 } from 'node:crypto'
import { calculateJwkThumbprint, importJWK } from 'jose'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import type {
  ClientCredential,
  ClientKeyCreate,
  ClientSecretCreate,
  ClientSecretCreated,
  PublicJwk,
  ServiceAccount,
  ServiceAccountCreate,
  ServiceAccountHandover,
} from '#contract/api/service-accounts.js'
import { problem } from '#contract/problems.js'
import type { GateService } from '../../gate/gate.service.js'
import { newApiKey } from '../../identity/api-key.rules.js'
import type { Callers } from '../../identity/caller-resolver.service.js'
import { requireKnownRoles } from '../../identity/held-roles.js'
import { makerOf, ownTenant, requireFuture } from '../../identity/identity-rows.rules.js'
import { findPerson } from '../../identity/people.repository.js'
import type { Pseudonyms } from '../../identity/pseudonyms.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { violatedConstraint } from '../../platform/database/unique-violation.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { pageBy } from '../../platform/http/page.js'
import { insertCredential, listCredentials, revokeCredential, type NewCredential } from './credentials.repository.js'
import { algorithmOf, jwkOf } from './assertion.rules.js'
import { askOfAccount, type Change, type ChangedAccount } from './account-change.js'
import {
  findServiceAccount,
  handOver,
  insertServiceAccount,
  listServiceAccounts,
} from './service-accounts.repository.js'

export interface ServiceAccountsParts {
  readonly database: Database
  readonly gate: GateService
  readonly callers: Pick<Callers, 'forget'>
  readonly pseudonyms: Pseudonyms
}
/** How many count at once: enough to replace one while the other is in use. */
const MOST = { secret: 2, key: 5 } as const

/** Service accounts, who answers for them, and what they prove themselves by. */
export class ServiceAccounts {
  constructor(private readonly parts: ServiceAccountsParts) {}

  /** Service accounts of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.parts.database.inScope(scopeOf(caller), (tx) => listServiceAccounts(tx, page, query.tenant_id ?? null)),
    )
  }

  /** Adds a service account of the caller's organisation. Raises `request.invalid`, and what the gate refuses. */
  async create(caller: Caller, body: ServiceAccountCreate): Promise<ServiceAccount> {
    const { database, gate, pseudonyms } = this.parts
    const { name, roles, custom_roles } = body
    const given = { id: randomUUIDv7(), tenant_id: ownTenant(caller), roles, custom_roles }
    await requireKnownRoles({ database, scope: scopeOf(caller) }, given)
    const owner_id = await this.owner(caller, given.tenant_id, body.owner_id ?? caller.principalId!)
    const permit = gate.requireAllow(await this.ask('service_account.create', caller, given))
    const row = { ...given, name, owner_id, ...pseudonyms.of(given.id), maker: makerOf(caller) }
    return gate.write(permit, (tx) => insertServiceAccount(tx, row))
  }

  /** Names another owner; an account that was refused for want of one counts again. Raises `not_found`, `conflict`, `request.invalid`. */
  async handover(caller: Caller, id: string, { version, owner_id }: ServiceAccountHandover): Promise<ServiceAccount> {
    const account = await this.found(caller, id)
    await this.owner(caller, account.tenant_id, owner_id)
    const { gate, callers } = this.parts
    const permit = gate.requireAllow(await this.ask('service_account.handover', caller, account))
    const changed = await gate.write(permit, (tx) => handOver(tx, { id, version, owner_id }))
    if (!changed) throw problem('conflict')
    callers.forget()
    return changed
  }

  /** Raises `not_found`. */
  async credentials(caller: Caller, id: string, query: { limit: number; cursor?: string | undefined }) {
    await this.found(caller, id)
    return pageBy(query, (page) => this.parts.database.inScope(scopeOf(caller), (tx) => listCredentials(tx, page, id)))
  }

  /** Makes a secret. Raises `not_found`, `conflict` where two count already, and what the gate refuses. */
  async addSecret(caller: Caller, id: string, body: ClientSecretCreate): Promise<ClientSecretCreated> {
    const { secret, prefix, hash } = newApiKey('client_secret')
    const added = await this.add(caller, id, { ...body, kind: 'secret', prefix, hash, jwk: null, kid: null })
    return { ...added, secret }
  }

  /** Registers a public key. Raises `not_found`, `request.invalid`, `already_exists`, `conflict`, and what the gate refuses. */
  async addKey(caller: Caller, id: string, { jwk, ...body }: ClientKeyCreate): Promise<ClientCredential> {
    const thumbprint = await thumbprintOf(jwk)
    const kid = jwk.kid ?? thumbprint
    return this.add(caller, id, { ...body, kind: 'key', prefix: null, hash: null, jwk: { ...jwk, kid }, kid })
  }

  /** Revokes a secret or key: its tokens end at once here, within a second elsewhere. Raises `not_found`, and what the gate refuses. */
  async revoke(caller: Caller, id: string, credentialId: string): Promise<ClientCredential> {
    const account = await this.found(caller, id)
    const { gate, callers } = this.parts
    const permit = gate.requireAllow(await this.ask('service_account.credential_revoke', caller, account))
    const revoked = await gate.write(permit, (tx) => revokeCredential(tx, { id: credentialId, principalId: id }))
    if (!revoked) throw problem('not_found')
    callers.forget()
    return revoked
  }

  private async add(
    caller: Caller,
    id: string,
    {
      expires_at,
      ...part
    }: Pick<NewCredential, 'kind' | 'name' | 'prefix' | 'hash' | 'jwk' | 'kid'> & {
      readonly expires_at?: string | undefined
    },
  ): Promise<ClientCredential> {
    const account = await this.found(caller, id)
    requireFuture(expires_at)
    const { gate } = this.parts
    const permit = gate.requireAllow(await this.ask('service_account.credential_add', caller, account))
    const { tenant_id } = account
    const of = { id: randomUUIDv7(), tenant_id, principal_id: id, expires_at: expires_at ?? null }
    const row = { ...part, ...of, maker: makerOf(caller) }
    const added = await gate
      .write(permit, (tx) => insertCredential(tx, row, MOST[part.kind]))
      .catch((error: unknown) => Promise.reject(kidTaken(error) as Error))
    if (added) return added
    throw problem('too_many', {
      detail: `${MOST[part.kind]} of this kind count at once: revoke one first (gatehouse service-accounts credentials ACCOUNT, then gatehouse service-accounts revoke ACCOUNT CREDENTIAL)`,
    })
  }

  private async found(caller: Caller, id: string): Promise<ServiceAccount> {
    const account = await this.parts.database.inScope(scopeOf(caller), (tx) => findServiceAccount(tx, id))
    if (!account) throw problem('not_found')
    return account
  }

  private async owner(caller: Caller, tenantId: string, id: string): Promise<string> {
    const person = await this.parts.database.read(scopeOf(caller), (tx) => findPerson(tx, id))
    if (person?.kind === 'user' && person.tenant_id === tenantId && person.disabled_at === null) return id
    throw problem('request.invalid', {
      errors: [{ pointer: '/owner_id', detail: 'must name an active person of the same organisation' }],
    })
  }

  private ask(action: Change, caller: Caller, account: ChangedAccount) {
    return askOfAccount(this.parts, { action, caller, account })
  }
}

/** RFC 7638. Raises `request.invalid` for what is no point of its curve. */
const thumbprintOf = async (jwk: PublicJwk): Promise<string> => {
  try {
    await importJWK(jwkOf(jwk), algorithmOf(jwk))
    return await calculateJwkThumbprint(jwkOf(jwk))
  } catch (cause) {
    throw problem('request.invalid', { errors: [{ pointer: '/jwk', detail: 'is no sound public key' }], cause })
  }
}

const kidTaken = (error: unknown): unknown =>
  violatedConstraint(error) === 'client_credential_kid'
    ? problem('already_exists', { errors: [{ pointer: '/jwk/kid', detail: 'names another key of this account' }] })
    : error
