import type { Tenant } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'
import { LAST, REMOVED, type Removed } from './removal.tables.js'

/** An organisation whose time has come, and by whom that was asked; null of a sandbox that ends by itself. */
export interface Due {
  readonly id: string
  readonly by: string | null
}

/** Organisations whose grace period is over, and sandboxes that have ended; the longest waiting first. Needs platform scope. */
export const dueOrganisations = async (tx: Queryable, limit: number): Promise<Due[]> =>
  (
    await tx.query<Due>(
      `SELECT id, CASE WHEN sandbox_until IS NULL OR sandbox_until > now() THEN closing_by END AS by FROM tenant
       WHERE status <> 'closed' AND coalesce(closes_at, sandbox_until) <= now() ORDER BY coalesce(closes_at, sandbox_until) LIMIT $1`,
      [limit],
    )
  ).rows

/**
 * Takes the organisation for this transaction, as it was decided on, and spends the decision: whoever else removes it waits,
 * and then finds another version. False where it changed meanwhile.
 */
export const takeOrganisation = async (
  tx: GovernedTransaction,
  { id, version }: Pick<Tenant, 'id' | 'version'>,
): Promise<boolean> => {
  const text = 'UPDATE tenant SET version = version + 1, decision_id = $3 WHERE id = $1 AND version = $2'
  return (await tx.query(text, [id, version, tx.decisionId])).rowCount === 1
}

/** More than there can be of anything that goes at once; PostgreSQL's largest integer. */
const EVERY_ROW = 2_147_483_647

const removeFrom = async (tx: GovernedTransaction, { table, how, only }: Removed, most: number): Promise<number> => {
  if (how === 'record') {
    const { rows } = await tx.query<{ gone: number }>(
      'SELECT organisation_records_remove($1, $2, $3)::float8 AS gone',
      [...[table, tx.tenantId, most]],
    )
    return rows[0]!.gone
  }
  const some = `SELECT ctid FROM ${table} WHERE tenant_id = $1${only === undefined ? '' : ` AND ${only}`} LIMIT $2`
  const { rowCount } = await tx.query(`DELETE FROM ${table} WHERE ctid IN (${some})`, [tx.tenantId, most])
  return rowCount ?? 0
}

/** Removes up to so many rows of the organisation, table by table; says how many went. Fewer than asked for: nothing is left. */
export const removeRows = async (tx: GovernedTransaction, most: number): Promise<number> => {
  let gone = 0
  for (const removed of REMOVED) {
    gone += await removeFrom(tx, removed, most - gone)
    if (gone >= most) break
  }
  return gone
}

/**
 * The last of it: owners, names, and the way to whoever published. What was published is installed no more; where others have
 * it, it goes on. What is left of the organisation is a row that decisions can refer to.
 */
export const closeForGood = async (tx: GovernedTransaction): Promise<void> => {
  const { tenantId: id, decisionId } = tx
  for (const removed of LAST) await removeFrom(tx, removed, EVERY_ROW)
  await tx.query(
    `UPDATE extension_version SET yanked_at = now(), version = version + 1, decision_id = $2
     WHERE tenant_id = $1 AND yanked_at IS NULL`,
    [id, decisionId],
  )
  await tx.query(
    `UPDATE publisher SET contact = 'nobody@deleted.invalid', version = version + 1, decision_id = $2 WHERE tenant_id = $1`,
    [id, decisionId],
  )
  await tx.query(
    `UPDATE tenant SET status = 'closed', closed_at = now(), name = 'Deleted organisation', slug = 'deleted-' || id, settings = '{}',
       suspended_because = NULL, closes_at = NULL, closing_because = NULL, closing_by = NULL, closing_by_platform = false,
       decision_id = $2 WHERE id = $1`,
    [id, decisionId],
  )
  await tx.query('DELETE FROM principal WHERE tenant_id = $1', [id])
}
