import type { Pool } from 'pg'
import type { RuntimeToken } from '#contract/api/runtime-tokens.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { findInstall } from '../installs/installs.repository.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import { findVersionById } from '../registry/catalogue.repository.js'

const TOKEN = `k.id, k.install_id, k.name, k.prefix, k.permissions, k.digest, ${isoTimestamp('k.expires_at', 'expires_at')},
  ${isoTimestamp('k.revoked_at', 'revoked_at')}, ${isoTimestamp('k.created_at', 'created_at')},
  (SELECT ${isoTimestamp('u.used_at', 'last_used_at')} FROM runtime_token_use u WHERE u.token_id = k.id)`

/** An install as far as its tokens need it. */
export interface TokenInstall {
  readonly id: string
  readonly tenant_id: string
  readonly workspace_id: string
  readonly publisher_id: string
  readonly extension: string
  readonly semver: string
  readonly digest: string
  /** Granted, and declared by the version. */
  readonly permissions: string[]
}

/** The install that tokens would be for, where the scope can see it. */
export const findTokenInstall = async (tx: Queryable, id: string): Promise<TokenInstall | undefined> => {
  const install = await findInstall(tx, id)
  const version = install && (await findVersionById(tx, install.version_id))
  if (!install || !version) return undefined
  const { tenant_id, workspace_id, publisher_id } = install
  const { extension, semver, digest, manifest } = version
  const permissions = install.permissions.filter((permission) => manifest.permissions.includes(permission))
  return { id, tenant_id, workspace_id, publisher_id, extension, semver, digest, permissions }
}

/** Tokens of an install that the scope can see, newest first. */
export const listTokens = async (
  tx: Queryable,
  installId: string,
  { rows, before }: IdPage,
): Promise<RuntimeToken[]> => {
  const found = await tx.query<RuntimeToken>(
    `SELECT ${TOKEN} FROM runtime_token k WHERE k.install_id = $1 AND ($2::uuid IS NULL OR k.id < $2) ORDER BY k.id DESC LIMIT $3`,
    [installId, before, rows],
  )
  return found.rows
}

/** One token with its organisation, where the scope can see it. */
export const findToken = async (
  tx: Queryable,
  id: string,
): Promise<(RuntimeToken & { readonly tenant_id: string }) | undefined> => {
  const text = `SELECT ${TOKEN}, k.tenant_id FROM runtime_token k WHERE k.id = $1`
  return (await tx.query<RuntimeToken & { tenant_id: string }>(text, [id])).rows[0]
}

/** A token to be kept; of the token itself only the hash. */
export interface NewToken {
  readonly id: string
  readonly install: TokenInstall
  readonly principalId: string
  readonly issuedWith: string | null
  readonly name: string
  readonly permissions: readonly string[]
  readonly prefix: string
  readonly hash: Uint8Array
  /** Seconds. */
  readonly lasts: number
}

/** Adds a token, and lets those of its install go that expired more than a day ago. */
export const insertToken = async (tx: GovernedTransaction, token: NewToken): Promise<RuntimeToken> => {
  const { id, install, principalId, issuedWith, name, permissions, prefix, hash, lasts } = token
  await tx.query(`DELETE FROM runtime_token WHERE install_id = $1 AND expires_at < now() - interval '1 day'`, [
    install.id,
  ])
  const whose = [id, install.tenant_id, install.id, principalId, issuedWith]
  await tx.query(
    `INSERT INTO runtime_token (id, tenant_id, install_id, principal_id, issued_with, name, digest, permissions, prefix, hash,
       expires_at, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, now() + make_interval(secs => $11), $12)`,
    [...whose, name, install.digest, permissions, prefix, hash, lasts, tx.decisionId],
  )
  const { tenant_id: _, ...view } = (await findToken(tx, id))!
  return view
}

/** Revokes a token for good; false where it already was. */
export const revokeToken = async (tx: GovernedTransaction, id: string): Promise<boolean> => {
  const revoked = await tx.query(
    `UPDATE runtime_token SET revoked_at = now(), version = version + 1, decision_id = $2 WHERE id = $1 AND revoked_at IS NULL`,
    [id, tx.decisionId],
  )
  return revoked.rowCount === 1
}

/** Keeps that a token was used just now; does nothing where it went meanwhile. */
export const noteUse = async (records: Pool, tokenId: string, tenantId: string): Promise<void> => {
  await records.query(
    `INSERT INTO runtime_token_use (token_id, tenant_id, used_at) VALUES ($1, $2, clock_timestamp())
     ON CONFLICT (token_id) DO UPDATE SET used_at = clock_timestamp()`,
    [tokenId, tenantId],
  )
}
