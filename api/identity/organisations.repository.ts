import type { Tenant, Workspace } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoInstant, isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import { inPage, ofTenant, type IdPage } from '../platform/http/page.js'
import { chosenSettings } from './identity-rows.rules.js'

const TENANT = 'id, slug, name, status, settings, version, created_at'
const WORKSPACE = `id, tenant_id, slug, name, ${isoTimestamp('created_at')}`

const TENANT_COLUMNS = {
  id: true,
  slug: true,
  name: true,
  status: true,
  settings: true,
  version: true,
  created_at: true,
} as const
const WORKSPACE_COLUMNS = { id: true, tenant_id: true, slug: true, name: true, created_at: true } as const

type TenantRow = Omit<Tenant, 'status' | 'settings' | 'created_at'> & {
  readonly status: string
  readonly settings: unknown
  readonly created_at: Date
}
const tenantOf = (row: TenantRow): Tenant => ({
  ...row,
  status: row.status as Tenant['status'],
  settings: chosenSettings(row.settings),
  created_at: isoInstant(row.created_at),
})

/** Organisations that the scope can see, newest first. */
export const listTenants = async ({ tenant }: ScopedReader, page: IdPage): Promise<Tenant[]> =>
  (await tenant.findMany({ ...inPage(page, {}), select: TENANT_COLUMNS })).map(tenantOf)

/** One organisation, where the scope can see it. */
export const findTenant = async ({ tenant }: ScopedReader, id: string): Promise<Tenant | undefined> => {
  const row = await tenant.findUnique({ where: { id }, select: TENANT_COLUMNS })
  return row ? tenantOf(row) : undefined
}

/** Workspaces that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listWorkspaces = async (
  { workspace }: ScopedReader,
  page: IdPage,
  tenantId: string | null,
): Promise<Workspace[]> => {
  const rows = await workspace.findMany({ ...inPage(page, ofTenant(tenantId)), select: WORKSPACE_COLUMNS })
  return rows.map((row) => ({ ...row, created_at: isoInstant(row.created_at) }))
}

/** Adds an organisation. */
export const insertTenant = async (
  tx: GovernedTransaction,
  { id, slug, name }: Pick<Tenant, 'id' | 'slug' | 'name'>,
): Promise<Tenant> => {
  const added = await tx.query<TenantRow>(
    `INSERT INTO tenant (id, slug, name, decision_id) VALUES ($1, $2, $3, $4) RETURNING ${TENANT}`,
    [id, slug, name, tx.decisionId],
  )
  return tenantOf(added.rows[0]!)
}

/** Changes an organisation as read at `version`; undefined where somebody was faster. */
export const updateTenant = async (
  tx: GovernedTransaction,
  { id, version, name, settings }: Pick<Tenant, 'id' | 'version' | 'name' | 'settings'>,
): Promise<Tenant | undefined> => {
  const changed = await tx.query<TenantRow>(
    `UPDATE tenant SET name = $3, settings = settings || $4, version = version + 1, decision_id = $5
     WHERE id = $1 AND version = $2 RETURNING ${TENANT}`,
    [id, version, name, settings, tx.decisionId],
  )
  return changed.rows[0] && tenantOf(changed.rows[0])
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
