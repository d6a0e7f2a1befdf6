import { z } from 'zod'
import { Email, Instant, RowVersion, Slug, Uuid, text } from '../primitives.js'
import { ROLE_IDS, SCOPE_IDS } from '../scopes.js'
import { DOCUMENT_KINDS, SESSION_CLIENTS, TENANT_STATES } from '../vocabulary.js'
import { CustomRoleName, GroupRule } from './documents.js'
import { pageOf, pageQuery } from './page.js'
import { RolesInWorkspace, Workspace } from './workspaces.js'

export const Name = text(120, 1)
export const Roles = z
  .array(z.enum(ROLE_IDS))
  .max(ROLE_IDS.length)
  .transform((roles) => [...new Set(roles)])
export const CustomRoles = z
  .array(CustomRoleName)
  .max(20)
  .transform((names) => [...new Set(names)])
  .describe("Roles of the organisation's own, by name")
const PERSON_KINDS = ['user', 'service_account'] as const

/** Who a key belongs to, and what it may do. */
export const Whoami = z.strictObject({
  id: Uuid,
  name: Name,
  kind: z.enum(PERSON_KINDS),
  pseudonym: text(64).describe('What decisions call you'),
  tenant: z.strictObject({ id: Uuid, slug: Slug, name: Name }),
  publisher_id: Uuid.nullable(),
  roles: z.array(z.enum(ROLE_IDS)),
  custom_roles: z.array(Slug),
  scopes: z.array(z.enum(SCOPE_IDS)),
  in_workspaces: z.array(RolesInWorkspace).describe('Roles that you hold within one workspace alone'),
  key: z
    .strictObject({ id: Uuid, name: Name, prefix: text(8), expires_at: Instant.nullable() })
    .nullable()
    .describe('Null for somebody who signed in'),
  session: z
    .strictObject({ id: Uuid, client: z.enum(SESSION_CLIENTS), expires_at: Instant })
    .nullable()
    .describe('Null for whoever came with a key'),
})
export type Whoami = z.infer<typeof Whoami>

/** What ended with somebody's access. */
export const EndedAccess = z.strictObject({
  sessions: z.int().nonnegative(),
  keys: z.int().nonnegative(),
  tokens: z.int().nonnegative(),
  accounts: z.array(Uuid).describe('Service accounts that are refused until somebody else answers for them'),
})

/** Leaving one's organisation. */
export const Leave = z.strictObject({ slug: Slug.describe('The slug of your organisation, once more') })
export type Leave = z.infer<typeof Leave>

/** Somebody who left their organisation, with what ended. */
export const Left = z.strictObject({
  id: Uuid,
  pseudonym: text(64),
  disabled_at: Instant.describe('From then on; who may change people lets them in again'),
  ended: EndedAccess,
})
export type Left = z.infer<typeof Left>

/** What an organisation chooses for itself. */
export const TenantSettings = z.strictObject({
  certification_mode: z
    .enum(['warn', 'block'])
    .describe('Whether an uncertified version may be installed with a warning, or not at all'),
  sign_in: z
    .enum(['sso_only', 'local_allowed'])
    .describe('Whether people sign in by identity providers alone, or by passwords and passkeys here too'),
})
export type TenantSettings = z.infer<typeof TenantSettings>

/** An organisation. */
export const Tenant = z.strictObject({
  id: Uuid,
  slug: Slug,
  name: Name,
  status: z.enum(TENANT_STATES),
  suspended_because: text(500).nullable().describe('What its people are told; null while it is active'),
  closing: z
    .strictObject({
      until: Instant.describe('From then on all that it has goes'),
      because: text(500),
      by: text(64).describe('Pseudonym of whoever asked for it'),
      by_platform: z.boolean().describe("Whether the platform's operators asked, who alone call it off then"),
    })
    .nullable()
    .describe('Null unless it is closing'),
  closed_at: Instant.nullable(),
  sandbox_until: Instant.nullable().describe('When a sandbox ends by itself; null for any other organisation'),
  settings: TenantSettings,
  version: z.int().positive(),
  created_at: Instant,
})
export type Tenant = z.infer<typeof Tenant>
export const TenantPage = pageOf(Tenant)

