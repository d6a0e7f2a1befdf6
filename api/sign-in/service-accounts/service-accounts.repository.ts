import type { ServiceAccount } from '#contract/api/service-accounts.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Maker } from '../../identity/identity-rows.rules.js'
import type { NewPseudonym } from '../../identity/pseudonyms.service.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

const ACCOUNT = `id, tenant_id, publisher_id, name, roles, custom_roles, pseudonym, owner_id, version,
  ${isoTimestamp('disabled_at')}, ${isoTimestamp('created_at')}`

export type NewServiceAccount = Pick<
  ServiceAccount,
  'id' | 'tenant_id' | 'name' | 'roles' | 'custom_roles' | 'pseudonym'
> &
  NewPseudonym & { readonly owner_id: string; readonly maker: Maker }

/** Service accounts that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listServiceAccounts = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<ServiceAccount[]> =>
  (
    await tx.query<ServiceAccount>(
      `SELECT ${ACCOUNT} FROM principal WHERE kind = 'service_account' AND erased_at IS NULL AND ($1::uuid IS NULL OR id < $1)
         AND ($2::uuid IS NULL OR tenant_id = $2) ORDER BY id DESC LIMIT $3`,
      [before, tenantId, rows],
    )
  ).rows

/** One service account, where the scope can see it. */
export const findServiceAccount = async (tx: Queryable, id: string): Promise<ServiceAccount | undefined> =>
  (await tx.query<ServiceAccount>(`SELECT ${ACCOUNT} FROM principal WHERE id = $1 AND kind = 'service_account'`, [id]))
    .rows[0]

/** Adds a service account. */
export const insertServiceAccount = async (tx: GovernedTransaction, row: NewServiceAccount): Promise<ServiceAccount> =>
  (
    await tx.query<ServiceAccount>(
      `INSERT INTO principal (id, tenant_id, kind, name, roles, custom_roles, pseudonym, pseudonym_key, owner_id, made_by,
         made_with, decision_id)
       VALUES ($1, $2, 'service_account', $3, $4, $5, $6, $7, $8, $9, $10, $11) RETURNING ${ACCOUNT}`,
      [
        ...[row.id, row.tenant_id, row.name, row.roles, row.custom_roles, row.pseudonym, row.pseudonym_key],
        row.owner_id,
        ...[row.maker.person, row.maker.key, tx.decisionId],
      ],
    )
  ).rows[0]!

/** Names another owner; undefined where the account was changed meanwhile. */
export const handOver = async (
  tx: GovernedTransaction,
  { id, version, owner_id }: { id: string; version: number; owner_id: string },
): Promise<ServiceAccount | undefined> =>
  (
    await tx.query<ServiceAccount>(
      `UPDATE principal SET owner_id = $3, version = version + 1, decision_id = $4
       WHERE id = $1 AND version = $2 RETURNING ${ACCOUNT}`,
      [id, version, owner_id, tx.decisionId],
    )
  ).rows[0]
