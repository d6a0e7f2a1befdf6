import { randomUUIDv7 } from 'node:crypto'
import type { IdentityProvider, IdentityProviderCreate, IdentityProviderUpdate } from '#contract/api/sign-in.js'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { ownTenant } from '../identity/identity-rows.rules.js'
import { scopesBeyond, scopesOf } from '../identity/scopes.rules.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { openSecret, sealSecret, type KeyEncryptionKey } from '../platform/keys/sealed-secret.js'
import type { RelyingParty } from './openid/relying-party.js'
import {
  findProvider,
  insertProvider,
  listProviders,
  updateProvider,
  type KnownProvider,
  type ProviderRow,
} from './providers.repository.js'

export interface ProvidersParts {
  readonly database: Database
  readonly gate: GateService
  readonly callers: Callers
  readonly relyingParty: Pick<RelyingParty, 'probe'>
  readonly kek: KeyEncryptionKey
}

/** Where a provider's secret belongs. Bound into its encryption: it opens nowhere else. */
const placeOf = ({ tenant_id, id }: Pick<ProviderRow, 'tenant_id' | 'id'>): string => `${tenant_id}/provider/${id}`

const nameTaken = (error: unknown): unknown =>
  violatedConstraint(error) === 'identity_provider_tenant_id_slug_key'
    ? problem('already_exists', { errors: [{ pointer: '/slug', detail: 'is the name of another provider' }] })
    : error

/** Identity providers of organisations. Every change is decided by the admin gate. */
export class Providers {
  constructor(private readonly parts: ProvidersParts) {}

  /** Providers of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.parts.database.inScope(scopeOf(caller), (tx) => listProviders(tx, page, query.tenant_id ?? null)),
    )
  }

  /** Trusts a provider whose discovery document answers. Raises `request.invalid`, `already_exists`, and what the gate refuses. */
  async create(caller: Caller, body: IdentityProviderCreate): Promise<IdentityProvider> {
    const { kek, gate } = this.parts
    const { client_secret, ...given } = body
    const id = randomUUIDv7()
    const tenant_id = ownTenant(caller)
    const permit = gate.requireAllow(await this.ask('provider.create', caller, { ...given, id, tenant_id }))
    await this.parts.relyingParty.probe(body.issuer)
    const sealed = client_secret === undefined ? null : sealSecret(kek, client_secret, placeOf({ tenant_id, id }))
    return gate
      .write(permit, (tx) => insertProvider(tx, { ...given, id, tenant_id, enabled: true, version: 1, sealed }))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Changes a provider. Raises `not_found`, `conflict`, and what the gate refuses. */
  async update(caller: Caller, id: string, body: IdentityProviderUpdate): Promise<IdentityProvider> {
    const { database, gate, kek, callers } = this.parts
    const kept = await database.inScope(scopeOf(caller), (tx) => findProvider(tx, id))
    if (!kept) throw problem('not_found')
    const { client_secret, ...changes } = body
    const row = { ...kept, ...definite(changes) }
    const sealed = client_secret === undefined ? kept.client_secret : sealSecret(kek, client_secret, placeOf(kept))
    const permit = gate.requireAllow(await this.ask('provider.update', caller, row))
    const changed = await gate.write(permit, (tx) => updateProvider(tx, { ...row, sealed }))
    if (!changed) throw problem('conflict')
    callers.forget()
    return changed
  }

  /** The client secret of a provider; null where it has none. */
  secretOf(provider: KnownProvider): string | null {
    return provider.client_secret && openSecret(this.parts.kek, provider.client_secret, placeOf(provider))
  }

  /** Whoever lets a provider make people hands out the roles that they get. */
  private ask(
    action: 'provider.create' | 'provider.update',
    caller: Caller,
    { id, tenant_id, jit_roles }: Pick<ProviderRow, 'id' | 'tenant_id' | 'jit_roles'>,
  ) {
    const given = scopesOf({ roles: jit_roles, custom_scopes: [] })
    const role_grant = { roles: jit_roles, scopes_beyond_actor: scopesBeyond(given, caller.actor.scopes) }
    const resource = { kind: 'identity_provider', id, tenant_id, publisher_id: null }
    const about = { correlationId: caller.correlationId, tenantId: tenant_id }
    return this.parts.gate.decide(action, adminFacts(caller, resource, { role_grant }), about)
  }
}

/** The fields that are there: with `exactOptionalPropertyTypes` an absent one must not overwrite. */
const definite = <T extends object>(changes: T) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined)) as {
    [Name in keyof T]-?: Exclude<T[Name], undefined>
  }
