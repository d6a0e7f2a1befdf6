import { z } from 'zod'
import { VersionRange } from '../manifest/common.js'
import { CATEGORIES } from '../manifest/identity.js'
import { Instant, Slug, Uuid, text } from '../primitives.js'
import { ROLE_IDS, ROLES, SCOPE_IDS, WORKSPACE_ROLE_IDS } from '../scopes.js'
import { DOCUMENT_KINDS, RISKS } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'
import { ScimMappingDocument } from './scim-mapping.js'
import { ScimSchemaDocument } from './scim-schemas.js'
import { RolesInWorkspace } from './workspaces.js'

/** What an organisation lays down for itself: lists, limits and roles, each a document with revisions. */
export type DocumentKind = (typeof DOCUMENT_KINDS)[number]

/** A name, or many at once: `*` stands for any run of characters. */
const Glob = z
  .string()
  .min(1)
  .max(200)
  .regex(/^[A-Za-z0-9._:*-]+$/, { error: 'must be a name, in which * stands for any characters' })

/** When an entry holds and why it is there. `by` is set by the service: whoever put the entry in, by pseudonym. */
const inForce = {
  from: Instant.nullable().default(null).describe('Holds from then on; at once where null'),
  until: Instant.nullable().default(null).describe('Holds until then; without end where null'),
  why: text(500, 1),
  by: text(64).optional().describe('Who put it in, by pseudonym; what is sent here is ignored'),
}
const endsLater = ({ from, until }: { from: string | null; until: string | null }): boolean =>
  from === null || until === null || Date.parse(from) < Date.parse(until)
const ENDS_LATER = { error: 'must lie after from', path: ['until'] }

/** `deny` stands above `pin`, `pin` above what a closed list leaves out, and that above `allow`. */
export const ENTRY_EFFECTS = ['allow', 'deny', 'pin'] as const

/** What an entry is about: everything that it names has to fit. */
const named = {
  extension: Glob.optional().describe('Id of an extension, such as com.example.*'),
  publisher: Glob.optional().describe('Slug or id of a publisher'),
  version: VersionRange.optional().describe('Versions, such as >=2.0.0 <3'),
  category: z.enum(CATEGORIES).optional(),
  permission: Glob.optional().describe('One of the permissions granted, such as http:*'),
}

export const ListEntry = z
  .strictObject({ effect: z.enum(ENTRY_EFFECTS), ...named, ...inForce })
  .refine((entry) => Object.keys(named).some((name) => name in entry), {
    error: 'must name an extension, publisher, version, category or permission',
  })
  .refine(
    ({ effect, extension, version, publisher, category, permission }) =>
      effect !== 'pin' || (extension && version && !publisher && !category && !permission),
    { error: 'a pin names an extension and a version range, and nothing else' },
  )
  .refine(endsLater, ENDS_LATER)
export type ListEntry = z.infer<typeof ListEntry>

/** Extensions by name, publisher, version, category or permission: denied, allowed, or pinned to versions. */
export const ListDocument = z.strictObject({
  title: text(120, 1),
  admits: z.enum(['all', 'listed']).default('all').describe('listed: what no entry allows or pins is refused'),
  entries: z.array(ListEntry).max(1000),
})
export type ListDocument = z.infer<typeof ListDocument>

const forExtensions = Glob.default('*').describe('Ids of extensions that it holds for')
const count = z.int().nonnegative().max(1_000_000_000)
const limitEntry = <Name extends string, Value extends z.ZodType>(limit: Name, value: Value) =>
  z.strictObject({ limit: z.literal(limit), value, extension: forExtensions, ...inForce })

/** What calls a minute are counted for. */
export const RATE_SUBJECTS = ['install', 'organisation', 'key', 'endpoint'] as const
export type RateSubject = (typeof RATE_SUBJECTS)[number]
const Per = z
  .enum(RATE_SUBJECTS)
  .default('install')
  .describe('Counted apart for each install, each API key or each endpoint, or together for the whole organisation')

