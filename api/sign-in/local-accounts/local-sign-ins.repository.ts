import type { Queryable } from '../../platform/database/queryable.js'

/** A sign-in under way: after the password, or a challenge that a passkey is to sign. */
export interface LocalSignIn {
  readonly tenant_id: string | null
  readonly principal_id: string | null
  readonly challenge: string | null
  /** The secret that is offered to whoever has no second factor yet, sealed. */
  readonly totp_sealed: Buffer | null
  readonly return_to: string
  readonly session_id: string | null
}

const LASTS_MINUTES = 10
/** Wrong codes after which the password has to be given again. */
const MOST_WRONG = 5
const COLUMNS = 'tenant_id, principal_id, challenge, totp_sealed, return_to, session_id'

/** Remembers a sign-in under way by the hash of its browser's cookie; those that nobody came back to go. */
export const insertLocalSignIn = async (records: Queryable, browser: Uint8Array, row: LocalSignIn): Promise<void> => {
  await records.query('DELETE FROM local_sign_in WHERE expires_at < now()')
  await records.query(
    `INSERT INTO local_sign_in (browser_hash, ${COLUMNS}, expires_at)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(mins => $8))`,
    [
      ...[browser, row.tenant_id, row.principal_id, row.challenge, row.totp_sealed, row.return_to, row.session_id],
      LASTS_MINUTES,
    ],
  )
}

/** The sign-in under way in a browser. */
export const findLocalSignIn = async (records: Queryable, browser: Uint8Array): Promise<LocalSignIn | undefined> =>
  (
    await records.query<LocalSignIn>(
      `SELECT ${COLUMNS} FROM local_sign_in WHERE browser_hash = $1 AND expires_at > now() AND wrong < $2`,
      [browser, MOST_WRONG],
    )
  ).rows[0]

/** Takes a sign-in out: it ends once. */
export const takeLocalSignIn = async (records: Queryable, browser: Uint8Array): Promise<LocalSignIn | undefined> =>
  (
    await records.query<LocalSignIn>(
      `DELETE FROM local_sign_in WHERE browser_hash = $1 AND expires_at > now() AND wrong < $2 RETURNING ${COLUMNS}`,
      [browser, MOST_WRONG],
    )
  ).rows[0]

/** Ends all sign-ins of somebody that are under way: by a password that is no longer theirs. */
export const endLocalSignIns = async (records: Queryable, principalId: string): Promise<void> => {
  await records.query('DELETE FROM local_sign_in WHERE principal_id = $1', [principalId])
}

/** Counts a wrong code. */
export const countWrong = async (records: Queryable, browser: Uint8Array): Promise<void> => {
  await records.query('UPDATE local_sign_in SET wrong = wrong + 1 WHERE browser_hash = $1', [browser])
}

/** Notes the time step of a code (RFC 6238, section 5.2); false where a code of it, or of a later one, was taken before. */
export const takeTotpStep = async (records: Queryable, principalId: string, step: number): Promise<boolean> =>
  (
    await records.query(
      `INSERT INTO totp_use (principal_id, step) VALUES ($1, $2)
       ON CONFLICT (principal_id) DO UPDATE SET step = excluded.step WHERE totp_use.step < excluded.step`,
      [principalId, step],
    )
  ).rowCount === 1

/** Spends a recovery code; false where it was spent before. */
export const takeRecoveryCode = async (records: Queryable, codeId: string, tenantId: string): Promise<boolean> =>
  (
    await records.query(
      'INSERT INTO recovery_code_use (code_id, tenant_id) VALUES ($1, $2) ON CONFLICT (code_id) DO NOTHING',
      [codeId, tenantId],
    )
  ).rowCount === 1
