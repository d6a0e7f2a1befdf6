import type { Tenant, Workspace } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

const TENANT = `id, slug, name, status, ${isoTimestamp('created_at')}`
const WORKSPACE = `id, tenant_id, slug, name, ${isoTimestamp('created_at')}`

/** Organisations that the transaction's scope can see, newest first. */
export const listTenants = async (tx: Queryable, { rows, before }: IdPage): Promise<Tenant[]> => {
  const found = await tx.query<Tenant>(
    `SELECT ${TENANT} FROM tenant WHERE ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $1`,
    [rows, before],
  )
  return found.rows
}

/** One organisation, where the scope can see it. */
export const findTenant = async (tx: Queryable, id: string): Promise<Tenant | undefined> =>
  (await tx.query<Tenant>(`SELECT ${TENANT} FROM tenant WHERE id = $1`, [id])).rows[0]

/** Workspaces that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listWorkspaces = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<Workspace[]> => {
  const found = await tx.query<Workspace>(
    `SELECT ${WORKSPACE} FROM workspace
     WHERE ($2::uuid IS NULL OR id < $2) AND ($3::uuid IS NULL OR tenant_id = $3) ORDER BY id DESC LIMIT $1`,
    [rows, before, tenantId],
  )
  return found.rows
}

/** Adds an organisation. */
export const insertTenant = async (
  tx: GovernedTransaction,
  { id, slug, name }: Pick<Tenant, 'id' | 'slug' | 'name'>,
): Promise<Tenant> => {
  const added = await tx.query<Tenant>(
    `INSERT INTO tenant (id, slug, name, decision_id) VALUES ($1, $2, $3, $4) RETURNING ${TENANT}`,
    [id, slug, name, tx.decisionId],
  )
  return added.rows[0]!
}

/** Adds a workspace to an organisation. */
export const insertWorkspace = async (
  tx: GovernedTransaction,
  row: Pick<Workspace, 'id' | 'tenant_id' | 'slug' | 'name'>,
): Promise<Workspace> => {
  const added = await tx.query<Workspace>(
    `INSERT INTO workspace (id, tenant_id, slug, name, decision_id) VALUES ($1, $2, $3, $4, $5) RETURNING ${WORKSPACE}`,
    [row.id, row.tenant_id, row.slug, row.name, tx.decisionId],
  )
  return added.rows[0]!
}
