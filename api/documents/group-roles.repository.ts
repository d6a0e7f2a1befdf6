import type { GroupRule, GroupRulesDocument } from '#contract/api/documents.js'
import type { Role, Scope } from '#contract/scopes.js'
import { customScopes } from './documents.repository.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

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

/** Whoever made a token of a connection that counts, with what they may do now; nothing where they are gone. */
export const readTokenMakers = async (
  tx: Queryable,
  tenantId: string,
): Promise<{ readonly connection: string; readonly roles: Role[]; readonly scopes: Scope[] }[]> => {
  const has = (which: 'roles' | 'custom_roles') => `coalesce(p.${which} || ${rolesByGroups('p.id', which)}, '{}')`
  const { rows } = await tx.query<{ connection: string; roles: Role[]; scopes: Scope[] }>(
    `SELECT c.name AS connection, ${has('roles')} AS roles, ${customScopes('k.tenant_id', has('custom_roles'))} AS scopes
     FROM scim_token k JOIN scim_connection c ON c.id = k.connection_id
     LEFT JOIN principal p ON p.pseudonym = k.issued_by AND p.disabled_at IS NULL
     WHERE k.tenant_id = $1 AND NOT k.preview AND k.revoked_at IS NULL AND k.expires_at > now() ORDER BY c.name`,
    [tenantId],
  )
  return rows
}

/** Somebody who would gain or lose roles. */
export interface Affected {
  readonly id: string
  readonly name: string
  readonly gains: string[]
  readonly loses: string[]
}

/** How many people are named where rules are tried; the others are counted. */
const NAMED = 100

// Rules as they are and as they would be; what each gives which group; what each person has by them, own roles apart.
const AFFECTED = `
  WITH newest AS (
    SELECT DISTINCT ON (name) name, document FROM tenant_document
    WHERE tenant_id = $1 AND kind = 'group_rules' ORDER BY name, revision DESC),
  rules (becomes, rule) AS (
    SELECT false, jsonb_array_elements(document->'entries') FROM newest
    UNION ALL SELECT true, jsonb_array_elements(document->'entries') FROM newest WHERE name <> $2
    UNION ALL SELECT true, jsonb_array_elements($3::jsonb)),
  given AS (
    SELECT DISTINCT becomes, g.id AS group_id, role FROM rules
    JOIN scim_group g ON g.tenant_id = $1 AND group_rule_fits(rule, g.id, g.display_name, g.external_id)
    CROSS JOIN LATERAL jsonb_array_elements_text(rule->'roles' || (rule->'custom_roles')) AS roles(role)),
  held AS (
    SELECT DISTINCT becomes, p.id, p.name, role FROM given
    JOIN scim_group_member m ON m.group_id = given.group_id AND m.tenant_id = $1
    JOIN principal p ON p.id = m.member_id
    WHERE role <> ALL(p.roles || p.custom_roles)),
  turned AS (
    SELECT id, name, role, bool_or(becomes) AS gains FROM held GROUP BY id, name, role HAVING count(*) = 1)
  SELECT id, name, coalesce(array_agg(role ORDER BY role) FILTER (WHERE gains), '{}') AS gains,
    coalesce(array_agg(role ORDER BY role) FILTER (WHERE NOT gains), '{}') AS loses, count(*) OVER ()::int AS total
  FROM turned GROUP BY id, name ORDER BY name, id LIMIT ${NAMED}`

/** Who would gain or lose roles if an organisation's rules of a name became these; how many in all, of whom some are named. */
export const readAffected = async (
  tx: Queryable,
  { tenantId, name, document }: { tenantId: string; name: string; document: GroupRulesDocument },
): Promise<{ readonly people: Affected[]; readonly total: number }> => {
  const { rows } = await tx.query<Affected & { readonly total: number }>(AFFECTED, [
    tenantId,
    name,
    JSON.stringify(document.entries),
  ])
  return { people: rows.map(({ total: _, ...affected }) => affected), total: rows[0]?.total ?? 0 }
}

/** Groups that each rule is about, in the rules' order: how many, and how many people are in them. */
export const readMatches = async (
  tx: Queryable,
  { tenantId, document }: { tenantId: string; document: GroupRulesDocument },
): Promise<{ readonly groups: number; readonly members: number }[]> => {
  const { rows } = await tx.query<{ groups: number; members: number }>(
    `SELECT count(DISTINCT g.id)::int AS groups, count(DISTINCT m.member_id)::int AS members
     FROM jsonb_array_elements($2::jsonb) WITH ORDINALITY AS e(rule, place)
     LEFT JOIN scim_group g ON g.tenant_id = $1 AND group_rule_fits(rule, g.id, g.display_name, g.external_id)
     LEFT JOIN scim_group_member m ON m.group_id = g.id AND m.tenant_id = $1
     GROUP BY place ORDER BY place`,
    [tenantId, JSON.stringify(document.entries)],
  )
  return rows
}
