import type { Queryable } from '../../platform/database/queryable.js'

/** What a rule gives, in words: roles, and `installer in payments` for those within one workspace; over `r.rule` of an organisation. */
const gives = (tenantId: string): string => `(
  SELECT role FROM jsonb_array_elements_text(r.rule->'roles' || (r.rule->'custom_roles')) AS role
  UNION SELECT there.role || ' in ' || there.slug FROM group_rule_workspace_roles(${tenantId}, r.rule) AS there)`

/** A group with the roles that rules give its members. */
export interface Giving {
  readonly id: string
  readonly name: string
  readonly roles: readonly string[]
}

/** Of these groups those that give roles. */
export const findGiving = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<Giving[]> => {
  const { rows } = await tx.query<Giving>(
    `SELECT id, name, roles FROM (
       SELECT g.id, g.display_name AS name, ARRAY(
         SELECT DISTINCT role FROM group_rules_of(g.tenant_id) r
         CROSS JOIN LATERAL ${gives('g.tenant_id')} AS given (role)
         WHERE group_rule_fits(r.rule, g.id, g.display_name, g.external_id) ORDER BY role) AS roles
       FROM scim_group g WHERE g.tenant_id = $1 AND g.id = ANY($2::uuid[])) giving
     WHERE roles <> '{}'`,
    [tenantId, ids],
  )
  return rows
}

/** Who is in a group. */
export interface Member {
  readonly group: string
  readonly person: string
}

/** Who is in these groups. */
export const findMembers = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<Member[]> => {
  const { rows } = await tx.query<Member>(
    `SELECT group_id AS group, member_id AS person FROM scim_group_member
     WHERE tenant_id = $1 AND group_id = ANY($2::uuid[]) ORDER BY 1, 2`,
    [tenantId, ids],
  )
  return rows
}

/** Somebody with the roles that they hold: their own, and by which groups. */
export interface Holder {
  readonly id: string
  readonly user_name: string
  readonly own: readonly string[]
  readonly by_groups: readonly Giving[]
}

const OWN_THERE = `ARRAY(
  SELECT role || ' in ' || w.slug FROM workspace_member m JOIN workspace w ON w.id = m.workspace_id
  CROSS JOIN LATERAL unnest(m.roles) AS role WHERE m.principal_id = p.id ORDER BY w.slug, role)`

/** Those of these people who have access, with what they hold. */
export const findHolders = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<Holder[]> => {
  const { rows } = await tx.query<Holder>(
    `SELECT p.id, coalesce(u.user_name, p.name) AS user_name, p.roles || p.custom_roles || ${OWN_THERE} AS own, coalesce((
       SELECT jsonb_agg(given ORDER BY given.name, given.id) FROM (
         SELECT r.group_id AS id, r.group_name AS name, jsonb_agg(DISTINCT role ORDER BY role) AS roles
         FROM group_role r CROSS JOIN LATERAL ${gives('r.tenant_id')} AS said (role)
         WHERE r.principal_id = p.id GROUP BY r.group_id, r.group_name) given), '[]') AS by_groups
     FROM principal p LEFT JOIN scim_user u ON u.principal_id = p.id
     WHERE p.tenant_id = $1 AND p.id = ANY($2::uuid[]) AND p.disabled_at IS NULL`,
    [tenantId, ids],
  )
  return rows
}
