import type { GroupRule } from '#contract/api/documents.js'
import type { Role, Scope, WorkspaceRole } from '#contract/scopes.js'
import { customScopes } from './documents.repository.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import { rolesInEachWorkspace } from './workspace-roles.repository.js'

/** Names of roles that somebody has by their groups now, as SQL over expressions: their id, and the roles of their own to leave out. */
export const rolesByGroups = (principalId: string, which: 'roles' | 'custom_roles', own = "'{}'"): string => `ARRAY(
    SELECT DISTINCT given.role FROM group_role by_group
    CROSS JOIN LATERAL jsonb_array_elements_text(by_group.rule->'${which}') AS given(role)
    WHERE by_group.principal_id = ${principalId} AND given.role <> ALL(${own}) ORDER BY given.role)`

/** What a rule gives somebody by a group. */
export interface GivenByGroup {
  readonly group: { readonly id: string; readonly display_name: string }
  readonly rules: string
  readonly revision: number
  readonly rule: GroupRule
}

/** The rules that give somebody roles, each with the group that it does so by. */
export const readGivenByGroups = async (tx: Queryable, principalId: string): Promise<GivenByGroup[]> => {
  const { rows } = await tx.query<GivenByGroup>(
    `SELECT jsonb_build_object('id', group_id, 'display_name', group_name) AS group, rules, revision, rule
     FROM group_role WHERE principal_id = $1 ORDER BY group_name, group_id, rules, rule`,
    [principalId],
  )
  return rows
}

/** People who have roles by groups, newest first; of one organisation where `tenantId` names it. */
export const listGivenByGroups = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<{ readonly id: string; readonly by_groups: GivenByGroup[] }[]> => {
  const found = await tx.query<{ id: string; by_groups: GivenByGroup[] }>(
    `SELECT principal_id AS id, jsonb_agg(jsonb_build_object(
       'group', jsonb_build_object('id', group_id, 'display_name', group_name), 'rules', rules, 'revision', revision, 'rule', rule)
       ORDER BY group_name, group_id, rules, rule) AS by_groups
     FROM group_role WHERE ($1::uuid IS NULL OR tenant_id = $1) AND ($2::uuid IS NULL OR principal_id < $2)
     GROUP BY principal_id ORDER BY principal_id DESC LIMIT $3`,
    [tenantId, before, rows],
  )
  return found.rows
}

/** Roles that somebody has by their groups. */
export const readRolesByGroups = async (
  tx: Queryable,
  principalId: string,
): Promise<{ readonly roles: Role[]; readonly custom_roles: string[] }> => {
  const { rows } = await tx.query<{ roles: Role[]; custom_roles: string[] }>(
    `SELECT ${rolesByGroups('$1', 'roles')} AS roles, ${rolesByGroups('$1', 'custom_roles')} AS custom_roles`,
    [principalId],
  )
  return rows[0]!
}

/** All rules of an organisation, each set at its newest revision. */
export const readRules = async (tx: Queryable, tenantId: string): Promise<GroupRule[]> => {
  const { rows } = await tx.query<{ rule: GroupRule }>('SELECT rule FROM group_rules_of($1)', [tenantId])
  return rows.map(({ rule }) => rule)
}

/** The rules of an organisation, by the name of their set. */
export const readRuleSets = async (
  tx: Queryable,
  tenantId: string,
): Promise<{ readonly name: string; readonly rules: GroupRule[] }[]> =>
  (
    await tx.query<{ name: string; rules: GroupRule[] }>(
      'SELECT name, jsonb_agg(rule) AS rules FROM group_rules_of($1) GROUP BY name',
      [tenantId],
    )
  ).rows

/** What whoever made a token of a connection may do: in the whole organisation, and within single workspaces by their id. */
export interface TokenMaker {
  readonly connection: string
  readonly roles: Role[]
  readonly scopes: Scope[]
  readonly in_workspaces: Readonly<Record<string, WorkspaceRole[]>>
}

/** Whoever made a token of a connection that counts, with what they may do now; nothing where they are gone. */
export const readTokenMakers = async (tx: Queryable, tenantId: string): Promise<TokenMaker[]> => {
  const has = (which: 'roles' | 'custom_roles') => `coalesce(p.${which} || ${rolesByGroups('p.id', which)}, '{}')`
  const { rows } = await tx.query<TokenMaker>(
    `SELECT c.name AS connection, ${has('roles')} AS roles, ${customScopes('k.tenant_id', has('custom_roles'))} AS scopes,
       ${rolesInEachWorkspace('p.id')} AS in_workspaces
     FROM scim_token k JOIN scim_connection c ON c.id = k.connection_id
     LEFT JOIN principal p ON p.pseudonym = k.issued_by AND p.disabled_at IS NULL
     WHERE k.tenant_id = $1 AND NOT k.preview AND k.revoked_at IS NULL AND k.expires_at > now() ORDER BY c.name`,
    [tenantId],
  )
  return rows
}
