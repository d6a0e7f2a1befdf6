import type { FederatedIdentity } from '#contract/api/workload-identity.js'
import type { GovernedTransaction } from '../../../gate/gate.types.js'
import type { Maker } from '../../../identity/identity-rows.rules.js'
import { isoTimestamp } from '../../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../../platform/database/queryable.js'
import type { IdPage } from '../../../platform/http/page.js'

const IDENTITY = `id, tenant_id, principal_id, name, issuer, audience, subject, claims, single_use,
  ${isoTimestamp('expires_at')}, ${isoTimestamp('revoked_at')}, ${isoTimestamp('created_at')},
  (SELECT ${isoTimestamp('u.used_at', 'last_used_at')} FROM client_credential_use u WHERE u.credential_id = client_credential.id)`
const LIVE = `kind = 'federated' AND revoked_at IS NULL AND (expires_at IS NULL OR expires_at > now())`

/** Trust to be kept. */
export type NewIdentity = Omit<FederatedIdentity, 'revoked_at' | 'last_used_at' | 'created_at'> & {
  readonly maker: Maker
}

/** What an outside token is held against. */
export type Trusted = Pick<FederatedIdentity, 'id' | 'audience' | 'subject' | 'claims' | 'single_use'>

/** Whom an account trusts, newest first, where the scope can see it. */
export const listIdentities = async (
  tx: Queryable,
  { rows, before }: IdPage,
  principalId: string,
): Promise<FederatedIdentity[]> =>
  (
    await tx.query<FederatedIdentity>(
      `SELECT ${IDENTITY} FROM client_credential
       WHERE principal_id = $1 AND kind = 'federated' AND ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $3`,
      [principalId, before, rows],
    )
  ).rows

/** Adds trust; undefined where the account has `most` that count. */
export const insertIdentity = async (
  tx: GovernedTransaction,
  row: NewIdentity,
  most: number,
): Promise<FederatedIdentity | undefined> => {
  // Two at once wait for each other, so that neither overlooks the other.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('credentials of ' || $1, 0))`, [row.principal_id])
  const added = await tx.query<FederatedIdentity>(
    `INSERT INTO client_credential (id, tenant_id, principal_id, kind, name, issuer, audience, subject, claims, single_use,
       expires_at, issued_by, issued_with, decision_id)
     SELECT $1, $2, $3, 'federated', $4, $5, $6, $7, $8, $9, $10, $11, $12, $13
     WHERE (SELECT count(*) FROM client_credential WHERE principal_id = $3 AND ${LIVE}) < $14
     RETURNING ${IDENTITY}`,
    [
      ...[row.id, row.tenant_id, row.principal_id, row.name, row.issuer, row.audience, row.subject],
      ...[JSON.stringify(row.claims), row.single_use, row.expires_at, row.maker.person, row.maker.key],
      ...[tx.decisionId, most],
    ],
  )
  return added.rows[0]
}

/** Ends trust for good; undefined where there is none that could be. */
export const revokeIdentity = async (
  tx: GovernedTransaction,
  { id, principalId }: { id: string; principalId: string },
): Promise<FederatedIdentity | undefined> =>
  (
    await tx.query<FederatedIdentity>(
      `UPDATE client_credential SET revoked_at = now(), version = version + 1, decision_id = $3
       WHERE id = $1 AND principal_id = $2 AND kind = 'federated' AND revoked_at IS NULL RETURNING ${IDENTITY}`,
      [id, principalId, tx.decisionId],
    )
  ).rows[0]

/** What an account trusts of an issuer now, oldest first. */
export const trustedOf = async (tx: Queryable, principalId: string, issuer: string): Promise<Trusted[]> =>
  (
    await tx.query<Trusted>(
      `SELECT id, audience, subject, claims, single_use FROM client_credential
       WHERE principal_id = $1 AND issuer = $2 AND ${LIVE} ORDER BY id`,
      [principalId, issuer],
    )
  ).rows
