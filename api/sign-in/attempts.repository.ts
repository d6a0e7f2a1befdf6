import type { JWK } from 'jose'
import type { Queryable } from '../platform/database/queryable.js'

/** A sign-in under way. */
export interface Attempt {
  readonly tenant_id: string
  readonly provider_id: string
  readonly browser_hash: Uint8Array
  readonly nonce: string
  readonly code_verifier: string
  readonly return_to: string
  readonly step_up: boolean
  readonly session_id: string | null
  /** The private key that its code is bound to. */
  readonly dpop_key: JWK | null
}

const LASTS_MINUTES = 10

/** Remembers a sign-in under way, and lets go those that nobody came back to. */
export const insertAttempt = async (records: Queryable, stateHash: Uint8Array, row: Attempt): Promise<void> => {
  await records.query('DELETE FROM sign_in_attempt WHERE expires_at < now()')
  await records.query(
    `INSERT INTO sign_in_attempt (state_hash, tenant_id, provider_id, browser_hash, nonce, code_verifier, return_to, step_up,
       session_id, expires_at, dpop_key)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(mins => $10), $11)`,
    [
      ...[stateHash, row.tenant_id, row.provider_id, row.browser_hash, row.nonce, row.code_verifier, row.return_to],
      ...[row.step_up, row.session_id, LASTS_MINUTES, row.dpop_key && JSON.stringify(row.dpop_key)],
    ],
  )
}

/** Takes a sign-in out: whoever comes back a second time finds nothing. */
export const takeAttempt = async (records: Queryable, stateHash: Uint8Array): Promise<Attempt | undefined> =>
  (
    await records.query<Attempt>(
      'DELETE FROM sign_in_attempt WHERE state_hash = $1 AND expires_at > now() RETURNING *',
      [stateHash],
    )
  ).rows[0]
