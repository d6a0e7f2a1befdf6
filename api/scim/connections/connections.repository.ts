import { USUAL_BRAKE, type ScimConnection, type ScimSettings } from '#contract/api/scim.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

const CONNECTION = `c.id, c.tenant_id, c.name, c.quirks,
  jsonb_build_object('existing', coalesce(c.settings->>'existing', 'refuse'),
    'brake', '${JSON.stringify(USUAL_BRAKE)}'::jsonb || coalesce(c.settings->'brake', '{}')) AS settings,
  c.enabled, (SELECT p.pseudonym FROM principal p WHERE p.id = c.principal_id) AS pseudonym, c.version,
  ${isoTimestamp('c.created_at', 'created_at')}`

/** Connections that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listConnections = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<ScimConnection[]> =>
  (
    await tx.query<ScimConnection>(
      `SELECT ${CONNECTION} FROM scim_connection c
       WHERE ($1::uuid IS NULL OR c.tenant_id = $1) AND ($2::uuid IS NULL OR c.id < $2) ORDER BY c.id DESC LIMIT $3`,
      [tenantId, before, rows],
    )
  ).rows

/** One connection, where the scope can see it. */
export const findConnection = async (tx: Queryable, id: string): Promise<ScimConnection | undefined> =>
  (await tx.query<ScimConnection>(`SELECT ${CONNECTION} FROM scim_connection c WHERE c.id = $1`, [id])).rows[0]

/** A connection to be kept, with the service account that it acts as. */
export interface NewConnection {
  readonly id: string
  readonly tenant_id: string
  readonly principal_id: string
  readonly name: string
  readonly quirks: string
  readonly settings: ScimSettings
  /** Pseudonym of whoever made it. */
  readonly made_by: string
}

/** Adds a connection. */
export const insertConnection = async (tx: GovernedTransaction, row: NewConnection): Promise<ScimConnection> => {
  await tx.query(
    `INSERT INTO scim_connection (id, tenant_id, principal_id, name, quirks, settings, made_by, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      ...[row.id, row.tenant_id, row.principal_id, row.name, row.quirks, JSON.stringify(row.settings), row.made_by],
      tx.decisionId,
    ],
  )
  return (await findConnection(tx, row.id))!
}

/** Changes a connection as read at `version`; undefined where somebody was faster. */
export const updateConnection = async (
  tx: GovernedTransaction,
  row: Pick<ScimConnection, 'id' | 'version' | 'name' | 'quirks' | 'settings' | 'enabled'>,
): Promise<ScimConnection | undefined> => {
  const changed = await tx.query(
    `UPDATE scim_connection SET name = $3, quirks = $4, settings = settings || $5::jsonb, enabled = $6,
       version = version + 1, decision_id = $7 WHERE id = $1 AND version = $2`,
    [row.id, row.version, row.name, row.quirks, JSON.stringify(row.settings), row.enabled, tx.decisionId],
  )
  return changed.rowCount === 1 ? findConnection(tx, row.id) : undefined
}

/**
 * Removes a connection that is off, with its tokens, and disables its service account, whose pseudonym decisions keep. How many
 * tokens went with it; undefined where it is on or gone.
 */
export const deleteConnection = async (tx: GovernedTransaction, id: string): Promise<number | undefined> => {
  const { rows } = await tx.query<{ principal_id: string }>(
    'SELECT principal_id FROM scim_connection WHERE id = $1 AND NOT enabled FOR UPDATE',
    [id],
  )
  if (!rows[0]) return undefined
  const { rowCount } = await tx.query('DELETE FROM scim_token WHERE connection_id = $1', [id])
  await tx.query('DELETE FROM scim_connection WHERE id = $1', [id])
  await tx.query(
    'UPDATE principal SET disabled_at = coalesce(disabled_at, now()), version = version + 1, decision_id = $2 WHERE id = $1',
    [rows[0].principal_id, tx.decisionId],
  )
  return rowCount ?? 0
}
