import { z } from 'zod'
import { Instant, RowVersion, Slug, Uuid, text } from '../primitives.js'
import { ROLE_IDS } from '../scopes.js'
import { CLIENT_AUTH_METHODS, JIT_MODES, PROVIDER_KINDS, SESSION_CLIENTS } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const isLocal = ({ hostname }: URL): boolean => hostname === '127.0.0.1' || hostname === '[::1]'

/** An issuer is compared as text, so it is kept as it came (OpenID Connect Discovery, section 4.3). */
export const Issuer = text(500, 8).refine(
  (value) => {
    if (!URL.canParse(value)) return false
    const url = new URL(value)
    const plain = url.protocol === 'http:' && isLocal(url)
    return (url.protocol === 'https:' || plain) && url.search === '' && url.hash === '' && url.username === ''
  },
  { error: 'must be an https URL without query or fragment, as the provider itself spells its issuer' },
)

/** A DNS name of two labels or more; internationalised names in their xn-- form, in lower case. */
export const DomainName = z
  .string()
  .max(253)
  .toLowerCase()
  .regex(/^(?=.{4,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]([a-z0-9-]{0,61}[a-z0-9])?$/, {
    error: 'must be a domain such as example.com; write an internationalised one in its xn-- form',
  })

const Scopes = z
  .array(z.string().regex(/^[\x21\x23-\x5b\x5d-\x7e]{1,100}$/, { error: 'must be an OAuth scope without spaces' }))
  .max(20)
  .refine((scopes) => scopes.includes('openid'), { error: 'must have openid among them' })
const Acr = z.array(text(200, 1)).max(20)
const JitRoles = z.array(z.enum(ROLE_IDS)).max(ROLE_IDS.length)
const ClientSecret = text(1000, 1)

const chosen = {
  name: text(120, 1),
  client_id: text(300, 1),
  client_auth: z
    .enum(CLIENT_AUTH_METHODS)
    .describe('How Gatehouse proves itself; the keys for private_key_jwt are at /auth/jwks.json'),
  scopes: Scopes,
  step_up_acr: Acr.describe('What the provider calls a sign-in with a second factor; asked for at a step-up'),
  jit: z
    .enum(JIT_MODES)
    .describe('Somebody who comes for the first time: refused, linked by verified address, or made'),
  jit_roles: JitRoles.describe('Roles of whoever is made'),
  dpop: z
    .boolean()
    .describe('Its codes and tokens are asked for with a proof of a key (RFC 9449); it must announce ES256 for that'),
}

/** What was taken of a SAML provider's metadata. */
export const SamlTrust = z.strictObject({
  sso_url: text(2000).describe('Where people are sent, by the HTTP-Redirect binding'),
  certificates: z.array(text(10_000)).max(10).describe('Base64 of DER; several while a key is rotated'),
})
export type SamlTrust = z.infer<typeof SamlTrust>

/** A provider, by OpenID or SAML, that an organisation trusts to say who somebody is. */
export const IdentityProvider = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  slug: Slug,
  kind: z.enum(PROVIDER_KINDS),
  issuer: text(500).describe('Of a SAML provider its entityID'),
  ...chosen,
  client_id: text(300, 1).describe('What the provider knows Gatehouse by; to a SAML provider its entityID'),
  scopes: z.array(text(100)).max(20),
  saml: SamlTrust.nullable().describe('null of an OpenID provider'),
  has_secret: z.boolean(),
  enabled: z.boolean().describe('Turned off, nobody signs in by it and every session by it ends'),
  version: z.int().positive(),
  created_at: Instant,
})
export type IdentityProvider = z.infer<typeof IdentityProvider>
export const IdentityProviderPage = pageOf(IdentityProvider)

const needsSecret = (method: string | undefined): boolean => method?.startsWith('client_secret') ?? false

