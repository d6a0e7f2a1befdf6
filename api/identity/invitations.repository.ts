import type { Invitation } from '#contract/api/invitations.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import type { Maker } from './identity-rows.rules.js'

const OPEN = 'accepted_at IS NULL AND revoked_at IS NULL AND expires_at > now()'
const INVITATION = `id, tenant_id, email, name, roles, custom_roles, in_workspaces, invited_by, principal_id, version,
  CASE WHEN accepted_at IS NOT NULL THEN 'accepted' WHEN revoked_at IS NOT NULL THEN 'revoked'
    WHEN expires_at > now() THEN 'open' ELSE 'expired' END AS state,
  ${isoTimestamp('expires_at')}, ${isoTimestamp('created_at')}`

/** An invitation with what its acceptance is held against. */
export type KeptInvitation = Invitation & { readonly hash: Buffer; readonly invited_with: string | null }
export type NewInvitation = Pick<Invitation, 'id' | 'email' | 'name' | 'roles' | 'custom_roles' | 'in_workspaces'> & {
  readonly maker: Maker
  readonly secret: NewToken
}
/** What is kept of a token, and until when it counts. */
export interface NewToken {
  readonly prefix: string
  readonly hash: Uint8Array
  readonly expires_at: Date
}

/** Invitations that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listInvitations = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<Invitation[]> =>
  (
    await tx.query<Invitation>(
      `SELECT ${INVITATION} FROM invitation
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR tenant_id = $2) ORDER BY id DESC LIMIT $3`,
      [before, tenantId, rows],
    )
  ).rows

/** One invitation, where the scope can see it. */
export const findInvitation = async (tx: Queryable, id: string): Promise<Invitation | undefined> =>
  (await tx.query<Invitation>(`SELECT ${INVITATION} FROM invitation WHERE id = $1`, [id])).rows[0]

/** The invitation whose token has this prefix. */
export const invitationByPrefix = async (tx: Queryable, prefix: string): Promise<KeptInvitation | undefined> =>
  (
    await tx.query<KeptInvitation>(`SELECT ${INVITATION}, hash, invited_with FROM invitation WHERE prefix = $1`, [
      prefix,
    ])
  ).rows[0]

/** The open invitation of an address to an organisation. */
export const invitationOf = async (
  tx: Queryable,
  { tenantId, email }: { tenantId: string; email: string },
): Promise<KeptInvitation | undefined> =>
  (
    await tx.query<KeptInvitation>(
      `SELECT ${INVITATION}, hash, invited_with FROM invitation
       WHERE tenant_id = $1 AND lower(email) = lower($2) AND ${OPEN}`,
      [tenantId, email],
    )
  ).rows[0]

/** Whether somebody of an organisation has this address already. */
export const hasPerson = async (tx: Queryable, tenantId: string, email: string): Promise<boolean> =>
  ((await tx.query('SELECT FROM principal WHERE tenant_id = $1 AND lower(email) = lower($2)', [tenantId, email]))
    .rowCount ?? 0) > 0

/** Whether an organisation's people sign in by a provider. */
export const hasProvider = async (tx: Queryable, tenantId: string): Promise<boolean> =>
  ((await tx.query('SELECT FROM identity_provider WHERE tenant_id = $1 AND enabled LIMIT 1', [tenantId])).rowCount ??
    0) > 0

/** Adds an invitation; of its token only the hash. */
export const insertInvitation = async (
  tx: GovernedTransaction,
  { secret, maker, ...row }: NewInvitation & { readonly tenant_id: string },
): Promise<Invitation> =>
  (
    await tx.query<Invitation>(
      `INSERT INTO invitation (id, tenant_id, email, name, roles, custom_roles, prefix, hash, expires_at, invited_by,
         invited_with, decision_id, in_workspaces)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13) RETURNING ${INVITATION}`,
      [
        ...[row.id, row.tenant_id, row.email, row.name, row.roles, row.custom_roles, secret.prefix, secret.hash],
        ...[secret.expires_at, maker.person, maker.key, tx.decisionId, JSON.stringify(row.in_workspaces)],
      ],
    )
  ).rows[0]!

type Read = Pick<Invitation, 'id' | 'version'>

/** Gives an invitation that nobody took another token; undefined where it was changed meanwhile. Whoever sends it vouches. */
export const renewInvitation = async (
  tx: GovernedTransaction,
  { id, version }: Read,
  { secret, maker }: { readonly secret: NewToken; readonly maker: Maker },
): Promise<Invitation | undefined> =>
  (
    await tx.query<Invitation>(
      `UPDATE invitation SET prefix = $3, hash = $4, expires_at = $5, invited_by = $6, invited_with = $7,
         version = version + 1, decision_id = $8
       WHERE id = $1 AND version = $2 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING ${INVITATION}`,
      [id, version, secret.prefix, secret.hash, secret.expires_at, maker.person, maker.key, tx.decisionId],
    )
  ).rows[0]

/** Takes an invitation back; undefined where it was changed meanwhile. */
export const revokeInvitation = async (
  tx: GovernedTransaction,
  { id, version }: Read,
): Promise<Invitation | undefined> =>
  (
    await tx.query<Invitation>(
      `UPDATE invitation SET revoked_at = now(), version = version + 1, decision_id = $3
       WHERE id = $1 AND version = $2 AND accepted_at IS NULL AND revoked_at IS NULL RETURNING ${INVITATION}`,
      [id, version, tx.decisionId],
    )
  ).rows[0]

/** Marks an invitation as taken by a person; false where it no longer counts or was taken already. */
export const takeInvitation = async (
  tx: GovernedTransaction,
  { id, version }: Read,
  principalId: string,
): Promise<boolean> =>
  (
    await tx.query(
      `UPDATE invitation SET accepted_at = now(), principal_id = $3, version = version + 1, decision_id = $4
       WHERE id = $1 AND version = $2 AND ${OPEN}`,
      [id, version, principalId, tx.decisionId],
    )
  ).rowCount === 1
