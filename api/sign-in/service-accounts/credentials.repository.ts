import type { ClientCredential, PublicJwk } from '#contract/api/service-accounts.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Maker } from '../../identity/identity-rows.rules.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

const CREDENTIAL = `id, tenant_id, principal_id, kind, name, prefix, kid, ${isoTimestamp('expires_at')},
  ${isoTimestamp('revoked_at')}, ${isoTimestamp('created_at')},
  (SELECT ${isoTimestamp('u.used_at', 'last_used_at')} FROM client_credential_use u WHERE u.credential_id = client_credential.id)`
const LIVE = 'revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())'

/** A secret or key to be kept; of a secret the hash. */
export type NewCredential = Pick<
  ClientCredential,
  'id' | 'tenant_id' | 'principal_id' | 'kind' | 'name' | 'prefix' | 'kid' | 'expires_at'
> & { readonly hash: Uint8Array | null; readonly jwk: PublicJwk | null; readonly maker: Maker }

/** What an account proves itself by, newest first, where the scope can see it. */
export const listCredentials = async (
  tx: Queryable,
  { rows, before }: IdPage,
  principalId: string,
): Promise<ClientCredential[]> =>
  (
    await tx.query<ClientCredential>(
      `SELECT ${CREDENTIAL} FROM client_credential WHERE principal_id = $1 AND kind <> 'federated' AND ($2::uuid IS NULL OR id < $2)
       ORDER BY id DESC LIMIT $3`,
      [principalId, before, rows],
    )
  ).rows

/** Adds a secret or key; undefined where the account has `most` of its kind that count. */
export const insertCredential = async (
  tx: GovernedTransaction,
  row: NewCredential,
  most: number,
): Promise<ClientCredential | undefined> => {
  // Two at once wait for each other, so that neither overlooks the other.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credentials of ' || $1, 0))`, [row.principal_id])
  const added = await tx.query<ClientCredential>(
    `INSERT INTO client_credential (id, tenant_id, principal_id, kind, name, prefix, hash, jwk, kid, expires_at, issued_by,
       issued_with, decision_id)
     SELECT $1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
     WHERE (SELECT count(*) FROM client_credential WHERE principal_id = $3 AND kind = $4 AND ${LIVE}) < $14
     RETURNING ${CREDENTIAL}`,
    [
      ...[row.id, row.tenant_id, row.principal_id, row.kind, row.name, row.prefix, row.hash, row.jwk, row.kid],
      ...[row.expires_at, row.maker.person, row.maker.key, tx.decisionId, most],
    ],
  )
  return added.rows[0]
}

/** Revokes for good; undefined where there is none that could be. */
export const revokeCredential = async (
  tx: GovernedTransaction,
  { id, principalId }: { id: string; principalId: string },
): Promise<ClientCredential | undefined> =>
  (
    await tx.query<ClientCredential>(
      `UPDATE client_credential SET revoked_at = now(), version = version + 1, decision_id = $3
       WHERE id = $1 AND principal_id = $2 AND kind <> 'federated' AND revoked_at IS NULL RETURNING ${CREDENTIAL}`,
      [id, principalId, tx.decisionId],
    )
  ).rows[0]

/** What a proof is held against. */
export interface KeptCredential {
  readonly id: string
  readonly hash: Buffer | null
  readonly jwk: PublicJwk | null
  readonly expires_at: Date | null
}

/** The secret of an account with this prefix, or its key of this id, while it counts. */
export const findLive = async (
  tx: Queryable,
  principalId: string,
  { prefix, kid }: { prefix?: string; kid?: string },
): Promise<KeptCredential | undefined> =>
  (
    await tx.query<KeptCredential>(
      `SELECT id, hash, jwk, expires_at FROM client_credential
       WHERE principal_id = $1 AND (prefix = $2 OR kid = $3) AND ${LIVE}`,
      [principalId, prefix ?? null, kid ?? null],
    )
  ).rows[0]