/** A new organisation with its default workspace and its first owner, who still needs a key. */
export const TenantCreate = z.strictObject({
  slug: Slug,
  name: Name,
  owner: z.strictObject({ name: Name, email: Email }),
})
export type TenantCreate = z.infer<typeof TenantCreate>

/** `version` is that of the organisation as read; one changed meanwhile is a conflict. */
export const TenantUpdate = z
  .strictObject({
    version: RowVersion,
    name: Name.optional(),
    settings: TenantSettings.partial().optional(),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, { error: 'must change something' })
export type TenantUpdate = z.infer<typeof TenantUpdate>

/** `version` is that of the organisation as read. */
export const TenantSuspend = z.strictObject({
  version: RowVersion,
  reason: text(500, 1).describe('Why; its people are told, and it goes on record'),
})
export type TenantSuspend = z.infer<typeof TenantSuspend>
export const TenantResume = z.strictObject({ version: RowVersion })
export type TenantResume = z.infer<typeof TenantResume>

/** `version` is that of the organisation as read; `slug` is its name once more, so that none is deleted by mistake. */
export const TenantDelete = z.strictObject({
  version: RowVersion,
  slug: Slug.describe('The slug of the organisation, once more'),
  reason: text(500, 1).describe('Why; its owners are told, and it goes on record'),
})
export type TenantDelete = z.infer<typeof TenantDelete>
export const TenantRestore = z.strictObject({ version: RowVersion })
export type TenantRestore = z.infer<typeof TenantRestore>

/** Ownership goes from the caller to somebody of the same organisation. */
export const OwnershipTransfer = z.strictObject({
  to: Uuid.describe('An active person of the same organisation'),
})
export type OwnershipTransfer = z.infer<typeof OwnershipTransfer>

/** A person or service account, as its organisation sees it. */
export const Person = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  publisher_id: Uuid.nullable(),
  kind: z.enum(PERSON_KINDS),
  name: Name,
  email: text(254).nullable(),
  roles: z.array(z.enum(ROLE_IDS)),
  custom_roles: z.array(Slug),
  pseudonym: text(64),
  disabled_at: Instant.nullable(),
  version: z.int().positive(),
  created_at: Instant,
})
export type Person = z.infer<typeof Person>
export const PersonPage = pageOf(Person)

/** Which roles somebody has: their own, and those that rules give the groups that they are in. */
export const PersonRoles = z.strictObject({
  id: Uuid,
  own: Person.pick({ roles: true, custom_roles: true }),
  by_groups: z.array(
    z.strictObject({
      group: z.strictObject({ id: Uuid, display_name: z.string() }),
      rules: Slug.describe('Name of the rules that say so'),
      revision: z.int().positive(),
      rule: GroupRule,
    }),
  ),
  in_workspaces: z.array(RolesInWorkspace).describe('Roles that they were given within one workspace themselves'),
})
export type PersonRoles = z.infer<typeof PersonRoles>

/** People who have roles by groups, each with the rules that give them. */
export const RolesByGroupsPage = pageOf(PersonRoles.pick({ id: true, by_groups: true }))

/** Both as they are after it: the new owner, and whoever was one, now an administrator. */
export const OwnershipTransferred = z.strictObject({
  owner: Person,
  former: Person,
  warnings: z.array(text(500)).describe('What keeps the new owner from acting as one, and what to do'),
})
export type OwnershipTransferred = z.infer<typeof OwnershipTransferred>

export const TenantCreated = z.strictObject({ tenant: Tenant, workspace: Workspace, owner: Person })
export type TenantCreated = z.infer<typeof TenantCreated>

