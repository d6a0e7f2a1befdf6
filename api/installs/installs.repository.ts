import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import type { JsonObject } from '#contract/json-object.js'
import type { Permission } from '#contract/permissions.js'
import type { Install } from '#contract/api/installs.js'
import { DEFAULT_WORKSPACE } from '#contract/vocabulary.js'

/** An install as it is kept. `consented` is what the newest consent named. */
export interface InstallRow {
  readonly id: string
  readonly tenant_id: string
  readonly workspace_id: string
  readonly publisher_id: string
  readonly version_id: string
  readonly extension_id: string
  readonly status: Install['status']
  readonly permissions: Permission[]
  /** Settings that were entered, without the manifest's defaults. */
  readonly config: JsonObject
  readonly consented: Permission[]
  readonly secret_names: string[]
  readonly decision_id: string
  readonly revision: number
  readonly created_at: string
}

const INSTALL = `i.id, i.tenant_id, i.workspace_id, i.publisher_id, i.version_id, i.extension_id, i.status, i.permissions, i.config,
  coalesce((SELECT c.permissions FROM install_consent c WHERE c.install_id = i.id ORDER BY c.id DESC LIMIT 1), '{}') AS consented,
  ARRAY(SELECT s.name FROM install_secret s WHERE s.install_id = i.id ORDER BY s.name) AS secret_names,
  i.decision_id, i.version AS revision, ${isoTimestamp('i.created_at', 'created_at')}`

export interface InstallFilter extends IdPage {
  readonly extension: string | null
  readonly tenantId: string | null
  readonly workspaceId: string | null
}

/** Installs that the scope can see and the filter lets through, newest first. */
export const listInstalls = async (tx: Queryable, filter: InstallFilter): Promise<InstallRow[]> => {
  const found = await tx.query<InstallRow>(
    `SELECT ${INSTALL} FROM tenant_extension_install i JOIN extension_registry e ON e.id = i.extension_id
     WHERE ($2::uuid IS NULL OR i.id < $2) AND ($3::text IS NULL OR e.name = $3) AND ($4::uuid IS NULL OR i.tenant_id = $4)
       AND ($5::uuid IS NULL OR i.workspace_id = $5)
     ORDER BY i.id DESC LIMIT $1`,
    [filter.rows, filter.before, filter.extension, filter.tenantId, filter.workspaceId],
  )
  return found.rows
}

/** One install, where the scope can see it. */
export const findInstall = async (tx: Queryable, id: string): Promise<InstallRow | undefined> =>
  (await tx.query<InstallRow>(`SELECT ${INSTALL} FROM tenant_extension_install i WHERE i.id = $1`, [id])).rows[0]

/** Which install is called: of which extension, in which organisation and workspace. */
export interface Called {
  readonly tenantId: string
  readonly extension: string
  /** Its slug or id; null where the call names none. */
  readonly workspace: string | null
}

/** An install with the state of its workspace. */
export type InstallInWorkspace = InstallRow & { readonly workspace_status: 'active' | 'archived' }

/**
 * The install that answers calls: that of the workspace which they name, else that of the default one, else the oldest in a
 * workspace that is not archived.
 */
export const findInstallFor = async (
  tx: Queryable,
  { tenantId, extension, workspace }: Called,
): Promise<InstallInWorkspace | undefined> => {
  const found = await tx.query<InstallInWorkspace>(
    `SELECT ${INSTALL}, CASE WHEN w.archived_at IS NULL THEN 'active' ELSE 'archived' END AS workspace_status
     FROM tenant_extension_install i JOIN extension_registry e ON e.id = i.extension_id
     JOIN workspace w ON w.id = i.workspace_id
     WHERE i.tenant_id = $1 AND e.name = $2 AND ($3::text IS NULL OR w.id::text = $3 OR (w.slug = $3 AND NOT EXISTS (SELECT FROM workspace x WHERE x.id::text = $3)))
     ORDER BY w.slug = '${DEFAULT_WORKSPACE}' DESC, w.archived_at IS NULL DESC, i.id LIMIT 1`,
    [tenantId, extension, workspace],
  )
  return found.rows[0]
}

/** Whether the workspace has the extension already. */
export const isInstalled = async (tx: Queryable, workspaceId: string, extensionId: string): Promise<boolean> => {
  const found = await tx.query('SELECT FROM tenant_extension_install WHERE workspace_id = $1 AND extension_id = $2', [
    workspaceId,
    extensionId,
  ])
  return found.rowCount !== 0
}

/** Names of the extensions that an organisation has installed, one for each install. */
export const installedNames = async (tx: Queryable, tenantId: string): Promise<string[]> => {
  const found = await tx.query<{ name: string }>(
    `SELECT e.name FROM tenant_extension_install i JOIN extension_registry e ON e.id = i.extension_id WHERE i.tenant_id = $1`,
    [tenantId],
  )
  return found.rows.map(({ name }) => name)
}