/** A new provider; its issuer must answer at /.well-known/openid-configuration. */
export const IdentityProviderCreate = z
  .strictObject({
    slug: Slug,
    issuer: Issuer,
    ...chosen,
    client_auth: chosen.client_auth.default('private_key_jwt'),
    client_secret: ClientSecret.optional().describe('Kept encrypted, and never shown again'),
    scopes: Scopes.default(['openid', 'email', 'profile']),
    step_up_acr: chosen.step_up_acr.default([]),
    jit: chosen.jit.default('link'),
    jit_roles: chosen.jit_roles.default([]),
    dpop: chosen.dpop.default(false),
  })
  .refine(({ client_auth, client_secret }) => needsSecret(client_auth) === (client_secret !== undefined), {
    error: 'must come with client_secret_basic and client_secret_post, and with no other method',
    path: ['client_secret'],
  })
  .refine(({ jit, jit_roles }) => jit !== 'create' || jit_roles.length > 0, {
    error: 'must name a role where people are made',
    path: ['jit_roles'],
  })
export type IdentityProviderCreate = z.infer<typeof IdentityProviderCreate>

const samlMetadata = {
  metadata: text(300_000, 1).optional().describe('The EntityDescriptor of the provider, as XML'),
  metadata_url: Issuer.optional().describe('Where it is instead; it is read once, now'),
}
const oneMetadata = {
  error: 'must come with metadata or metadata_url, one of them',
  path: ['metadata'],
}
const hasOne = ({ metadata, metadata_url }: { metadata?: string | undefined; metadata_url?: string | undefined }) =>
  (metadata === undefined) !== (metadata_url === undefined)

/** A new SAML 2.0 provider, by its metadata. */
export const SamlProviderCreate = z
  .strictObject({
    slug: Slug,
    name: chosen.name,
    ...samlMetadata,
    step_up_acr: chosen.step_up_acr.default([]),
    jit: chosen.jit.default('link'),
    jit_roles: chosen.jit_roles.default([]),
  })
  .refine(hasOne, oneMetadata)
  .refine(({ jit, jit_roles }) => jit !== 'create' || jit_roles.length > 0, {
    error: 'must name a role where people are made',
    path: ['jit_roles'],
  })
export type SamlProviderCreate = z.infer<typeof SamlProviderCreate>

/** Newer metadata of the same provider, such as with the certificate that it signs by next. */
export const SamlProviderRenew = z.strictObject({ version: RowVersion, ...samlMetadata }).refine(hasOne, oneMetadata)
export type SamlProviderRenew = z.infer<typeof SamlProviderRenew>

/** The issuer stays: another one is another provider, with other people. */
export const IdentityProviderUpdate = z
  .strictObject({
    version: RowVersion,
    enabled: z.boolean().optional(),
    client_secret: ClientSecret.optional(),
    ...(Object.fromEntries(Object.entries(chosen).map(([name, schema]) => [name, schema.optional()])) as {
      [Name in keyof typeof chosen]: z.ZodOptional<(typeof chosen)[Name]>
    }),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, { error: 'must change something' })
export type IdentityProviderUpdate = z.infer<typeof IdentityProviderUpdate>

/** A domain that an organisation claims; once proven, whoever has an address in it is sent to its provider. */
export const Domain = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  domain: text(253),
  provider_id: Uuid.nullable().describe('Where people of this domain sign in'),
  record: z
    .strictObject({ name: text(300), type: z.literal('TXT'), value: text(200) })
    .describe('The record that proves it; leave it in place, it is looked up again'),
  verified_at: Instant.nullable(),
  checked_at: Instant.nullable(),
  version: z.int().positive(),
  created_at: Instant,
})
export type Domain = z.infer<typeof Domain>
export const DomainPage = pageOf(Domain)
export const DomainClaim = z.strictObject({ domain: DomainName, provider_id: Uuid.optional() })
export type DomainClaim = z.infer<typeof DomainClaim>