/** Somebody new, within what the giver may do. */
export const PersonCreate = z.strictObject({
  name: Name,
  kind: z.enum(PERSON_KINDS).default('user'),
  email: Email.optional(),
  roles: Roles.describe('In the whole organisation; none for somebody who has roles in a workspace alone'),
  custom_roles: CustomRoles.default([]),
  publisher_id: Uuid.optional().describe('The publisher that this person works for; of the same organisation'),
  tenant_id: Uuid.optional().describe("The caller's own organisation where absent"),
})
export type PersonCreate = z.infer<typeof PersonCreate>

/** `version` is that of the person as read; a person changed meanwhile is a conflict. */
export const PersonUpdate = z
  .strictObject({
    version: RowVersion,
    name: Name.optional(),
    email: Email.nullable().optional(),
    roles: Roles.optional(),
    custom_roles: CustomRoles.optional(),
    disabled: z.boolean().optional().describe('True stops every key of this person at once'),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, { error: 'must change something' })
export type PersonUpdate = z.infer<typeof PersonUpdate>

/** Lists are of the caller's own organisation; platform operators see all, or the one that they name. */
export const TenantScopedQuery = z.strictObject({ ...pageQuery, tenant_id: Uuid.optional() })
export type TenantScopedQuery = z.infer<typeof TenantScopedQuery>

/** People and service accounts, also those alone that something is part of. */
export const PeopleQuery = TenantScopedQuery.extend({
  search: text(254, 1).optional().describe('Part of their name or address, whatever the case, or their id'),
})
export type PeopleQuery = z.infer<typeof PeopleQuery>

/** An API key as it can be seen; its secret is shown once, when it is made. */
export const Key = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  principal_id: Uuid,
  name: Name,
  prefix: text(8),
  scopes: z.array(z.enum(SCOPE_IDS)),
  expires_at: Instant.nullable(),
  revoked_at: Instant.nullable(),
  created_at: Instant,
})
export type Key = z.infer<typeof Key>
export const KeyPage = pageOf(Key)

/** A new API key; its scopes are cut to what its owner's roles give. */
export const KeyCreate = z.strictObject({
  principal_id: Uuid.optional().describe('Whose key; the caller where absent'),
  name: Name,
  scopes: z
    .array(z.enum(SCOPE_IDS))
    .min(1)
    .max(SCOPE_IDS.length)
    .optional()
    .describe('All scopes of the roles where absent; what the roles lack has no effect'),
  expires_at: Instant.optional(),
})
export type KeyCreate = z.infer<typeof KeyCreate>

const Secret = text(64).describe('The key itself: shown this once, and kept only as a hash')
/** The one answer that carries a key's secret. */
export const KeyCreated = z.strictObject({ ...Key.shape, secret: Secret })
export type KeyCreated = z.infer<typeof KeyCreated>

/** A sandbox: an organisation with people and samples, that ends by itself and is never made a lasting one. */
export const SandboxCreate = z.strictObject({
  slug: Slug.optional().describe('One is chosen where absent'),
  name: Name.default('Sandbox'),
  days: z.int().min(1).max(365).optional().describe('Until it ends; as the platform is set where absent'),
})
export type SandboxCreate = z.infer<typeof SandboxCreate>
/** What there is in it; each key is shown this once. */
export const SandboxCreated = z.strictObject({
  tenant: Tenant,
  workspace: Workspace,
  people: z.array(z.strictObject({ person: Person, key: KeyCreated })),
  documents: z.array(z.strictObject({ kind: z.enum(DOCUMENT_KINDS), name: Slug })),
})
export type SandboxCreated = z.infer<typeof SandboxCreated>

/** The first owner of a platform, made once with the one-time token that the service wrote down when it started. */
export const BootstrapRequest = z.strictObject({ token: text(64, 1), name: Name, email: Email })
export type BootstrapRequest = z.infer<typeof BootstrapRequest>
export const Bootstrapped = z.strictObject({ person: Person, key: KeyCreated })
export type Bootstrapped = z.infer<typeof Bootstrapped>
