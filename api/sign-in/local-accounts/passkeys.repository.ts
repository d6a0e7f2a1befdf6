import type { Passkey } from '#contract/api/local-accounts.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'

const PASSKEY = `id, name, backed_up, ${isoTimestamp('created_at')},
  (SELECT ${isoTimestamp('u.used_at', 'last_used_at')} FROM passkey_use u WHERE u.passkey_id = passkey.id)`

/** Passkeys of a person, oldest first. */
export const listPasskeys = async (tx: Queryable, principalId: string): Promise<Passkey[]> =>
  (await tx.query<Passkey>(`SELECT ${PASSKEY} FROM passkey WHERE principal_id = $1 ORDER BY id`, [principalId])).rows

/** A passkey as what it signed is verified by. */
export interface KeptPasskey {
  readonly id: string
  readonly tenant_id: string
  readonly principal_id: string
  readonly credential_id: string
  readonly public_key: Buffer
  readonly counter: number
}
/** The passkey of an id that its authenticator gave it. */
export const findPasskey = async (tx: Queryable, credentialId: string): Promise<KeptPasskey | undefined> => {
  const { rows } = await tx.query<KeptPasskey>(
    `SELECT k.id, k.tenant_id, k.principal_id, k.credential_id, k.public_key, coalesce(u.counter, 0) AS counter
     FROM passkey k LEFT JOIN passkey_use u ON u.passkey_id = k.id WHERE k.credential_id = $1`,
    [credentialId],
  )
  return rows[0] && { ...rows[0], counter: Number(rows[0].counter) }
}

/** Ids of a person's passkeys, as their authenticators know them. */
export const credentialIds = async (tx: Queryable, principalId: string): Promise<string[]> =>
  (
    await tx.query<{ id: string }>('SELECT credential_id AS id FROM passkey WHERE principal_id = $1', [principalId])
  ).rows.map(({ id }) => id)

/** A passkey to be kept. */
export interface NewPasskey extends Omit<KeptPasskey, 'tenant_id' | 'public_key' | 'counter'> {
  readonly name: string
  readonly public_key: Uint8Array
  readonly transports: readonly string[]
  readonly backed_up: boolean
}
/** Adds a passkey. */
export const insertPasskey = async (tx: GovernedTransaction, row: NewPasskey): Promise<Passkey> =>
  (
    await tx.query<Passkey>(
      `INSERT INTO passkey (id, tenant_id, principal_id, name, credential_id, public_key, transports, backed_up, decision_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9) RETURNING ${PASSKEY}`,
      [
        ...[row.id, tx.tenantId, row.principal_id, row.name, row.credential_id, row.public_key, row.transports],
        ...[row.backed_up, tx.decisionId],
      ],
    )
  ).rows[0]!

/** Lets a passkey of a person go, unless it is their last second factor. */
export const deletePasskey = async (
  tx: GovernedTransaction,
  { id, principalId }: { readonly id: string; readonly principalId: string },
): Promise<boolean> => {
  // Two at once wait for each other, so that neither overlooks the other.
  await tx.query(`SELECT pg_advisory_xact_lock(hashtextextended('second factors of ' || $1, 0))`, [principalId])
  const gone = await tx.query(
    `DELETE FROM passkey WHERE id = $1 AND principal_id = $2 AND (EXISTS (SELECT FROM totp_secret WHERE principal_id = $2)
       OR EXISTS (SELECT FROM passkey o WHERE o.principal_id = $2 AND o.id <> $1))`,
    [id, principalId],
  )
  return gone.rowCount === 1
}

/**
 * Notes the use of a passkey by its counter; false where that did not grow: somebody has a copy (WebAuthn Level 3, section 6.1.1).
 * Authenticators that keep none show 0.
 */
export const notePasskeyUse = async (
  records: Queryable,
  { id, tenant_id }: Pick<KeptPasskey, 'id' | 'tenant_id'>,
  counter: number,
): Promise<boolean> =>
  (
    await records.query(
      `INSERT INTO passkey_use (passkey_id, tenant_id, counter, used_at) VALUES ($1, $2, $3, clock_timestamp())
       ON CONFLICT (passkey_id) DO UPDATE SET counter = excluded.counter, used_at = clock_timestamp()
       WHERE passkey_use.counter < excluded.counter OR (passkey_use.counter = 0 AND excluded.counter = 0)`,
      [id, tenant_id, counter],
    )
  ).rowCount === 1