/** Each limit with its unit; of several that hold for the same, the strictest counts. */
export const LimitEntry = z
  .discriminatedUnion('limit', [
    limitEntry('calls_per_day', count.describe('Calls of one installed extension in a UTC day')),
    limitEntry('calls_per_minute', count.describe('Calls in a minute, over all instances')).extend({ per: Per }),
    limitEntry('installs', count.describe('Installs at the same time, of all extensions that it holds for')),
    limitEntry('grant_risk', z.enum(RISKS).describe('Highest risk of a permission that may be granted')),
  ])
  .refine(endsLater, ENDS_LATER)
export type LimitEntry = z.infer<typeof LimitEntry>

/** How much an organisation lets its extensions do. */
export const LimitsDocument = z.strictObject({ title: text(120, 1), entries: z.array(LimitEntry).max(200) })
export type LimitsDocument = z.infer<typeof LimitsDocument>

/** A role of the organisation's own: scopes under a name. */
export const RoleDocument = z.strictObject({
  title: text(120, 1),
  scopes: z
    .array(z.enum(SCOPE_IDS))
    .max(SCOPE_IDS.length)
    .refine((scopes) => new Set(scopes).size === scopes.length, { error: 'names a scope twice' }),
  until: Instant.nullable().default(null).describe('Gives nothing from then on; without end where null'),
})
export type RoleDocument = z.infer<typeof RoleDocument>

/** A role's name; those that ship keep theirs. */
export const CustomRoleName = Slug.refine((name) => !Object.hasOwn(ROLES, name), {
  error: 'is the name of a role that ships; choose another',
})

/** A group's name or its id at the identity provider: any text, in which `*` stands for any run of characters. */
const GroupGlob = text(200, 1)
const oneOfEach = (names: readonly string[]): boolean => new Set(names).size === names.length
const TWICE = { error: 'names a role twice' }

/** By what a rule finds groups: everything that it names has to fit. */
const ofGroups = {
  display_name: GroupGlob.optional().describe('displayName of a SCIM group, such as gatehouse-*'),
  external_id: GroupGlob.optional().describe('Its externalId: what the identity provider calls it'),
  id: Uuid.optional().describe('Its id here'),
}

/** Roles that a rule gives within single workspaces of the organisation. */
const InWorkspaces = z
  .array(
    z.strictObject({
      workspace: Slug.or(Uuid).describe('Slug or id of a workspace'),
      roles: z.array(z.enum(WORKSPACE_ROLE_IDS)).min(1).max(WORKSPACE_ROLE_IDS.length).refine(oneOfEach, TWICE),
    }),
  )
  .min(1)
  .max(50)
  .refine((all) => oneOfEach(all.map(({ workspace }) => workspace)), {
    error: 'names a workspace twice; put its roles together',
  })
  .describe('Roles within one workspace alone; absent where it gives none')

/** A rule: whoever is in such a group has these roles, for as long as they are in it. */
export const GroupRule = z
  .strictObject({
    ...ofGroups,
    roles: z.array(z.enum(ROLE_IDS)).max(ROLE_IDS.length).refine(oneOfEach, TWICE).default([]),
    custom_roles: z.array(CustomRoleName).max(20).refine(oneOfEach, TWICE).default([]),
    in_workspaces: InWorkspaces.optional(),
    ...inForce,
  })
  .refine((rule) => Object.keys(ofGroups).some((name) => name in rule), {
    error: 'must name a group by display_name, external_id or id',
  })
  .refine(({ roles, custom_roles, in_workspaces }) => roles.length + custom_roles.length > 0 || in_workspaces, {
    error: 'must give a role, here, in custom_roles or in in_workspaces',
    path: ['roles'],
  })
  .refine(endsLater, ENDS_LATER)
export type GroupRule = z.infer<typeof GroupRule>

/** Which roles an organisation's SCIM groups give. */
export const GroupRulesDocument = z.strictObject({ title: text(120, 1), entries: z.array(GroupRule).max(200) })
export type GroupRulesDocument = z.infer<typeof GroupRulesDocument>

