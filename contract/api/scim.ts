import { z } from 'zod'
import { Digest, Instant, RowVersion, Slug, Uuid, text } from '../primitives.js'
import { ROLE_IDS } from '../scopes.js'
import {
  APPROVAL_STATES,
  SCIM_BRAKE_STATES,
  SCIM_EFFECTS,
  SCIM_LOSSES,
  SCIM_OUTCOMES,
  SCIM_QUIRKS,
} from '../vocabulary.js'
import { GroupRule } from './documents.js'
import { pageOf, pageQuery } from './page.js'
import { TenantScopedQuery } from './identity.js'
import { RolesInWorkspace } from './workspaces.js'

const Name = text(120, 1)
const Quirks = z
  .enum(SCIM_QUIRKS)
  .describe('Whose habits are understood besides RFC 7644: okta and entra read what those products send')

/** When people are let go faster than usual, so that somebody has to look first. */
export const ScimBrakeSettings = z.strictObject({
  percent: z.int().min(1).max(100).describe('Of the active people that are kept in step: as many may go in the window'),
  people: z.int().min(1).max(10_000).describe('As many may go whatever share that is'),
  window_minutes: z.int().min(1).max(10_080),
})
export type ScimBrakeSettings = z.infer<typeof ScimBrakeSettings>
/** What holds where an organisation chose nothing. */
export const USUAL_BRAKE: ScimBrakeSettings = { percent: 10, people: 3, window_minutes: 60 }

/** What an organisation chooses for a connection. */
export const ScimSettings = z.strictObject({
  existing: z
    .enum(['refuse', 'adopt'])
    .describe(
      'What becomes of somebody who is here already under the address: 409, or managed by the provider from now on',
    ),
  brake: ScimBrakeSettings.describe('When the brake stops it from letting people go'),
})
export type ScimSettings = z.infer<typeof ScimSettings>
/** Those of them that are chosen anew; the others stay as they are. */
export const ScimSettingsChosen = z.strictObject({
  existing: ScimSettings.shape.existing.optional(),
  brake: ScimBrakeSettings.partial().optional(),
})
export type ScimSettingsChosen = z.infer<typeof ScimSettingsChosen>

/** A connection by which an identity provider keeps people and groups in step. */
export const ScimConnection = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  name: Name,
  quirks: Quirks,
  settings: ScimSettings,
  enabled: z.boolean(),
  pseudonym: text(64).describe('What decisions call the connection'),
  version: z.int().positive(),
  created_at: Instant,
})
export type ScimConnection = z.infer<typeof ScimConnection>
export const ScimConnectionPage = pageOf(ScimConnection)
export const ScimConnectionQuery = TenantScopedQuery

/** A new connection; it has no token yet. */
export const ScimConnectionCreate = z.strictObject({
  name: Name,
  quirks: Quirks.default('generic'),
  settings: ScimSettingsChosen.default({}),
})
export type ScimConnectionCreate = z.infer<typeof ScimConnectionCreate>

/** `version` is that of the connection as read; one changed meanwhile is a conflict. */
export const ScimConnectionUpdate = z
  .strictObject({
    version: RowVersion,
    name: Name.optional(),
    quirks: Quirks.optional(),
    settings: ScimSettingsChosen.optional(),
    enabled: z.boolean().optional().describe('False refuses every token of the connection'),
  })
  .refine(({ version: _, ...changes }) => Object.keys(changes).length > 0, { error: 'must change something' })
export type ScimConnectionUpdate = z.infer<typeof ScimConnectionUpdate>

/** That a connection is gone, with how many tokens. People and groups stay as it left them. */
export const ScimConnectionDeleted = z.strictObject({ id: Uuid, name: Name, tokens: z.int().nonnegative() })
export type ScimConnectionDeleted = z.infer<typeof ScimConnectionDeleted>

/** A token of a connection as it can be seen; the token itself is shown once. */
export const ScimToken = z.strictObject({
  id: Uuid,
  connection_id: Uuid,
  name: Name,
  prefix: text(8),
  preview: z.boolean().describe('What comes with it is answered and logged as it would be, and rolled back'),
  expires_at: Instant,
  revoked_at: Instant.nullable(),
  last_used_at: Instant.nullable().describe('To the minute'),
  created_at: Instant,
})
export type ScimToken = z.infer<typeof ScimToken>
export const ScimTokenPage = pageOf(ScimToken)
export const ScimTokenQuery = z.strictObject(pageQuery)

const DAYS = 366
/** A token that is asked for. Two count at once, so that one can be put in the place of the other. */
export const ScimTokenCreate = z.strictObject({
  name: Name,
  preview: z.boolean().default(false),
  expires_in_days: z.int().min(1).max(DAYS).default(365),
})
export type ScimTokenCreate = z.infer<typeof ScimTokenCreate>

/** The one answer that carries a token's secret. */
export const ScimTokenCreated = z.strictObject({
  ...ScimToken.shape,
  secret: text(64).describe('The token itself: shown this once, and kept only as a hash'),
})
export type ScimTokenCreated = z.infer<typeof ScimTokenCreated>

/** A group that identity providers keep in step, with the roles that rules give whoever is in it. */
export const ScimGroup = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  display_name: text(256),
  external_id: text(256).nullable(),
  members: z.int().nonnegative(),
  roles: z.array(z.enum(ROLE_IDS)),
  custom_roles: z.array(Slug),
  in_workspaces: z.array(RolesInWorkspace).describe('Roles that rules give them within one workspace alone'),
  last_modified_at: Instant,
})
export type ScimGroup = z.infer<typeof ScimGroup>
export const ScimGroupPage = pageOf(ScimGroup)
export const ScimGroupQuery = TenantScopedQuery

