import { createPublicKey, generateKeyPairSync, randomUUIDv7 } from 'node:crypto'
import type { Key, Person, Tenant } from '#contract/api/identity.js'
import type { Workspace } from '#contract/api/workspaces.js'
import type { Role } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { keyIdOf } from '#runtime/bundle/dsse.js'
import { newApiKey } from './api-key.rules.js'
import type { NewKey } from './keys.repository.js'
import type { NewPerson } from './people.repository.js'
import type { Pseudonyms } from './pseudonyms.service.js'
import { scopesOf } from './scopes.rules.js'

/** Somebody to be there from the start; `label` names their API key in the keys file. */
export interface Founder {
  readonly label: string
  readonly name: string
  readonly email: string | null
  readonly roles: Role[]
  readonly kind: Person['kind']
  /** Slug of the founding publisher that they work for. */
  readonly publisher?: string
}

/** An organisation to be there from the start, with its people and publishers. */
export interface FoundingTenant {
  /** Fixed for the platform's own tenant, fresh for the others. */
  readonly id?: string
  readonly slug: string
  readonly name: string
  readonly people: readonly Founder[]
  readonly publishers?: readonly { readonly slug: string; readonly name: string; readonly contact: string }[]
}

/** A publisher with the public half of its first signing key. */
export interface FoundingPublisher {
  readonly id: string
  readonly tenant_id: string
  readonly slug: string
  readonly name: string
  readonly contact: string
  readonly key: { readonly id: string; readonly keyid: string; readonly public_key: string }
}

/** All rows of a founding, and the secrets that exist nowhere else: API keys by label, signing keys (PEM) by publisher. */
export interface Founding {
  readonly tenants: Pick<Tenant, 'id' | 'slug' | 'name'>[]
  readonly workspaces: Pick<Workspace, 'id' | 'tenant_id' | 'slug' | 'name'>[]
  readonly publishers: FoundingPublisher[]
  readonly people: NewPerson[]
  readonly keys: NewKey[]
  readonly apiKeys: Record<string, string>
  readonly signingKeys: Record<string, string>
}

/** The tenant that platform staff belong to. */
export const platformTenant = (people: readonly Founder[]): FoundingTenant => ({
  id: PLATFORM_TENANT_ID,
  slug: 'platform',
  name: 'Platform',
  people,
})

const newSigningKey = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
    privateKeyEncoding: { type: 'pkcs8', format: 'pem' },
    publicKeyEncoding: { type: 'spki', format: 'pem' },
  })
  const keyid = keyIdOf(createPublicKey(publicKey))
  return { privateKey, key: { id: randomUUIDv7(), keyid, public_key: publicKey } }
}

/** Draws up the rows of these organisations, with fresh ids and keys. `pseudonymOf` gives what decisions call a principal. */
export const draftFounding = (tenants: readonly FoundingTenant[], pseudonymOf: Pseudonyms['of']): Founding => {
  const founding: Founding = {
    tenants: [],
    workspaces: [],
    publishers: [],
    people: [],
    keys: [],
    apiKeys: {},
    signingKeys: {},
  }
  for (const tenant of tenants) addTenant(founding, tenant, pseudonymOf)
  return founding
}

const addTenant = (founding: Founding, tenant: FoundingTenant, pseudonymOf: Pseudonyms['of']): void => {
  const tenantId = tenant.id ?? randomUUIDv7()
  founding.tenants.push({ id: tenantId, slug: tenant.slug, name: tenant.name })
  founding.workspaces.push({ id: randomUUIDv7(), tenant_id: tenantId, slug: 'default', name: 'Default' })
  for (const { slug, name, contact } of tenant.publishers ?? []) {
    const { privateKey, key } = newSigningKey()
    founding.publishers.push({ id: randomUUIDv7(), tenant_id: tenantId, slug, name, contact, key })
    founding.signingKeys[slug] = privateKey
  }
  for (const founder of tenant.people) addPerson(founding, founder, { tenantId, pseudonymOf })
}

const addPerson = (
  founding: Founding,
  founder: Founder,
  { tenantId, pseudonymOf }: { tenantId: string; pseudonymOf: Pseudonyms['of'] },
): void => {
  const id = randomUUIDv7()
  const { label, name, email, roles, kind } = founder
  const publisher_id = founding.publishers.find(({ slug }) => slug === founder.publisher)?.id ?? null
  founding.people.push({
    id,
    tenant_id: tenantId,
    publisher_id,
    kind,
    name,
    email,
    roles,
    custom_roles: [],
    ...pseudonymOf(id),
    maker: null,
  })
  const { secret, prefix, hash } = newApiKey()
  const key: Pick<Key, 'name' | 'scopes' | 'expires_at'> = {
    name: 'first key',
    scopes: scopesOf({ roles, custom_scopes: [] }),
    expires_at: null,
  }
  founding.keys.push({ id: randomUUIDv7(), tenant_id: tenantId, principal_id: id, prefix, hash, issuer: null, ...key })
  founding.apiKeys[label] = secret
}
