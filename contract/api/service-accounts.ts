import { z } from 'zod'
import { Instant, RowVersion, Uuid, text } from '../primitives.js'
import { CustomRoles, Name, Person, Roles } from './identity.js'
import { pageOf } from './page.js'

/** A service account: somebody who is a program, and the person who answers for it. */
export const ServiceAccount = z.strictObject({
  ...Person.omit({ email: true, kind: true }).shape,
  owner_id: Uuid.nullable().describe('Who answers for it: once they are disabled, it is refused until handed over'),
})
export type ServiceAccount = z.infer<typeof ServiceAccount>
export const ServiceAccountPage = pageOf(ServiceAccount)

/** A new service account, within what the giver may do. */
export const ServiceAccountCreate = z
  .strictObject({
    name: Name,
    roles: Roles,
    custom_roles: CustomRoles.default([]),
    owner_id: Uuid.optional().describe('An active person of the same organisation; the caller where absent'),
  })
  .refine(({ roles, custom_roles }) => roles.length + custom_roles.length > 0, {
    error: 'must name a role, here or in custom_roles',
    path: ['roles'],
  })
export type ServiceAccountCreate = z.infer<typeof ServiceAccountCreate>

/** `version` is that of the account as read. */
export const ServiceAccountHandover = z.strictObject({
  version: RowVersion,
  owner_id: Uuid.describe('An active person of the same organisation'),
})
export type ServiceAccountHandover = z.infer<typeof ServiceAccountHandover>

/** What a service account proves itself by at the token endpoint; of a secret only its hash is kept. */
export const ClientCredential = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  principal_id: Uuid.describe('The service account; its client_id'),
  kind: z.enum(['secret', 'key']),
  name: Name,
  prefix: text(8).nullable().describe('Of a secret: how it begins'),
  kid: text(100).nullable().describe('Of a key: the key id that assertions name'),
  expires_at: Instant.nullable(),
  revoked_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
  created_at: Instant,
})
export type ClientCredential = z.infer<typeof ClientCredential>
export const ClientCredentialPage = pageOf(ClientCredential)

const chosen = {
  name: Name,
  expires_at: Instant.optional().describe('It and its tokens end then; never where absent'),
}
/** Two secrets count at once, so that one is replaced while the other is in use. */
export const ClientSecretCreate = z.strictObject(chosen)
export type ClientSecretCreate = z.infer<typeof ClientSecretCreate>
export const ClientSecretCreated = z.strictObject({
  ...ClientCredential.shape,
  secret: text(64).describe('Shown this once, and kept only as a hash'),
})
export type ClientSecretCreated = z.infer<typeof ClientSecretCreated>

const Coordinate = z.string().regex(/^[A-Za-z0-9_-]{40,100}$/, { error: 'must be base64url' })
const Kid = z.string().regex(/^[\x21-\x7e]{1,100}$/, { error: 'must be 1 to 100 printable characters without spaces' })
const jwk = { kid: Kid.optional().describe('The RFC 7638 thumbprint where absent'), use: z.literal('sig').optional() }
/** A public key (RFC 7517) for private_key_jwt; one with private parts is refused. */
export const PublicJwk = z.discriminatedUnion('kty', [
  z.strictObject({
    ...{ ...jwk, kty: z.literal('EC'), crv: z.literal('P-256'), alg: z.literal('ES256').optional() },
    ...{ x: Coordinate, y: Coordinate },
  }),
  z.strictObject({
    ...{ ...jwk, kty: z.literal('OKP'), crv: z.literal('Ed25519'), alg: z.enum(['EdDSA', 'Ed25519']).optional() },
    x: Coordinate,
  }),
  z.strictObject({
    ...{ ...jwk, kty: z.literal('RSA'), alg: z.enum(['RS256', 'PS256']).optional() },
    n: z.string().regex(/^[A-Za-z0-9_-]{342,1400}$/, { error: 'must be a modulus of 2048 bits or more, in base64url' }),
    e: z.literal('AQAB', { error: 'must be AQAB' }),
  }),
])
export type PublicJwk = z.infer<typeof PublicJwk>
export const ClientKeyCreate = z.strictObject({ ...chosen, jwk: PublicJwk })
export type ClientKeyCreate = z.infer<typeof ClientKeyCreate>
