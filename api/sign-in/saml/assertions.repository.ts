import type { Queryable } from '../../platform/database/queryable.js'

/** Notes an assertion, so that it is taken once; false where it was taken. Those that expired go. */
export const takeAssertion = async (
  records: Queryable,
  { providerId, idHash, expiresAt }: { providerId: string; idHash: Uint8Array; expiresAt: Date },
): Promise<boolean> => {
  await records.query('DELETE FROM saml_assertion WHERE expires_at < now()')
  const taken = await records.query(
    'INSERT INTO saml_assertion (provider_id, id_hash, expires_at) VALUES ($1, $2, $3) ON CONFLICT DO NOTHING',
    [providerId, idHash, expiresAt],
  )
  return taken.rowCount === 1
}
