import type { Queryable } from '../platform/database/queryable.js'

/** Where tokens and assertions are noted that are taken once: whom they are of, and the hash of their id. */
const COLUMNS = {
  logout_token: { of: 'provider_id', hash: 'jti_hash' },
  saml_assertion: { of: 'provider_id', hash: 'id_hash' },
  client_assertion: { of: 'principal_id', hash: 'jti_hash' },
  dpop_proof: { of: 'jkt', hash: 'jti_hash' },
} as const

/** Of whom something is, the hash of its id, and when it counts no more in any case. */
export interface Once {
  readonly of: string
  readonly hash: Uint8Array
  readonly expiresAt: Date
}

/** Notes a token or assertion, so that it is taken once; false where it was taken. Those that expired go. */
export const takeOnce = async (
  records: Queryable,
  table: keyof typeof COLUMNS,
  { of, hash, expiresAt }: Once,
): Promise<boolean> => {
  const columns = COLUMNS[table]
  await records.query(`DELETE FROM ${table} WHERE expires_at < now()`)
  const taken = await records.query(
    `INSERT INTO ${table} (${columns.of}, ${columns.hash}, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING`,
    [of, hash, expiresAt],
  )
  return taken.rowCount === 1
}
