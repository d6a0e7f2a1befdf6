import type { GovernedTransaction } from '../../gate/gate.types.js'

/** What ended with somebody's access. */
export interface Ended {
  readonly sessions: number
  readonly keys: number
  readonly tokens: number
  /** Service accounts that the person made, or answers for. */
  readonly accounts: readonly { readonly id: string; readonly name: string }[]
}

const BECAUSE = 'let go by the identity provider'

/**
 * Ends all by which somebody acts here, for good: whoever comes back signs in anew and makes new keys. Service accounts of
 * their making end with them; those of SCIM connections belong to the organisation.
 */
export const endAccess = async (
  tx: GovernedTransaction,
  { id, pseudonym }: { readonly id: string; readonly pseudonym: string },
): Promise<Ended> => {
  const sessions = await tx.query(
    'UPDATE session SET ended_at = now(), ended_because = $2 WHERE principal_id = $1 AND ended_at IS NULL',
    [id, BECAUSE],
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

/** Asks at once what is otherwise asked on commit: whether an owner is left. Raises GH060 where none is. */
export const requireOwnerLeft = async (tx: GovernedTransaction): Promise<void> => {
  await tx.query('SET CONSTRAINTS owner_stays IMMEDIATE; SET CONSTRAINTS owner_stays DEFERRED')
}
