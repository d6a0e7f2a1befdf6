import type { WorkspaceRole } from '#contract/scopes.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Roles that somebody has within single workspaces, given to themselves or by their groups, by the workspace's id: as SQL over an expression, their id. */
export const rolesInEachWorkspace = (principalId: string): string => `coalesce((
    SELECT jsonb_object_agg(place.workspace_id, place.roles) FROM (
      SELECT held.workspace_id, jsonb_agg(held.role ORDER BY held.role) AS roles FROM workspace_role held
      WHERE held.principal_id = ${principalId} GROUP BY held.workspace_id) place), '{}')`

/** Roles that somebody has in one workspace, given to themselves or by their groups. */
export const readRolesInWorkspace = async (
  tx: Queryable,
  workspaceId: string,
  principalId: string,
): Promise<WorkspaceRole[]> => {
  const { rows } = await tx.query<{ role: WorkspaceRole }>(
    'SELECT role FROM workspace_role WHERE workspace_id = $1 AND principal_id = $2 ORDER BY role',
    [workspaceId, principalId],
  )
  return rows.map(({ role }) => role)
}

/** Ids of an organisation's workspaces, by the slugs and ids that name them; what names none is left out. */
export const readNamedWorkspaces = async (
  tx: Queryable,
  tenantId: string,
  names: readonly string[],
): Promise<ReadonlyMap<string, string>> => {
  if (names.length === 0) return new Map()
  const { rows } = await tx.query<{ name: string; id: string }>(
    `SELECT named.name, w.id FROM unnest($2::text[]) AS named (name)
     JOIN workspace w ON w.tenant_id = $1 AND lower(named.name) IN (w.slug, w.id::text)`,
    [tenantId, names],
  )
  return new Map(rows.map(({ name, id }) => [name, id]))
}
