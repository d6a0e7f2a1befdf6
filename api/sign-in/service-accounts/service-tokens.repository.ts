import type { Queryable } from '../../platform/database/queryable.js'

/** An access token to be kept; of its secret the hash. */
export interface NewServiceToken {
  readonly id: string
  readonly tenant_id: string
  readonly principal_id: string
  readonly credential_id: string
  readonly prefix: string
  readonly hash: Uint8Array
  readonly scopes: readonly string[]
  /** Thumbprint of the key that it is bound to. */
  readonly jkt: string | null
}

/** Keeps a token for `lasts` seconds and notes that its secret or key was used; lets go tokens that expired. */
export const insertServiceToken = async (records: Queryable, row: NewServiceToken, lasts: number): Promise<void> => {
  await records.query('DELETE FROM service_token WHERE expires_at < now()')
  await records.query(
    `INSERT INTO service_token (id, tenant_id, principal_id, credential_id, prefix, hash, scopes, expires_at, jkt)
     VALUES ($1, $2, $3, $4, $5, $6, $7, now() + make_interval(secs => $8), $9)`,
    [row.id, row.tenant_id, row.principal_id, row.credential_id, row.prefix, row.hash, row.scopes, lasts, row.jkt],
  )
  await records.query(
    `INSERT INTO client_credential_use (credential_id, tenant_id, used_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (credential_id) DO UPDATE SET used_at = clock_timestamp()`,
    [row.credential_id, row.tenant_id],
  )
}