/** What rules would change if they were written: which groups each is about, and who would gain or lose which roles where. */
export const GroupRulesPreview = z.strictObject({
  rules: z.array(
    z.strictObject({
      rule: z.string().describe('What it is about'),
      groups: z.int().describe('Groups that it is about; a rule that does not hold now is about none'),
      members: z.int().describe('People in them'),
    }),
  ),
  affected: z.int().describe('People who would gain or lose a role'),
  people: z
    .array(
      z.strictObject({
        id: Uuid,
        name: z.string(),
        gains: z.array(Slug.or(z.enum(ROLE_IDS))),
        loses: z.array(Slug.or(z.enum(ROLE_IDS))),
        in_workspaces: z
          .array(
            z.strictObject({
              workspace: RolesInWorkspace.shape.workspace,
              gains: z.array(z.enum(WORKSPACE_ROLE_IDS)),
              loses: z.array(z.enum(WORKSPACE_ROLE_IDS)),
            }),
          )
          .describe('What they would gain or lose within one workspace alone'),
      }),
    )
    .describe('The first hundred of them'),
  beyond_own: z
    .array(z.enum(SCOPE_IDS))
    .describe('What the caller lacks, and so cannot hand out or take away by these rules'),
  tokens_beyond: z
    .array(text(120))
    .describe(
      'Connections with a token whose maker lacks what the rules would come to give: they are refused meanwhile',
    ),
})

export type GroupRulesPreview = z.infer<typeof GroupRulesPreview>

/** The document of each kind. */
export const DOCUMENTS = {
  list: ListDocument,
  limits: LimitsDocument,
  role: RoleDocument,
  group_rules: GroupRulesDocument,
  scim_schema: ScimSchemaDocument,
  scim_mapping: ScimMappingDocument,
} as const
export type DocumentOf<K extends DocumentKind> = z.infer<(typeof DOCUMENTS)[K]>

const Why = text(500, 1).describe('Why it changes')
/** The revision that was read; 0 where there is none yet. Any other is a conflict. */
const Read = z.int32().nonnegative().describe('The revision that was read; 0 for a new one')
/** A revision in a query, counted as PostgreSQL does: in 32 bits. */
const asked = (least: 0 | 1) => z.coerce.number().pipe(z.int32().min(least)).optional()
const Tally = z.strictObject({ added: z.int(), removed: z.int(), changed: z.int() })

/** What each revision says of itself. */
const revision = {
  name: Slug,
  tenant_id: Uuid,
  revision: z.int().positive(),
  why: text(500),
  by: text(64).describe('Who wrote it, by pseudonym'),
  reverts_to: z.int().positive().nullable().describe('The revision whose document this one repeats'),
  decision_id: Uuid,
  created_at: Instant,
}
export const DocumentChange = z.strictObject({
  id: z.string(),
  change: z.enum(['added', 'removed', 'changed']),
  before: z.unknown(),
  after: z.unknown(),
})

/** The shapes by which documents of one kind are read and written. */
export const documentShapes = <D extends z.ZodType, N extends z.ZodType<string>>(document: D, name: N) => {
  const Revision = z.strictObject({ ...revision, document })
  return {
    params: z.strictObject({ name }),
    query: z.strictObject({ tenant_id: Uuid.optional() }),
    pageQuery: z.strictObject({ ...pageQuery, tenant_id: Uuid.optional() }),
    showQuery: z.strictObject({
      tenant_id: Uuid.optional(),
      revision: asked(1).describe('The newest where absent'),
    }),
    diffQuery: z.strictObject({
      tenant_id: Uuid.optional(),
      from: asked(0).describe('The one before where absent; 0 is nothing'),
      to: asked(1).describe('The newest where absent'),
    }),
    set: z.strictObject({ document, why: Why, revision: Read }),
    revert: z.strictObject({ to: z.int32().positive(), why: Why, revision: Read }),
    revision: Revision,
    page: pageOf(Revision),
    history: pageOf(z.strictObject({ ...revision, changes: Tally.describe('Against the revision before') })),
    diff: z.strictObject({
      name: Slug,
      from: z.int().nonnegative(),
      to: z.int().positive(),
      changes: z.array(DocumentChange),
    }),
  }
}
