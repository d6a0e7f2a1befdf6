import type { Tenant } from '#contract/api/identity.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoInstant } from '../platform/database/iso-timestamp.js'
import type { ScopedReader } from '../platform/database/prisma-reader.js'
import { inPage, type IdPage } from '../platform/http/page.js'
import { chosenSettings } from './identity-rows.rules.js'

const TENANT = `id, slug, name, status, suspended_because, closes_at, closing_because, closing_by, closing_by_platform, closed_at,
  sandbox_until, settings, version, created_at`

const TENANT_COLUMNS = {
  id: true,
  slug: true,
  name: true,
  status: true,
  suspended_because: true,
  ...{ closes_at: true, closing_because: true, closing_by: true, closing_by_platform: true },
  ...{ closed_at: true, sandbox_until: true },
  settings: true,
  version: true,
  created_at: true,
} as const

type TenantRow = Pick<Tenant, 'id' | 'slug' | 'name' | 'suspended_because' | 'version'> & {
  readonly status: string
  readonly closes_at: Date | null
  readonly closing_because: string | null
  readonly closing_by: string | null
  readonly closing_by_platform: boolean
  readonly closed_at: Date | null
  readonly sandbox_until: Date | null
  readonly settings: unknown
  readonly created_at: Date
}
const closingOf = ({ closes_at, closing_because, closing_by, closing_by_platform }: TenantRow): Tenant['closing'] =>
  closes_at && closing_because !== null && closing_by !== null
    ? { until: isoInstant(closes_at), because: closing_because, by: closing_by, by_platform: closing_by_platform }
    : null
const tenantOf = (row: TenantRow): Tenant => ({
  ...{ id: row.id, slug: row.slug, name: row.name, status: row.status as Tenant['status'] },
  ...{ suspended_because: row.suspended_because, closing: closingOf(row) },
  ...{ closed_at: isoInstant(row.closed_at), sandbox_until: isoInstant(row.sandbox_until) },
  ...{ settings: chosenSettings(row.settings), version: row.version, created_at: isoInstant(row.created_at) },
})

/** Organisations that the scope can see, newest first. */
export const listTenants = async ({ tenant }: ScopedReader, page: IdPage): Promise<Tenant[]> =>
  (await tenant.findMany({ ...inPage(page, {}), select: TENANT_COLUMNS })).map(tenantOf)

/** One organisation, where the scope can see it. */
export const findTenant = async ({ tenant }: ScopedReader, id: string): Promise<Tenant | undefined> => {
  const row = await tenant.findUnique({ where: { id }, select: TENANT_COLUMNS })
  return row ? tenantOf(row) : undefined
}

/** Adds an organisation. */
export const insertTenant = async (
  tx: GovernedTransaction,
  {
    id,
    slug,
    name,
    sandbox_until = null,
  }: Pick<Tenant, 'id' | 'slug' | 'name'> & Partial<Pick<Tenant, 'sandbox_until'>>,
): Promise<Tenant> => {
  const added = await tx.query<TenantRow>(
    `INSERT INTO tenant (id, slug, name, sandbox_until, decision_id) VALUES ($1, $2, $3, $4, $5) RETURNING ${TENANT}`,
    [id, slug, name, sandbox_until, tx.decisionId],
  )
  return tenantOf(added.rows[0]!)
}

/** How many sandboxes there are. Needs platform scope. */
export const countSandboxes = ({ tenant }: ScopedReader): Promise<number> =>
  tenant.count({ where: { sandbox_until: { not: null }, status: { not: 'closed' } } })

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

/** Suspends an organisation as read at `version`, or ends its suspension (`because` null); undefined where somebody was faster. */
export const suspendTenant = async (
  tx: GovernedTransaction,
  { id, version, because }: Pick<Tenant, 'id' | 'version'> & { readonly because: string | null },
): Promise<Tenant | undefined> => {
  const changed = await tx.query<TenantRow>(
    `UPDATE tenant SET status = CASE WHEN $3::text IS NULL THEN 'active' ELSE 'suspended' END, suspended_because = $3,
       version = version + 1, decision_id = $4
     WHERE id = $1 AND version = $2 RETURNING ${TENANT}`,
    [id, version, because, tx.decisionId],
  )
  return changed.rows[0] && tenantOf(changed.rows[0])
}

/** Since when an organisation is closing, and until when. */
export interface Closing extends Pick<Tenant, 'id' | 'version'> {
  readonly because: string
  /** Pseudonym of whoever asked. */
  readonly by: string
  readonly byPlatform: boolean
  readonly days: number
}

/** Has an organisation, as read at `version`, close in so many days; a sandbox not later than it ends. Undefined where somebody was faster. */
export const closeTenant = async (tx: GovernedTransaction, closing: Closing): Promise<Tenant | undefined> => {
  const { id, version, because, by, byPlatform, days } = closing
  const changed = await tx.query<TenantRow>(
    `UPDATE tenant SET status = 'closing', closes_at = least(now() + make_interval(days => $6), sandbox_until),
       closing_because = $3, closing_by = $4, closing_by_platform = $5, version = version + 1, decision_id = $7
     WHERE id = $1 AND version = $2 RETURNING ${TENANT}`,
    [id, version, because, by, byPlatform, days, tx.decisionId],
  )
  return changed.rows[0] && tenantOf(changed.rows[0])
}

/** Calls the closing of an organisation off, as read at `version`: it is as it was before. Undefined where somebody was faster, or its time has come. */
export const reopenTenant = async (
  tx: GovernedTransaction,
  { id, version }: Pick<Tenant, 'id' | 'version'>,
): Promise<Tenant | undefined> => {
  const changed = await tx.query<TenantRow>(
    `UPDATE tenant SET status = CASE WHEN suspended_because IS NULL THEN 'active' ELSE 'suspended' END, closes_at = NULL,
       closing_because = NULL, closing_by = NULL, closing_by_platform = false, version = version + 1, decision_id = $3
     WHERE id = $1 AND version = $2 AND closes_at > now() RETURNING ${TENANT}`,
    [id, version, tx.decisionId],
  )
  return changed.rows[0] && tenantOf(changed.rows[0])
}
