import type { Role } from '#contract/scopes.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { Before, GroupBefore, PersonBefore, Poorer } from './losses.rules.js'

/** Roles by which somebody administers an organisation, or more. */
const PRIVILEGED: readonly Role[] = ['owner', 'admin', 'security_lead', 'operator']

/** Which of them rules give the members of a group, which is `g`; they themselves are the third parameter. */
const GIVEN = `ARRAY(
  SELECT DISTINCT role FROM group_rules_of(g.tenant_id) r CROSS JOIN LATERAL jsonb_array_elements_text(r.rule->'roles') AS role
  WHERE role = ANY($3::text[]) AND group_rule_fits(r.rule, g.id, g.display_name, g.external_id) ORDER BY role)`

/**
 * Of these groups those that are privileged, by a rule that gives their members such a role, or by the roles that most of them
 * hold: the one place that says what a privileged group is.
 */
const findGroups = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<GroupBefore[]> =>
  (
    await tx.query<GroupBefore>({
      name: 'scim_groups_before',
      text: `SELECT g.id, g.display_name, g.external_id, g.attributes, by_rule.given, cardinality(by_rule.given) > 0 OR (
         -- Whoever administers is few, so that a large group is counted no further than twice as many.
         SELECT count(*) < h.holders * 2
         FROM (SELECT FROM scim_group_member m WHERE m.group_id = g.id LIMIT h.holders * 2) enough) AS privileged
       FROM scim_group g CROSS JOIN LATERAL (SELECT ${GIVEN} AS given) by_rule CROSS JOIN LATERAL (
         SELECT count(DISTINCT r.principal_id) AS holders
         FROM principal_role r JOIN scim_group_member m ON m.member_id = r.principal_id AND m.group_id = g.id
         WHERE r.tenant_id = g.tenant_id AND r.role = ANY($3) AND NOT r.custom) h
       WHERE g.tenant_id = $1 AND g.id = ANY($2::uuid[])`,
      values: [tenantId, ids, PRIVILEGED],
    })
  ).rows

const findPeople = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<PersonBefore[]> =>
  (
    await tx.query<PersonBefore>(
      `SELECT p.id, p.name, p.email, p.disabled_at IS NULL AS active, p.roles || p.custom_roles AS roles,
         (SELECT jsonb_build_object('user_name', u.user_name, 'external_id', u.external_id, 'attributes', u.attributes, 'mapped', u.mapped)
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

type Given = Pick<GroupBefore, 'id' | 'given'>

/** What rules give the members of groups that are called something else now: as `tx` sees them. */
const findGiven = async (tx: Queryable, tenantId: string, ids: readonly string[]): Promise<Given[]> =>
  (
    await tx.query<Given>(
      `SELECT g.id, ${GIVEN} AS given FROM scim_group g WHERE g.tenant_id = $1 AND g.id = ANY($2::uuid[])`,
      [tenantId, ids, PRIVILEGED],
    )
  ).rows

/**
 * Who is in groups that gave roles of those who administer and give fewer of them, since they are called something else.
 * @param reader sees how it was, and `tx` how it is in the transaction of the request
 */
export const findPoorer = async (
  { reader, tx }: { readonly reader: Queryable; readonly tx: Queryable },
  tenantId: string,
  renamed: readonly string[],
): Promise<Poorer[]> => {
  if (renamed.length === 0) return []
  const before = (await findGiven(reader, tenantId, renamed)).filter(({ given }) => given.length > 0)
  if (before.length === 0) return []
  const now = new Map((await findGiven(tx, tenantId, renamed)).map(({ id, given }) => [id, new Set(given)]))
  const fewer = before.filter(({ id, given }) => given.some((role) => !now.get(id)?.has(role))).map(({ id }) => id)
  if (fewer.length === 0) return []
  const { rows } = await reader.query<Poorer>(
    'SELECT group_id, member_id FROM scim_group_member WHERE tenant_id = $1 AND group_id = ANY($2::uuid[]) ORDER BY 1, 2',
    [tenantId, fewer],
  )
  return rows
}
