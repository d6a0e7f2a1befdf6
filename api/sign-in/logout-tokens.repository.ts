import type { Queryable } from '../platform/database/queryable.js'

/** Notes a logout token, so that it is taken once; false where it was taken. Those that expired go. */
export const takeLogoutToken = async (
  records: Queryable,
  { providerId, jtiHash, expiresAt }: { providerId: string; jtiHash: Uint8Array; expiresAt: Date },
): Promise<boolean> => {
  await records.query('DELETE FROM logout_token WHERE expires_at < now()')
  const taken = await records.query(
    'INSERT INTO logout_token (provider_id, jti_hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [providerId, jtiHash, expiresAt],
  )
  return taken.rowCount === 1
}
