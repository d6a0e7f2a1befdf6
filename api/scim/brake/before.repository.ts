import type { Role } from '#contract/scopes.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { Before, GroupBefore, PersonBefore } from './losses.rules.js'

/** Roles by which somebody administers an organisation, or more. */
const PRIVILEGED: readonly Role[] = ['owner', 'admin', 'security_lead', 'operator']

/**
 * Of these groups those that are privileged, by a rule that gives their members such a role, or by the roles that most of them
 * hold: the one place that says what a privileged group is.
 */
const findGroups = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<GroupBefore[]> =>
  (
    await tx.query<GroupBefore>(
      `SELECT g.id, g.display_name, g.external_id, g.attributes, EXISTS (
         SELECT FROM group_rules_of(g.tenant_id) r
         WHERE r.rule->'roles' ?| $3::text[] AND group_rule_fits(r.rule, g.id, g.display_name, g.external_id)
       ) OR (
         -- Whoever administers is few, so that a large group is counted no further than twice as many.
         SELECT count(*) < h.holders * 2
         FROM (SELECT FROM scim_group_member m WHERE m.group_id = g.id LIMIT h.holders * 2) enough) AS privileged
       FROM scim_group g CROSS JOIN LATERAL (
         SELECT count(DISTINCT r.principal_id) AS holders
         FROM principal_role r JOIN scim_group_member m ON m.member_id = r.principal_id AND m.group_id = g.id
         WHERE r.tenant_id = g.tenant_id AND r.role = ANY($3) AND NOT r.custom) h
       WHERE g.tenant_id = $1 AND g.id = ANY($2::uuid[])`,
      [tenantId, ids, PRIVILEGED],
    )
  ).rows

const findPeople = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<PersonBefore[]> =>
  (
    await tx.query<PersonBefore>(
      `SELECT p.id, p.name, p.email, p.disabled_at IS NULL AS active, p.roles || p.custom_roles AS roles,
         (SELECT jsonb_build_object('user_name', u.user_name, 'external_id', u.external_id, 'attributes', u.attributes)
          FROM scim_user u WHERE u.principal_id = p.id) AS said,
         ARRAY(SELECT m.group_id::text FROM scim_group_member m WHERE m.member_id = p.id) AS groups
       FROM principal p WHERE p.tenant_id = $1 AND p.id = ANY($2::uuid[])`,
      [tenantId, ids],
    )
  ).rows

interface Named {
  readonly people: readonly string[]
  readonly left: readonly string[]
  /** Somebody loses access, so that their groups matter. */
  readonly goes: boolean
}

const byId = <Row extends { readonly id: string }>(rows: readonly Row[]): Map<string, Row> =>
  new Map(rows.map((row) => [row.id, row]))

/** How people and groups were before a request; read outside of its transaction, which has changed them already. */
export const findBefore = async (tx: Queryable, tenantId: string, { people, left, goes }: Named): Promise<Before> => {
  const groups = byId(await findGroups(tx, tenantId, left))
  // Who left an ordinary group lost nothing.
  if (!goes && ![...groups.values()].some(({ privileged }) => privileged)) return { people: new Map(), groups }
  const found = await findPeople(tx, tenantId, people)
  const more = [...new Set(found.flatMap((person) => person.groups))].filter((id) => !groups.has(id))
  for (const group of more.length > 0 ? await findGroups(tx, tenantId, more) : []) groups.set(group.id, group)
  return { people: byId(found), groups }
}