/** One sign-in, until it ends. */
export const Session = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  principal_id: Uuid,
  provider_id: Uuid.nullable().describe('null of a sign-in by a password or passkey of Gatehouse'),
  client: z.enum(SESSION_CLIENTS),
  label: text(200).describe('What the browser or command calls itself'),
  acr: text(200).nullable(),
  second_factor: z.boolean(),
  bound: z.boolean().describe('Its tokens count only with proofs of the key that they were given to (RFC 9449)'),
  auth_time: Instant,
  current: z.boolean().describe('The one that this request came with'),
  last_used_at: Instant.describe('To the minute'),
  idle_until: Instant.describe('Unused until then, it ends'),
  expires_at: Instant.describe('Used or not, it ends'),
  created_at: Instant,
})
export type Session = z.infer<typeof Session>
export const SessionPage = pageOf(Session)
export const SessionQuery = z.strictObject(pageQuery)
export const SessionsEnded = z.strictObject({ ended: z.int().nonnegative() })
export type SessionsEnded = z.infer<typeof SessionsEnded>
/** For a page in the browser: who is signed in, and what its requests that change something must carry. */
export const BrowserSession = z.strictObject({
  session: Session,
  csrf_token: text(64).describe('Send it as x-csrf-token'),
})
export type BrowserSession = z.infer<typeof BrowserSession>

/** The query of a sign-in. Without address, organisation and provider a page asks for one. */
export const LoginQuery = z.strictObject({
  login_hint: text(254).optional().describe('An e-mail address: its domain leads to the provider'),
  tenant: Slug.optional(),
  provider: Slug.optional().describe('A provider of that organisation; its only one where absent'),
  return_to: text(2000).optional().describe('A path of this service'),
  step_up: z.literal('1').optional().describe('Have the person prove who they are again, with a second factor'),
})
export type LoginQuery = z.infer<typeof LoginQuery>

/** What a provider sends the browser back with (RFC 6749 §4.1.2, RFC 9207); anything else it adds is let be. */
export const CallbackQuery = z.looseObject({
  state: text(200).optional(),
  code: text(4000).optional(),
  iss: text(500).optional(),
  error: text(200).optional(),
  error_description: text(2000).optional(),
})
export type CallbackQuery = z.infer<typeof CallbackQuery>

/** Where a command may be sent back to: this machine, on a port of its choice (RFC 8252 §7.3). */
export const LoopbackRedirect = text(300).regex(/^http:\/\/(127\.0\.0\.1|\[::1\]):\d{1,5}\/callback$/, {
  error: 'must be http://127.0.0.1:PORT/callback',
})
/** The one client of the authorization server here: the command. Public, so PKCE is asked of it (RFC 8252 §8.1). */
export const CLI_CLIENT_ID = 'gatehouse-cli'
/** SHA-256 thumbprint of a key (RFC 7638). */
export const Thumbprint = z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'must be a SHA-256 thumbprint (RFC 7638)' })
export const AuthorizeQuery = z.strictObject({
  response_type: z.literal('code'),
  client_id: z.literal(CLI_CLIENT_ID),
  redirect_uri: LoopbackRedirect,
  code_challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/, { error: 'must be the S256 challenge of RFC 7636' }),
  code_challenge_method: z.literal('S256'),
  state: text(200, 8),
  dpop_jkt: Thumbprint.optional().describe('The code is for whoever proves this key (RFC 9449, section 10)'),
  scope: text(500).optional(),
  tenant: Slug.optional(),
  login_hint: text(254).optional(),
  max_age: z.coerce.number().int().min(0).optional().describe('0 asks for a step-up'),
})
export type AuthorizeQuery = z.infer<typeof AuthorizeQuery>

/** Server metadata (RFC 8414), for the command. */
export const AuthorizationServer = z.looseObject({
  issuer: z.string(),
  authorization_endpoint: z.string(),
  token_endpoint: z.string(),
  device_authorization_endpoint: z.string(),
  revocation_endpoint: z.string(),
})
/** Answer of a token endpoint (RFC 6749 §5.1) or of a device authorization (RFC 8628 §3.2). */
export const OAuthAnswer = z.looseObject({})
