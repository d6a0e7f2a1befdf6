import { OWNER } from '../accounts.repository.js'
import type { Queryable } from '../../platform/database/queryable.js'

/** An organisation as somebody sees it who knocks. */
export interface Organisation {
  readonly id: string
  readonly slug: string
  readonly name: string
  /** Whether it lets people sign in by passwords and passkeys here. */
  readonly allowed: boolean
}
const ORGANISATION = `id, slug, name, coalesce(settings->>'sign_in' = 'local_allowed', false) AS allowed`

/** An organisation by id or slug. */
export const findOrganisation = async (
  tx: Queryable,
  { id = null, slug = null }: { readonly id?: string | null; readonly slug?: string | null },
): Promise<Organisation | undefined> =>
  (await tx.query<Organisation>(`SELECT ${ORGANISATION} FROM tenant WHERE id = $1 OR slug = $2`, [id, slug])).rows[0]

/** Whether nobody of an organisation signs in by a provider. */
export const hasNoProvider = async (tx: Queryable, tenantId: string): Promise<boolean> =>
  (await tx.query('SELECT FROM identity_provider WHERE tenant_id = $1 AND enabled LIMIT 1', [tenantId])).rowCount === 0

/** A person with what they sign in by here. */
export interface LocalAccount {
  readonly principal_id: string
  readonly tenant_id: string
  readonly name: string
  readonly email: string | null
  readonly pseudonym: string
  readonly active: boolean
  /** By a role of their own or of a group. */
  readonly owner: boolean
  readonly digest: string | null
  readonly totp_sealed: Buffer | null
  readonly passkeys: number
}
const ACCOUNT = `SELECT p.id AS principal_id, p.tenant_id, p.name, p.email, p.pseudonym, p.disabled_at IS NULL AS active, ${OWNER}, l.digest,
    t.sealed AS totp_sealed, (SELECT count(*)::int FROM passkey k WHERE k.principal_id = p.id) AS passkeys
  FROM principal p LEFT JOIN local_password l ON l.principal_id = p.id LEFT JOIN totp_secret t ON t.principal_id = p.id
  WHERE p.kind = 'user'`

/** The account of an address; one with a password first. */
export const findByAddress = async (
  tx: Queryable,
  { tenantId, email }: { readonly tenantId: string; readonly email: string },
): Promise<LocalAccount | undefined> =>
  (
    await tx.query<LocalAccount>(
      `${ACCOUNT} AND p.tenant_id = $1 AND lower(p.email) = lower($2) ORDER BY l.digest IS NULL, p.id LIMIT 1`,
      [tenantId, email],
    )
  ).rows[0]

/** The account of a person. */
export const findAccountOf = async (tx: Queryable, principalId: string): Promise<LocalAccount | undefined> =>
  (await tx.query<LocalAccount>(`${ACCOUNT} AND p.id = $1`, [principalId])).rows[0]

/** A token by which a person chooses a password. */
export interface KeptPasswordToken {
  readonly id: string
  readonly tenant_id: string
  readonly principal_id: string
  readonly hash: Buffer
  readonly version: number
  /** It was not used, nor followed by another, and has not expired. */
  readonly open: boolean
}
/** The token with this prefix. */
export const findPasswordToken = async (tx: Queryable, prefix: string): Promise<KeptPasswordToken | undefined> =>
  (
    await tx.query<KeptPasswordToken>(
      `SELECT id, tenant_id, principal_id, hash, version, used_at IS NULL AND expires_at > now() AS open
       FROM password_token WHERE prefix = $1`,
      [prefix],
    )
  ).rows[0]

/** The recovery code of a person that nobody used. */
export const findRecoveryCode = async (
  tx: Queryable,
  principalId: string,
  hash: Uint8Array,
): Promise<string | undefined> =>
  (
    await tx.query<{ id: string }>(
      `SELECT id FROM recovery_code c WHERE principal_id = $1 AND hash = $2
         AND NOT EXISTS (SELECT FROM recovery_code_use u WHERE u.code_id = c.id)`,
      [principalId, hash],
    )
  ).rows[0]?.id

/** How many recovery codes of a person are left. */
export const countRecoveryCodes = async (tx: Queryable, principalId: string): Promise<number> =>
  (
    await tx.query<{ left: number }>(
      `SELECT count(*)::int AS left FROM recovery_code c WHERE principal_id = $1
         AND NOT EXISTS (SELECT FROM recovery_code_use u WHERE u.code_id = c.id)`,
      [principalId],
    )
  ).rows[0]!.left
