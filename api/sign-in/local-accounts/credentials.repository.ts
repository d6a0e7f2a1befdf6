import { randomUUIDv7 } from 'node:crypto'
import type { GovernedTransaction } from '../../gate/gate.types.js'

/** Keeps the digest of a person's password, in the place of the one before. */
export const putPassword = async (tx: GovernedTransaction, principalId: string, digest: string): Promise<void> => {
  await tx.query(
    `INSERT INTO local_password (principal_id, tenant_id, digest, decision_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (principal_id) DO UPDATE SET digest = excluded.digest, updated_at = now(),
       version = local_password.version + 1, decision_id = excluded.decision_id`,
    [principalId, tx.tenantId, digest, tx.decisionId],
  )
}

/** Keeps the sealed secret of a person's authenticator app, in the place of the one before. */
export const putTotpSecret = async (
  tx: GovernedTransaction,
  principalId: string,
  sealed: Uint8Array,
): Promise<void> => {
  await tx.query(
    `INSERT INTO totp_secret (principal_id, tenant_id, sealed, decision_id) VALUES ($1, $2, $3, $4)
     ON CONFLICT (principal_id) DO UPDATE SET sealed = excluded.sealed, version = totp_secret.version + 1,
       decision_id = excluded.decision_id`,
    [principalId, tx.tenantId, sealed, tx.decisionId],
  )
}

/** Keeps the first secret of a person; false where they have a second factor meanwhile. */
export const enrolTotpSecret = async (
  tx: GovernedTransaction,
  principalId: string,
  sealed: Uint8Array,
): Promise<boolean> =>
  (
    await tx.query(
      `INSERT INTO totp_secret (principal_id, tenant_id, sealed, decision_id)
       SELECT $1, $2, $3, $4 WHERE NOT EXISTS (SELECT FROM passkey WHERE principal_id = $1)
       ON CONFLICT (principal_id) DO NOTHING`,
      [principalId, tx.tenantId, sealed, tx.decisionId],
    )
  ).rowCount === 1

/** Gives a person other recovery codes; those before count no more. */
export const putRecoveryCodes = async (
  tx: GovernedTransaction,
  principalId: string,
  hashes: readonly Uint8Array[],
): Promise<void> => {
  await tx.query('DELETE FROM recovery_code WHERE principal_id = $1', [principalId])
  await tx.query(
    `INSERT INTO recovery_code (id, tenant_id, principal_id, hash, decision_id)
     SELECT id, $2, $3, hash, $5 FROM unnest($1::uuid[], $4::bytea[]) AS given (id, hash)`,
    [hashes.map(() => randomUUIDv7()), tx.tenantId, principalId, hashes, tx.decisionId],
  )
}

/** A token by which a person chooses a password; of it the hash. */
export interface NewPasswordToken {
  readonly id: string
  readonly principal_id: string
  readonly prefix: string
  readonly hash: Uint8Array
  readonly expires_at: Date
  readonly issued_by: string
}

/** Adds a token; those of the same person before it count no more. */
export const insertPasswordToken = async (tx: GovernedTransaction, row: NewPasswordToken): Promise<void> => {
  await tx.query(
    `UPDATE password_token SET used_at = now(), version = version + 1, decision_id = $2
     WHERE principal_id = $1 AND used_at IS NULL`,
    [row.principal_id, tx.decisionId],
  )
  await tx.query(
    `INSERT INTO password_token (id, tenant_id, principal_id, prefix, hash, expires_at, issued_by, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [row.id, tx.tenantId, row.principal_id, row.prefix, row.hash, row.expires_at, row.issued_by, tx.decisionId],
  )
}

/** Marks a token as used; false where somebody was faster. */
export const usePasswordToken = async (
  tx: GovernedTransaction,
  { id, version }: { readonly id: string; readonly version: number },
): Promise<boolean> =>
  (
    await tx.query(
      `UPDATE password_token SET used_at = now(), version = version + 1, decision_id = $3
       WHERE id = $1 AND version = $2 AND used_at IS NULL`,
      [id, version, tx.decisionId],
    )
  ).rowCount === 1

/** Takes every second factor of a person away. */
export const clearSecondFactors = async (tx: GovernedTransaction, principalId: string): Promise<void> => {
  for (const table of ['totp_secret', 'recovery_code', 'passkey'])
    await tx.query(`DELETE FROM ${table} WHERE principal_id = $1`, [principalId])
}
