import type { Left } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'

/** What ended with somebody's access. */
export interface Ended {
  readonly sessions: number
  readonly keys: number
  readonly tokens: number
  /** Service accounts that the person made, or answers for. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
}

/** Somebody whose access ends, and why their sessions do. */
export interface Leaver {
  readonly id: string
  readonly pseudonym: string
  readonly because: string
}

/**
 * Ends all by which somebody acts here, for good: whoever comes back signs in anew and makes new keys. Service accounts of
 * their making end with them; those of SCIM connections belong to the organisation.
 */
export const endAccess = async (tx: GovernedTransaction, { id, pseudonym, because }: Leaver): Promise<Ended> => {
  const sessions = await tx.query(
    'UPDATE session SET ended_at = now(), ended_because = $2 WHERE principal_id = $1 AND ended_at IS NULL',
    [id, because],
  )
  const keys = await tx.query(
    `UPDATE api_key SET revoked_at = now(), version = version + 1, decision_id = $2
     WHERE principal_id = $1 AND revoked_at IS NULL`,
    [id, tx.decisionId],
  )
  const tokens = await tx.query(
    `UPDATE runtime_token SET revoked_at = now(), version = version + 1, decision_id = $2
     WHERE principal_id = $1 AND revoked_at IS NULL`,
    [id, tx.decisionId],
  )
  const accounts = await tx.query<{ id: string; name: string }>(
    `UPDATE principal p SET disabled_at = now(), version = version + 1, decision_id = $2
     WHERE p.tenant_id = $3 AND p.made_by = $1 AND p.owner_id IS NULL AND p.kind = 'service_account' AND p.disabled_at IS NULL
       AND NOT EXISTS (SELECT FROM scim_connection c WHERE c.principal_id = p.id) RETURNING p.id, p.name`,
    [pseudonym, tx.decisionId, tx.tenantId],
  )
  // Those that somebody answers for are refused while that person is disabled, and pass to whoever answers for them next.
  const owned = await tx.query<{ id: string; name: string }>(
    'SELECT id, name FROM principal WHERE owner_id = $1 AND tenant_id = $2 AND disabled_at IS NULL',
    [id, tx.tenantId],
  )
  return {
    ...{ sessions: sessions.rowCount ?? 0, keys: keys.rowCount ?? 0, tokens: tokens.rowCount ?? 0 },
    accounts: [...accounts.rows, ...owned.rows],
  }
}

/**
 * Ends somebody's membership: they are disabled, with neither roles nor access. Undefined where somebody changed them since
 * `version`. Raises GH060 for the last owner.
 */
export const endMembership = async (
  tx: GovernedTransaction,
  { version, ...leaver }: Leaver & { readonly version: number },
): Promise<Left | undefined> => {
  const left = await tx.query<Omit<Left, 'ended'>>(
    `UPDATE principal SET roles = '{}', custom_roles = '{}', disabled_at = now(), version = version + 1, decision_id = $3
     WHERE id = $1 AND version = $2 RETURNING id, pseudonym, ${isoTimestamp('disabled_at')}`,
    [leaver.id, version, tx.decisionId],
  )
  const row = left.rows[0]
  if (!row) return undefined
  await tx.query('DELETE FROM workspace_member WHERE principal_id = $1', [leaver.id])
  const { accounts, ...ended } = await endAccess(tx, leaver)
  return { ...row, ended: { ...ended, accounts: accounts.map(({ id }) => id) } }
}
