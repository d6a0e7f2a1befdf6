import { randomUUIDv7 } from 'node:crypto'
import type {
  IdentityProvider,
  IdentityProviderCreate,
  IdentityProviderUpdate,
  SamlProviderCreate,
  SamlProviderRenew,
} from '#contract/api/sign-in.js'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import type { GateService } from '../gate/gate.service.js'
import type { Callers } from '../identity/caller-resolver.service.js'
import { ownTenant } from '../identity/identity-rows.rules.js'
import { roleGrant, scopesOf } from '../identity/scopes.rules.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import type { Database } from '../platform/database/database.service.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'
import { openSecret, sealSecret, type KeyEncryptionKey } from '../platform/keys/sealed-secret.js'
import { announcesProofs, NO_PROOFS } from './openid/proof-keys.js'
import type { RelyingParty } from './openid/relying-party.js'
import type { IdpMetadata } from './saml/idp-metadata.rules.js'
import type { ServiceProvider } from './saml/service-provider.js'
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
  readonly serviceProvider: Pick<ServiceProvider, 'read' | 'entityId'>
  readonly kek: KeyEncryptionKey
}

const NEW = { enabled: true, version: 1 } as const
const OPENID = { kind: 'oidc', saml: null } as const
const trusted = ({ ssoUrl, certificates }: Omit<IdpMetadata, 'entityId'>) => ({
  sso_url: ssoUrl,
  certificates: [...certificates],
})

/** Raises `request.invalid` where something is to be changed that a SAML provider does not have. */
const refuseOpenId = (body: IdentityProviderUpdate): void => {
  const given = (['client_id', 'client_auth', 'client_secret', 'scopes', 'dpop'] as const).filter(
    (name) => name in body,
  )
  const detail = 'is of OpenID providers; newer metadata goes to /v1/identity-providers/{id}/saml'
  if (given.length > 0)
    throw problem('request.invalid', { errors: given.map((name) => ({ pointer: `/${name}`, detail })) })
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
    await this.probe(body)
    const sealed = client_secret === undefined ? null : sealSecret(kek, client_secret, placeOf({ tenant_id, id }))
    return gate
      .write(permit, (tx) => insertProvider(tx, { ...given, ...OPENID, id, tenant_id, ...NEW, sealed }))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Trusts a SAML provider by its metadata. Raises `request.invalid`, `already_exists`, and what the gate refuses. */
  async trustSaml(caller: Caller, { metadata, metadata_url, ...given }: SamlProviderCreate): Promise<IdentityProvider> {
    const { gate, serviceProvider } = this.parts
    const id = randomUUIDv7()
    const tenant_id = ownTenant(caller)
    const permit = gate.requireAllow(await this.ask('provider.create', caller, { ...given, id, tenant_id }))
    const { entityId, ...saml } = await serviceProvider.read({ metadata, metadata_url })
    const row = { ...given, id, tenant_id, ...NEW, kind: 'saml' as const, issuer: entityId, saml: trusted(saml) }
    const client = {
      client_id: serviceProvider.entityId(id),
      client_auth: 'none' as const,
      scopes: [],
      dpop: false,
      sealed: null,
    }
    return gate
      .write(permit, (tx) => insertProvider(tx, { ...row, ...client }))
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Takes newer metadata of the same SAML provider. Raises `not_found`, `conflict`, `request.invalid`, and what the gate refuses. */
  async renewSaml(caller: Caller, id: string, body: SamlProviderRenew): Promise<IdentityProvider> {
    const { database, gate, serviceProvider } = this.parts
    const kept = await database.inScope(scopeOf(caller), (tx) => findProvider(tx, id))
    if (kept?.kind !== 'saml') throw problem('not_found')
    const permit = gate.requireAllow(await this.ask('provider.update', caller, kept))
    const { entityId, ...saml } = await serviceProvider.read(body)
    if (entityId !== kept.issuer) {
      const pointer = body.metadata === undefined ? '/metadata_url' : '/metadata'
      const detail = 'is of another entityID: another provider, with other people'
      throw problem('request.invalid', { errors: [{ pointer, detail }] })
    }
    const row = { ...kept, version: body.version, saml: trusted(saml), sealed: null }
    const changed = await gate.write(permit, (tx) => updateProvider(tx, row))
    if (!changed) throw problem('conflict')
    return changed
  }

  /** Changes a provider. Raises `not_found`, `conflict`, `request.invalid`, and what the gate refuses. */
  async update(caller: Caller, id: string, body: IdentityProviderUpdate): Promise<IdentityProvider> {
    const { database, gate, kek, callers } = this.parts
    const kept = await database.inScope(scopeOf(caller), (tx) => findProvider(tx, id))
    if (!kept) throw problem('not_found')
    if (kept.kind === 'saml') refuseOpenId(body)
    const { client_secret, ...changes } = body
    const row = { ...kept, ...definite(changes) }
    const sealed = client_secret === undefined ? kept.client_secret : sealSecret(kek, client_secret, placeOf(kept))
    const permit = gate.requireAllow(await this.ask('provider.update', caller, row))
    if (row.dpop && !kept.dpop) await this.probe(row)
    const changed = await gate.write(permit, (tx) => updateProvider(tx, { ...row, sealed }))
    if (!changed) throw problem('conflict')
    callers.forget()
    return changed
  }

  private async probe({ issuer, dpop }: Pick<ProviderRow, 'issuer' | 'dpop'>): Promise<void> {
    const metadata = await this.parts.relyingParty.probe(issuer)
    if (dpop && !announcesProofs(metadata))
      throw problem('request.invalid', { errors: [{ pointer: '/dpop', detail: `must be false: ${NO_PROOFS}` }] })
  }

  /** A SAML provider that somebody names who is not signed in. Raises `not_found`. */
  async samlProvider(id: string): Promise<KnownProvider> {
    const found = await this.parts.database.inScope({ platform: true }, (tx) => findProvider(tx, id))
    if (found?.kind !== 'saml') throw problem('not_found')
    return found
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
    const role_grant = roleGrant(caller, jit_roles, given)
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
