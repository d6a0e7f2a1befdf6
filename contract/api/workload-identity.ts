import { z } from 'zod'
import { Instant, Uuid, text } from '../primitives.js'
import { Name } from './identity.js'
import { pageOf } from './page.js'
import { Issuer } from './sign-in.js'

/** Claims that say something of the token itself, and are checked in any case. */
const OWN_CLAIMS = ['iss', 'aud', 'exp', 'nbf', 'iat', 'jti']
const MAX_CLAIMS = 10
const WILDCARD = '*'

const ClaimName = z
  .string()
  .regex(/^[A-Za-z][A-Za-z0-9_.:/-]{0,99}$/, { error: 'must be the name of a claim, such as repository' })
  .refine((name) => !OWN_CLAIMS.includes(name), { error: 'is checked in any case: name another claim' })

/** What a claim must be: exactly this, or what begins with it where it ends in `*`. */
const ClaimPattern = text(500, 1).regex(/^[^*]+\*?$/, {
  error: 'must be a value, or the beginning of one followed by a single * at its end',
})

const Claims = z
  .record(ClaimName, ClaimPattern)
  .refine((claims) => Object.keys(claims).length <= MAX_CLAIMS, { error: `must name ${MAX_CLAIMS} claims at most` })

/**
 * Issuers that sign for everybody, and the claims by which they say whom for. A trust that names none of these would let
 * anybody in who has an account there.
 */
const SHARED_ISSUERS: Readonly<Record<string, readonly string[]>> = {
  'https://token.actions.githubusercontent.com': [
    ...['sub', 'repository', 'repository_id', 'repository_owner', 'repository_owner_id', 'job_workflow_ref'],
  ],
  'https://gitlab.com': ['sub', 'project_path', 'project_id', 'namespace_path', 'namespace_id'],
  'https://accounts.google.com': ['sub', 'email'],
  'https://app.terraform.io': ['sub', 'terraform_organization_id', 'terraform_workspace_id'],
  'https://agent.buildkite.com': ['sub', 'organization_id', 'pipeline_id'],
}

/** Whether a pattern says whose something is: wholly, or as far as the name that stands before a slash. */
const namesOwner = (pattern: string): boolean =>
  !pattern.endsWith(WILDCARD) || /[^:/*]\/|organization:[^:*]+:/.test(pattern)

const namesSomebody = ({ issuer, subject, claims }: Trust): boolean => {
  const owners = Object.hasOwn(SHARED_ISSUERS, issuer) ? SHARED_ISSUERS[issuer]! : undefined
  if (!owners || subject !== undefined) return true
  return Object.entries(claims).some(([name, pattern]) => owners.includes(name) && namesOwner(pattern))
}

interface Trust {
  readonly issuer: string
  readonly subject?: string | undefined
  readonly claims: Readonly<Record<string, string>>
}

/** Trust of a service account in the tokens of an outside issuer (RFC 8693). */
export const FederatedIdentity = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  principal_id: Uuid.describe('The service account; the client_id of the exchange'),
  name: Name,
  issuer: text(500),
  audience: text(300),
  subject: text(500).nullable().describe('What sub must be, exactly; null where claims say it'),
  claims: z.record(text(100), text(500)).describe('What other claims must be; one that ends in * is a beginning'),
  single_use: z.boolean().describe('Each token is exchanged once'),
  expires_at: Instant.nullable(),
  revoked_at: Instant.nullable(),
  last_used_at: Instant.nullable(),
  created_at: Instant,
})
export type FederatedIdentity = z.infer<typeof FederatedIdentity>
export const FederatedIdentityPage = pageOf(FederatedIdentity)

/** Trusts tokens of an issuer that answers at /.well-known/openid-configuration, of one subject or with certain claims. */
export const FederatedIdentityCreate = z
  .strictObject({
    name: Name,
    issuer: Issuer,
    audience: text(300, 1).optional().describe('What aud must be; the address of this service where absent'),
    subject: text(500, 1).optional().describe('What sub must be, exactly'),
    claims: Claims.default({}).describe('What other claims must be; one that ends in * is a beginning'),
    single_use: z
      .boolean()
      .default(true)
      .describe('Each token is exchanged once; false for tokens that a program reads anew from a file'),
    expires_at: Instant.optional().describe('It and its tokens end then; never where absent'),
  })
  .refine(({ subject, claims }) => subject !== undefined || Object.keys(claims).length > 0, {
    error: 'must be given where claims name nothing',
    path: ['subject'],
  })
  .refine(namesSomebody, {
    error: 'must say whose the token is, by sub or an owner: this issuer signs for everybody',
    path: ['claims'],
  })
export type FederatedIdentityCreate = z.infer<typeof FederatedIdentityCreate>
