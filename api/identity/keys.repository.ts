import type { Key } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoInstant, isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import type { Queryable } from '../platform/database/queryable.js'
import { inPage, ofTenant, type IdPage } from '../platform/http/page.js'
import type { Maker } from './identity-rows.rules.js'

const KEY = `id, tenant_id, principal_id, name, prefix, scopes, ${isoTimestamp('expires_at')}, ${isoTimestamp('revoked_at')}, ${isoTimestamp('created_at')}`

/** `issuer` is null for keys that the platform issues itself. */
export type NewKey = Omit<Key, 'revoked_at' | 'created_at'> & {
  readonly hash: Uint8Array
  readonly issuer: Maker | null
}

/** What is shown of a key: never its hash. */
const KEY_COLUMNS = {
  ...{ id: true, tenant_id: true, principal_id: true, name: true, prefix: true, scopes: true },
  ...{ expires_at: true, revoked_at: true, created_at: true },
} as const

type KeyRow = Omit<Key, 'scopes' | 'expires_at' | 'revoked_at' | 'created_at'> & {
  readonly scopes: string[]
  readonly expires_at: Date | null
  readonly revoked_at: Date | null
  readonly created_at: Date
}
const keyOf = (row: KeyRow): Key => ({
  ...row,
  scopes: row.scopes as Key['scopes'],
  expires_at: isoInstant(row.expires_at),
  revoked_at: isoInstant(row.revoked_at),
  created_at: isoInstant(row.created_at),
})

/** Keys that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listKeys = async ({ apiKey }: ScopedReader, page: IdPage, tenantId: string | null): Promise<Key[]> =>
  (await apiKey.findMany({ ...inPage(page, ofTenant(tenantId)), select: KEY_COLUMNS })).map(keyOf)

/** One key, where the scope can see it. */
export const findKey = async ({ apiKey }: ScopedReader, id: string): Promise<Key | undefined> => {
  const row = await apiKey.findUnique({ where: { id }, select: KEY_COLUMNS })
  return row ? keyOf(row) : undefined
}

/** Adds a key; of its secret only the hash. */
export const insertKey = async (tx: GovernedTransaction, row: NewKey): Promise<Key> => {
  const added = await tx.query<Key>(
    `INSERT INTO api_key (id, tenant_id, principal_id, name, prefix, hash, scopes, expires_at, issued_by, issued_with,
       decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${KEY}`,
    [
      row.id,
      row.tenant_id,
      row.principal_id,
      row.name,
      row.prefix,
      row.hash,
      row.scopes,
      row.expires_at,
      row.issuer?.person,
      row.issuer?.key,
      tx.decisionId,
    ],
  )
  return added.rows[0]!
}

/** Keeps that a key was used just now. */
export const noteKeyUse = async (records: Queryable, keyId: string, tenantId: string): Promise<void> => {
  await records.query(
    `INSERT INTO api_key_use (key_id, tenant_id, used_at) VALUES ($1, $2, now())
     ON CONFLICT (key_id) DO UPDATE SET used_at = now()`,
    [keyId, tenantId],
  )
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
