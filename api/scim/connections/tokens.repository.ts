import type { Pool } from 'pg'
import type { ScimToken } from '#contract/api/scim.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

const TOKEN = `k.id, k.connection_id, k.name, k.prefix, k.preview, ${isoTimestamp('k.expires_at', 'expires_at')},
  ${isoTimestamp('k.revoked_at', 'revoked_at')}, ${isoTimestamp('k.created_at', 'created_at')},
  (SELECT ${isoTimestamp('u.used_at', 'last_used_at')} FROM scim_token_use u WHERE u.token_id = k.id)`

/** Tokens of a connection that the scope can see, newest first. */
export const listScimTokens = async (
  tx: Queryable,
  connectionId: string,
  { rows, before }: IdPage,
): Promise<ScimToken[]> =>
  (
    await tx.query<ScimToken>(
      `SELECT ${TOKEN} FROM scim_token k WHERE k.connection_id = $1 AND ($2::uuid IS NULL OR k.id < $2)
       ORDER BY k.id DESC LIMIT $3`,
      [connectionId, before, rows],
    )
  ).rows

type OwnedToken = ScimToken & { readonly tenant_id: string }

/** One token with its organisation, where the scope can see it. */
export const findScimToken = async (tx: Queryable, id: string): Promise<OwnedToken | undefined> =>
  (await tx.query<OwnedToken>(`SELECT ${TOKEN}, k.tenant_id FROM scim_token k WHERE k.id = $1`, [id])).rows[0]

/** How many tokens of a connection count now, those for previews apart. The connection's row is held meanwhile. */
export const countUsableTokens = async (
  tx: GovernedTransaction,
  connectionId: string,
  preview: boolean,
): Promise<number> => {
  await tx.query('SELECT FROM scim_connection WHERE id = $1 FOR UPDATE', [connectionId])
  const counted = await tx.query<{ count: number }>(
    `SELECT count(*)::int AS count FROM scim_token
     WHERE connection_id = $1 AND preview = $2 AND revoked_at IS NULL AND expires_at > now()`,
    [connectionId, preview],
  )
  return counted.rows[0]!.count
}

/** A token to be kept; of the token itself only the hash. */
export interface NewScimToken {
  readonly id: string
  readonly tenant_id: string
  readonly connection_id: string
  readonly name: string
  readonly prefix: string
  readonly hash: Uint8Array
  readonly preview: boolean
  readonly days: number
  /** Pseudonym of whoever issued it. */
  readonly issued_by: string
}

/** Adds a token. */
export const insertScimToken = async (tx: GovernedTransaction, row: NewScimToken): Promise<ScimToken> => {
  await tx.query(
    `INSERT INTO scim_token (id, tenant_id, connection_id, name, prefix, hash, preview, expires_at, issued_by, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(days => $8), $9, $10)`,
    [
      ...[row.id, row.tenant_id, row.connection_id, row.name, row.prefix, row.hash, row.preview, row.days],
      ...[row.issued_by, tx.decisionId],
    ],
  )
  return shownToken((await findScimToken(tx, row.id))!)
}

/** Revokes a token for good; undefined where it already was. */
export const revokeScimToken = async (tx: GovernedTransaction, id: string): Promise<ScimToken | undefined> => {
  const revoked = await tx.query(
    `UPDATE scim_token SET revoked_at = now(), version = version + 1, decision_id = $2 WHERE id = $1 AND revoked_at IS NULL`,
    [id, tx.decisionId],
  )
  return revoked.rowCount === 1 ? shownToken((await findScimToken(tx, id))!) : undefined
}

const shownToken = ({ tenant_id: _, ...token }: OwnedToken): ScimToken => token

/** Keeps that a token was used just now. */
export const noteScimTokenUse = async (records: Pool, tokenId: string, tenantId: string): Promise<void> => {
  await records.query(
    `INSERT INTO scim_token_use (token_id, tenant_id, used_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (token_id) DO UPDATE SET used_at = clock_timestamp()`,
    [tokenId, tenantId],
  )
}
