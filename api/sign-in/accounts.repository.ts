import type { GovernedTransaction } from '../gate/gate.types.js'
import { rolesByGroups } from '../documents/group-roles.repository.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Who signs in, as their organisation knows them. */
export interface Someone {
  readonly principal_id: string
  readonly active: boolean
  readonly owner: boolean
}

/** Whether a principal `p` is an owner of its organisation, by a role of its own or of a group: as SQL, named `owner`. */
export const OWNER = `p.kind = 'user' AND 'owner' = ANY (p.roles || ${rolesByGroups('p.id', 'roles')}) AS owner`

/** Who an issuer means by a subject: whoever it meant the first time, whatever address they have today. */
export const findAccount = async (
  tx: Queryable,
  { tenantId, issuer, subject }: { tenantId: string; issuer: string; subject: string },
): Promise<Someone | undefined> =>
  (
    await tx.query<Someone>(
      `SELECT a.principal_id, p.disabled_at IS NULL AS active, ${OWNER}
       FROM external_account a JOIN principal p ON p.id = a.principal_id
       WHERE a.tenant_id = $1 AND a.issuer = $2 AND a.subject = $3`,
      [tenantId, issuer, subject],
    )
  ).rows[0]

/** The person of an organisation with this address whom the issuer does not know under another subject: an address may change hands. */
export const findUnlinked = async (
  tx: Queryable,
  { tenantId, issuer, email }: { tenantId: string; issuer: string; email: string },
): Promise<Someone | undefined> =>
  (
    await tx.query<Someone>(
      `SELECT p.id AS principal_id, p.disabled_at IS NULL AS active, ${OWNER} FROM principal p
       WHERE p.tenant_id = $1 AND lower(p.email) = lower($3) AND p.kind = 'user'
         AND NOT EXISTS (SELECT FROM external_account a WHERE a.principal_id = p.id AND a.issuer = $2)
       ORDER BY p.id LIMIT 1`,
      [tenantId, issuer, email],
    )
  ).rows[0]

/** Whether somebody of an organisation has this address. */
export const isAddressTaken = async (tx: Queryable, tenantId: string, email: string): Promise<boolean> =>
  ((await tx.query('SELECT FROM principal WHERE tenant_id = $1 AND lower(email) = lower($2)', [tenantId, email]))
    .rowCount ?? 0) > 0

/** Keeps whom an issuer means by a subject. */
export const insertAccount = async (
  tx: GovernedTransaction,
  row: { id: string; provider_id: string; principal_id: string; issuer: string; subject: string },
): Promise<void> => {
  await tx.query(
    `INSERT INTO external_account (id, tenant_id, provider_id, principal_id, issuer, subject, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7)`,
    [row.id, tx.tenantId, row.provider_id, row.principal_id, row.issuer, row.subject, tx.decisionId],
  )
}