/** A group with the rules that are about it, and its people. */
export const ScimGroupShown = z.strictObject({
  ...ScimGroup.shape,
  rules: z.array(
    z.strictObject({
      rules: Slug.describe('Name of the rules that say so'),
      revision: z.int().positive(),
      rule: GroupRule,
    }),
  ),
  people: z
    .array(z.strictObject({ id: Uuid, name: z.string(), active: z.boolean() }))
    .describe('The first two hundred'),
})
export type ScimGroupShown = z.infer<typeof ScimGroupShown>

/** One change that a request made, or for a preview would have made. */
export const ScimEffect = z.strictObject({
  kind: z.enum(SCIM_EFFECTS),
  resource: z.strictObject({ type: z.enum(['User', 'Group']), id: Uuid, display: text(256) }),
  changed: z.array(text(200)).max(200).optional().describe('Attributes'),
  member: Uuid.optional().describe('Who was added to the group or taken out of it'),
  by_group: z
    .strictObject({ id: Uuid, display: text(256) })
    .optional()
    .describe('The group by which somebody had the roles that they lose; absent for roles of their own'),
  detail: text(300).optional(),
})
export type ScimEffect = z.infer<typeof ScimEffect>

/** One request of an identity provider, with its outcome and what changed. */
export const ScimLogEntry = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  connection_id: Uuid,
  token_id: Uuid,
  method: text(10),
  path: text(2000),
  resource_type: text(20).nullable(),
  resource_id: text(200).nullable(),
  status: z.int(),
  outcome: z.enum(SCIM_OUTCOMES),
  scim_type: text(40).nullable(),
  detail: text(2000).nullable(),
  effects: z.array(ScimEffect).describe('The first thousand'),
  effect_count: z.int().nonnegative(),
  would: z.boolean().describe('It came with a preview token, so nothing was changed'),
  duration_ms: z.int().nonnegative(),
  decision_id: Uuid.nullable(),
  correlation_id: text(64),
  at: Instant,
})
export type ScimLogEntry = z.infer<typeof ScimLogEntry>
export const ScimLogPage = pageOf(ScimLogEntry)

export const ScimLogQuery = z.strictObject({
  ...TenantScopedQuery.shape,
  connection_id: Uuid.optional(),
  resource_id: Uuid.optional().describe('Of one person or group'),
  outcome: z.enum(SCIM_OUTCOMES).optional(),
  would: z.enum(['true', 'false']).optional(),
  effect: z.enum(SCIM_EFFECTS).optional().describe('Requests with such a change'),
  since: Instant.optional(),
  until: Instant.optional(),
  q: text(200, 1).optional().describe('Words of the path or the detail'),
})
export type ScimLogQuery = z.infer<typeof ScimLogQuery>

/** One person who would have lost something, or did. */
const Leaver = z.strictObject({
  person: Uuid,
  name: text(256),
  what: z.enum(SCIM_LOSSES),
  group: text(256).nullable().describe('The privileged group that was left'),
})

/** A brake that a connection tripped. */
export const ScimBrake = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  connection_id: Uuid,
  connection: Name,
  state: z.enum(SCIM_BRAKE_STATES),
  because: z.array(text(120)).describe('Reasons, as of decisions'),
  people: z
    .int()
    .nonnegative()
    .describe('Active people in step when it tripped, those let go in the window among them'),
  let_go: z.int().nonnegative().describe('Those who would have gone in the window, whoever tripped it among them'),
  percent: z.int(),
  window_minutes: z.int(),
  count: z.int().nonnegative().describe('Changes that it lists'),
  digest: Digest.describe('Of all that it lists, in order'),
  passed: z.int().nonnegative().describe('People let go in the window before it tripped, and not brought back'),
  approval_id: Uuid,
  approval_state: z.enum(APPROVAL_STATES),
  decided_by: text(64).nullable(),
  until: Instant.nullable().describe('As long as it stays open, or shut, for what it lists'),
  tripped_at: Instant,
})
export type ScimBrake = z.infer<typeof ScimBrake>
export const ScimBrakePage = pageOf(ScimBrake)
export const ScimBrakeQuery = z.strictObject({
  ...TenantScopedQuery.shape,
  connection_id: Uuid.optional(),
  state: z.enum(SCIM_BRAKE_STATES).optional(),
})
export type ScimBrakeQuery = z.infer<typeof ScimBrakeQuery>

/** A brake with what it lists. */
export const ScimBrakeShown = z.strictObject({
  ...ScimBrake.shape,
  changes: z
    .array(z.strictObject({ ...Leaver.shape, method: text(10), path: text(2000), decision_id: Uuid, at: Instant }))
    .describe('What it holds off: the first thousand'),
  before: z
    .array(z.strictObject({ ...Leaver.shape, undone_at: Instant.nullable(), decision_id: Uuid, at: Instant }))
    .describe('What passed in the window before it tripped: the first thousand'),
})
export type ScimBrakeShown = z.infer<typeof ScimBrakeShown>

/** `digest` is that of the list as it was shown. */
export const ScimBrakeRelease = z.strictObject({ digest: Digest })
export type ScimBrakeRelease = z.infer<typeof ScimBrakeRelease>

/** Who was brought back; people whom one request does not reach are `left` for the next. */
export const ScimBrakeUndone = z.strictObject({
  restored: z.array(z.strictObject({ ...Leaver.shape, decision_id: Uuid })),
  failed: z.array(z.strictObject({ ...Leaver.shape, detail: text(1000) })),
  left: z.int().nonnegative(),
})
export type ScimBrakeUndone = z.infer<typeof ScimBrakeUndone>
