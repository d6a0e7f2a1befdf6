import type { Queryable } from '../platform/database/queryable.js'

/** What a command was given to be exchanged for a session. */
export interface Grant {
  readonly id: string
  readonly kind: 'device' | 'code'
  readonly label: string
  readonly state: 'pending' | 'approved' | 'denied'
  readonly session_id: string | null
  readonly code_challenge: string | null
  readonly redirect_uri: string | null
  /** Thumbprint of the key that may take it; null where any may, and none. */
  readonly jkt: string | null
  readonly expired: boolean
}

export interface NewGrant extends Omit<Grant, 'expired'> {
  readonly secret_hash: Uint8Array
  readonly user_code_hash: Uint8Array | null
  /** Seconds. */
  readonly lasts: number
}

const GRANT = 'id, kind, label, state, session_id, code_challenge, redirect_uri, jkt, expires_at <= now() AS expired'

/** Keeps a grant, and lets go those that are long over. */
export const insertGrant = async (records: Queryable, row: NewGrant): Promise<void> => {
  await records.query(`DELETE FROM sign_in_grant WHERE expires_at < now() - interval '10 minutes'`)
  await records.query(
    `INSERT INTO sign_in_grant (id, kind, secret_hash, user_code_hash, label, code_challenge, redirect_uri, state, session_id,
       expires_at, jkt)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, now() + make_interval(secs => $10), $11)`,
    [
      ...[row.id, row.kind, row.secret_hash, row.user_code_hash, row.label, row.code_challenge, row.redirect_uri],
      ...[row.state, row.session_id, row.lasts, row.jkt],
    ],
  )
}

/** What waits under a code that a person typed in. */
export const findByUserCode = async (records: Queryable, userCodeHash: Uint8Array): Promise<Grant | undefined> =>
  (
    await records.query<Grant>(
      `SELECT ${GRANT} FROM sign_in_grant WHERE user_code_hash = $1 AND state = 'pending' AND expires_at > now()`,
      [userCodeHash],
    )
  ).rows[0]

/** Settles what waits; false where somebody was faster. */
export const settleGrant = async (
  records: Queryable,
  { id, state, sessionId }: { id: string; state: 'approved' | 'denied'; sessionId: string },
): Promise<boolean> =>
  (
    await records.query(
      `UPDATE sign_in_grant SET state = $2, session_id = $3 WHERE id = $1 AND state = 'pending' AND expires_at > now()`,
      [id, state, sessionId],
    )
  ).rowCount === 1

/** The grant of a device code, with whether it is asked about too often; asking is noted, and asking too often slows it down (RFC 8628 §3.5). */
export const pollGrant = async (
  records: Queryable,
  secretHash: Uint8Array,
): Promise<(Grant & { readonly too_soon: boolean }) | undefined> =>
  (
    await records.query<Grant & { too_soon: boolean }>(
      `UPDATE sign_in_grant g SET polled_at = clock_timestamp(),
         interval_s = g.interval_s + CASE WHEN was.too_soon THEN 5 ELSE 0 END
       FROM (SELECT id, coalesce(polled_at > clock_timestamp() - make_interval(secs => interval_s - 1), false) AS too_soon
             FROM sign_in_grant WHERE secret_hash = $1 AND kind = 'device' FOR UPDATE) was
       WHERE g.id = was.id
       RETURNING g.id, g.kind, g.label, g.state, g.session_id, g.code_challenge, g.redirect_uri, g.jkt,
         g.expires_at <= now() AS expired, was.too_soon`,
      [secretHash],
    )
  ).rows[0]

/** Takes a grant out: it is exchanged once, and a second time there is none. */
export const takeGrant = async (records: Queryable, secretHash: Uint8Array): Promise<Grant | undefined> =>
  (await records.query<Grant>(`DELETE FROM sign_in_grant WHERE secret_hash = $1 RETURNING ${GRANT}`, [secretHash]))
    .rows[0]
