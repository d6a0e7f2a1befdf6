import { z } from 'zod'
import { jsonObject } from '../json-object.js'
import { PermissionId } from '../permissions.js'
import { Digest, DottedId, ExtensionId, Instant, RowVersion, Semver, Uuid, text } from '../primitives.js'
import { INSTALL_STATUSES } from '../vocabulary.js'
import { PermissionWords } from './registry.js'
import { pageOf, pageQuery } from './page.js'

const MAX_SECRET_CHARACTERS = 8192

const Permissions = z
  .array(PermissionId)
  .max(50)
  .refine((ids) => new Set(ids).size === ids.length, { error: 'must not name a permission twice' })

/** Values by the names that the manifest declares. They are encrypted at once and never shown again. */
const SecretValues = z
  .record(text(63, 1), text(MAX_SECRET_CHARACTERS, 1))
  .refine((values) => Object.keys(values).length <= 20, { error: 'must have at most 20 entries' })

/** Settings as the manifest's `config.schema` has them; they are shown again, so that secrets do not belong here. */
const ConfigValues = jsonObject(32 * 1024)

/** What an admin agrees to: exactly this digest with exactly these permissions. */
export const ConsentGiven = z.strictObject({ digest: Digest, permissions: Permissions })
export type ConsentGiven = z.infer<typeof ConsentGiven>

/** Absent `version`: the newest approved one. Absent `permissions`: all that the manifest asks for. */
export const InstallCreate = z.strictObject({
  extension: ExtensionId,
  version: Semver.optional(),
  workspace_id: Uuid.optional().describe("The organisation's default workspace where absent"),
  permissions: Permissions.optional(),
  secrets: SecretValues.default({}),
  config: ConfigValues.optional().describe("Beside the manifest's defaults"),
  consent: ConsentGiven.optional().describe('Without it the install waits until an admin agrees'),
})
export type InstallCreate = z.infer<typeof InstallCreate>

/** `revision` is that of the install as read; an install changed meanwhile is a conflict. */
export const InstallUpdate = z
  .strictObject({
    revision: RowVersion,
    version: Semver.optional(),
    permissions: Permissions.optional(),
    secrets: SecretValues.default({}),
    config: ConfigValues.optional().describe('All settings anew; they stay where absent'),
    consent: ConsentGiven.optional(),
  })
  .refine(
    ({ version, permissions, secrets, config }) =>
      version !== undefined || permissions !== undefined || config !== undefined || Object.keys(secrets).length > 0,
    { error: 'must change the version, the permissions, the settings or a secret' },
  )
export type InstallUpdate = z.infer<typeof InstallUpdate>

/** One extension in one workspace. */
export const Install = z.strictObject({
  id: Uuid,
  tenant_id: Uuid,
  workspace_id: Uuid,
  publisher_id: Uuid,
  extension: ExtensionId,
  version: Semver,
  digest: Digest,
  status: z.enum(INSTALL_STATUSES),
  permissions: z.array(PermissionWords.extend({ granted: z.boolean() })),
  secrets: z.array(z.strictObject({ name: text(63), required: z.boolean(), set: z.boolean() })),
  config: ConfigValues.describe('Settings that were entered; the manifest has the defaults'),
  endpoints: z.array(z.strictObject({ id: text(60), method: text(10), path: text(200), title: text(120) })),
  warnings: z
    .array(DottedId)
    .describe('What policy wants told along with the change, such as install.warn_uncertified'),
  revision: z.int().positive(),
  created_at: Instant,
  decision_id: Uuid,
})
export type Install = z.infer<typeof Install>
export const InstallPage = pageOf(Install)

export const InstallQuery = z.strictObject({
  ...pageQuery,
  extension: ExtensionId.optional(),
  workspace_id: Uuid.optional().describe('Those of one workspace, for which a role in it is enough'),
  tenant_id: Uuid.optional().describe('Platform operators only'),
})
export type InstallQuery = z.infer<typeof InstallQuery>

const Rows = z.strictObject({
  installs: z.int().nonnegative(),
  consents: z.int().nonnegative(),
  secrets: z.int().nonnegative(),
  subscriptions: z.int().nonnegative(),
  kv_entries: z.int().nonnegative(),
  kept_calls: z.int().nonnegative(),
  runtime_tokens: z.int().nonnegative(),
  deliveries: z.int().nonnegative(),
})

/** What an uninstall took away, and what was counted afterwards: nothing. */
export const Uninstalled = z.strictObject({ install_id: Uuid, removed: Rows, left: Rows, decision_id: Uuid })
export type Uninstalled = z.infer<typeof Uninstalled>
