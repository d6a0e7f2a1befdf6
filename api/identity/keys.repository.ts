import type { Key } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

const KEY = `id, tenant_id, principal_id, name, prefix, scopes, ${isoTimestamp('expires_at')}, ${isoTimestamp('revoked_at')}, ${isoTimestamp('created_at')}`

export type NewKey = Omit<Key, 'revoked_at' | 'created_at'> & { readonly hash: Uint8Array }

/** Keys that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listKeys = async (tx: Queryable, { rows, before }: IdPage, tenantId: string | null): Promise<Key[]> => {
  const found = await tx.query<Key>(
    `SELECT ${KEY} FROM api_key
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::uuid IS NULL OR tenant_id = $3) ORDER BY id DESC LIMIT $1`,
    [rows, before, tenantId],
  )
  return found.rows
}

/** One key, where the scope can see it. */
export const findKey = async (tx: Queryable, id: string): Promise<Key | undefined> =>
  (await tx.query<Key>(`SELECT ${KEY} FROM api_key WHERE id = $1`, [id])).rows[0]

/** Adds a key; of its secret only the hash. */
export const insertKey = async (tx: GovernedTransaction, row: NewKey): Promise<Key> => {
  const added = await tx.query<Key>(
    `INSERT INTO api_key (id, tenant_id, principal_id, name, prefix, hash, scopes, expires_at, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${KEY}`,
    [
      row.id,
      row.tenant_id,
      row.principal_id,
      row.name,
      row.prefix,
      row.hash,
      row.scopes,
      row.expires_at,
      tx.decisionId,
    ],
  )
  return added.rows[0]!
}

/** Revokes a key for good; undefined where it already was. */
export const revokeKey = async (tx: GovernedTransaction, id: string): Promise<Key | undefined> => {
  const revoked = await tx.query<Key>(
    `UPDATE api_key SET revoked_at = now(), version = version + 1, decision_id = $2
     WHERE id = $1 AND revoked_at IS NULL RETURNING ${KEY}`,
    [id, tx.decisionId],
  )
  return revoked.rows[0]
}