/** Makes installs of an organisation wait for each other from here on, and counts those there are. */
export const countInstallsAlone = async (tx: GovernedTransaction): Promise<number> => {
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('installs/' || $1, 0))`, [tx.tenantId])
  const counted = await tx.query<{ count: number }>(
    'SELECT count(*)::int AS count FROM tenant_extension_install WHERE tenant_id = $1',
    [tx.tenantId],
  )
  return counted.rows[0]!.count
}

/** Where and under which rules an organisation installs. */
export interface WorkspaceRow {
  readonly id: string
  readonly tenant_id: string
  readonly status: 'active' | 'archived'
  readonly certification_mode: 'warn' | 'block'
}

/** A workspace of an organisation: the named one, else its default. */
export const findWorkspace = async (
  tx: Queryable,
  tenantId: string,
  workspaceId: string | null,
): Promise<WorkspaceRow | undefined> => {
  const found = await tx.query<WorkspaceRow>(
    `SELECT w.id, w.tenant_id, CASE WHEN w.archived_at IS NULL THEN 'active' ELSE 'archived' END AS status,
       CASE WHEN t.settings->>'certification_mode' = 'block' THEN 'block' ELSE 'warn' END AS certification_mode
     FROM workspace w JOIN tenant t ON t.id = w.tenant_id
     WHERE w.tenant_id = $1 AND ($2::uuid IS NULL OR w.id = $2)
     ORDER BY w.slug = '${DEFAULT_WORKSPACE}' DESC, w.id LIMIT 1`,
    [tenantId, workspaceId],
  )
  return found.rows[0]
}

export type NewInstall = Pick<
  InstallRow,
  'id' | 'tenant_id' | 'workspace_id' | 'publisher_id' | 'version_id' | 'extension_id' | 'permissions' | 'config'
>

/** Adds an active install; false where its workspace was archived meanwhile. */
export const insertInstall = async (tx: GovernedTransaction, row: NewInstall): Promise<boolean> => {
  const added = await tx.query(
    `INSERT INTO tenant_extension_install
       (id, tenant_id, workspace_id, publisher_id, version_id, extension_id, status, permissions, config, decision_id)
     SELECT $1, $2, w.id, $4, $5, $6, 'active', $7, $8, $9 FROM workspace w
     WHERE w.id = $3 AND w.archived_at IS NULL FOR SHARE OF w`,
    [
      row.id,
      row.tenant_id,
      row.workspace_id,
      row.publisher_id,
      row.version_id,
      row.extension_id,
      row.permissions,
      JSON.stringify(row.config),
      tx.decisionId,
    ],
  )
  return added.rowCount === 1
}

export type InstallChange = Pick<InstallRow, 'id' | 'revision' | 'version_id' | 'permissions' | 'config'>

/** Moves an install to a version, a grant and settings; false where it changed since it was read. */
export const updateInstall = async (tx: GovernedTransaction, row: InstallChange): Promise<boolean> => {
  const changed = await tx.query(
    `UPDATE tenant_extension_install SET version_id = $3, permissions = $4, decision_id = $5, config = $6, version = version + 1
     WHERE id = $1 AND version = $2`,
    [row.id, row.revision, row.version_id, row.permissions, tx.decisionId, JSON.stringify(row.config)],
  )
  return changed.rowCount === 1
}

export interface NewConsent {
  readonly id: string
  readonly install_id: string
  readonly digest: string
  readonly permissions: readonly Permission[]
  /** The person who agreed. */
  readonly given_by: string
}

/** Records what somebody agreed to. */
export const insertConsent = async (tx: GovernedTransaction, row: NewConsent): Promise<void> => {
  await tx.query(
    `INSERT INTO install_consent (id, tenant_id, install_id, digest, permissions, given_by, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, tx.tenantId, row.install_id, row.digest, row.permissions, row.given_by, tx.decisionId],
  )
}

/** Has an install subscribe to exactly these events. */
export const putSubscriptions = async (
  tx: GovernedTransaction,
  installId: string,
  types: readonly string[],
): Promise<void> => {
  await tx.query('DELETE FROM extension_event_subscription WHERE install_id = $1', [installId])
  if (types.length === 0) return
  await tx.query(
    `INSERT INTO extension_event_subscription (id, tenant_id, install_id, event_type, decision_id)
     SELECT gen_random_uuid(), $1, $2, type, $4 FROM unnest($3::text[]) AS type`,
    [tx.tenantId, installId, types, tx.decisionId],
  )
}

export interface NewSecret {
  readonly id: string
  readonly install_id: string
  readonly name: string
  readonly sealed: Buffer
  readonly key_id: string
}

/** Keeps a sealed secret in place of the one of its name. */
export const putSecret = async (tx: GovernedTransaction, row: NewSecret): Promise<void> => {
  await tx.query(
    `INSERT INTO install_secret (id, tenant_id, install_id, name, sealed, key_id, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)
     ON CONFLICT (install_id, name) DO UPDATE SET sealed = EXCLUDED.sealed, key_id = EXCLUDED.key_id,
       decision_id = EXCLUDED.decision_id, version = install_secret.version + 1`,
    [row.id, tx.tenantId, row.install_id, row.name, row.sealed, row.key_id, tx.decisionId],
  )
}

/** A sealed secret of an install, where the scope can see it. */
export const findSecret = async (tx: Queryable, installId: string, name: string): Promise<Buffer | undefined> => {
  const found = await tx.query<{ sealed: Buffer }>(
    'SELECT sealed FROM install_secret WHERE install_id = $1 AND name = $2',
    [installId, name],
  )
  return found.rows[0]?.sealed
}
