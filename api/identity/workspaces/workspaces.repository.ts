import type { RolesInWorkspace, Workspace, WorkspaceQuery } from '#contract/api/workspaces.js'
import { DEFAULT_WORKSPACE } from '#contract/vocabulary.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

const STATUS = `CASE WHEN archived_at IS NULL THEN 'active' ELSE 'archived' END`
const WORKSPACE = `id, tenant_id, slug, name, ${STATUS} AS status, ${isoTimestamp('archived_at')}, archived_because, version,
  ${isoTimestamp('created_at')}`

interface Listing extends IdPage {
  readonly query: Pick<WorkspaceQuery, 'tenant_id' | 'status' | 'search'>
}

/** Workspaces that the scope can see and the query lets through, newest first. */
export const listWorkspaces = async (tx: Queryable, { rows, before, query }: Listing): Promise<Workspace[]> =>
  (
    await tx.query<Workspace>(
      `SELECT ${WORKSPACE} FROM workspace
       WHERE ($2::uuid IS NULL OR id < $2) AND ($3::uuid IS NULL OR tenant_id = $3) AND ($4::text IS NULL OR ${STATUS} = $4)
         AND ($5::text IS NULL OR position(lower($5) IN lower(name)) > 0 OR position(lower($5) IN slug) > 0)
       ORDER BY id DESC LIMIT $1`,
      [rows, before, query.tenant_id ?? null, query.status ?? null, query.search ?? null],
    )
  ).rows

/** One workspace, where the scope can see it. */
export const findWorkspace = async (tx: Queryable, id: string): Promise<Workspace | undefined> =>
  (await tx.query<Workspace>(`SELECT ${WORKSPACE} FROM workspace WHERE id = $1`, [id])).rows[0]

/** A workspace of an organisation by its short name, where the scope can see it. */
export const findWorkspaceBySlug = async (
  tx: Queryable,
  tenantId: string,
  slug: string,
): Promise<Workspace | undefined> =>
  (await tx.query<Workspace>(`SELECT ${WORKSPACE} FROM workspace WHERE tenant_id = $1 AND slug = $2`, [tenantId, slug]))
    .rows[0]

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

/** What becomes of a workspace that was read at `version`; it is archived while `archivedBecause` is no null. */
export interface WorkspaceChange {
  readonly id: string
  readonly version: number
  readonly name: string
  readonly archivedBecause: string | null
}

/** Renames, archives or restores a workspace; undefined where it changed since it was read. */
export const changeWorkspace = async (
  tx: GovernedTransaction,
  { id, version, name, archivedBecause }: WorkspaceChange,
): Promise<Workspace | undefined> => {
  const changed = await tx.query<Workspace>(
    `UPDATE workspace SET name = $3, archived_because = $4, decision_id = $5, version = version + 1,
       archived_at = CASE WHEN $4::text IS NULL THEN NULL ELSE coalesce(archived_at, now()) END
     WHERE id = $1 AND version = $2 RETURNING ${WORKSPACE}`,
    [id, version, name, archivedBecause, tx.decisionId],
  )
  return changed.rows[0]
}

/** Those of these ids that are workspaces of an organisation. */
export const knownWorkspaces = async (
  tx: Queryable,
  tenantId: string,
  ids: readonly string[],
): Promise<ReadonlySet<string>> => {
  const text = 'SELECT id FROM workspace WHERE tenant_id = $1 AND id = ANY($2::uuid[])'
  const { rows } = await tx.query<Pick<Workspace, 'id'>>(text, [tenantId, ids])
  return new Set(rows.map(({ id }) => id))
}

const PLACES = `SELECT jsonb_build_object('id', w.id, 'slug', w.slug, 'name', w.name) AS workspace`
const BY_NAME = `ORDER BY w.slug = '${DEFAULT_WORKSPACE}' DESC, w.slug`

/** The workspaces in which somebody has roles, given to themselves or by their groups, by name. */
export const rolesInWorkspaces = async (tx: Queryable, principalId: string): Promise<RolesInWorkspace[]> =>
  (
    await tx.query<RolesInWorkspace>(
      `${PLACES}, array_agg(held.role ORDER BY held.role) AS roles
       FROM workspace_role held JOIN workspace w ON w.id = held.workspace_id WHERE held.principal_id = $1
       GROUP BY w.id ${BY_NAME}`,
      [principalId],
    )
  ).rows

/** The workspaces in which somebody was given roles themselves, by name. */
export const ownRolesInWorkspaces = async (tx: Queryable, principalId: string): Promise<RolesInWorkspace[]> =>
  (
    await tx.query<RolesInWorkspace>(
      `${PLACES}, m.roles FROM workspace_member m JOIN workspace w ON w.id = m.workspace_id WHERE m.principal_id = $1
       ${BY_NAME}`,
      [principalId],
    )
  ).rows
