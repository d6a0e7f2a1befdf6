import type { ScimGroup, ScimGroupShown } from '#contract/api/scim.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

/** How many people of a group are named. */
const NAMED = 200

const RULES = `group_rules_of(g.tenant_id) r WHERE group_rule_fits(r.rule, g.id, g.display_name, g.external_id)`
const given = (which: 'roles' | 'custom_roles'): string =>
  `ARRAY(SELECT DISTINCT jsonb_array_elements_text(r.rule->'${which}') AS role FROM ${RULES} ORDER BY role) AS ${which}`
const THERE = `coalesce((
    SELECT jsonb_agg(jsonb_build_object('workspace', jsonb_build_object('id', w.id, 'slug', w.slug, 'name', w.name), 'roles', place.roles)
      ORDER BY w.slug) FROM (
      SELECT t.workspace_id, jsonb_agg(DISTINCT t.role ORDER BY t.role) AS roles
      FROM group_rules_of(g.tenant_id) r CROSS JOIN LATERAL group_rule_workspace_roles(g.tenant_id, r.rule) t
      WHERE group_rule_fits(r.rule, g.id, g.display_name, g.external_id) GROUP BY t.workspace_id) place
    JOIN workspace w ON w.id = place.workspace_id), '[]')`
const GROUP = `g.id, g.tenant_id, g.display_name, g.external_id,
  (SELECT count(*)::int FROM scim_group_member m WHERE m.group_id = g.id) AS members,
  ${given('roles')}, ${given('custom_roles')}, ${THERE} AS in_workspaces, ${isoTimestamp('g.last_modified_at', 'last_modified_at')}`

/** Groups that the scope can see, newest first, with what rules give them; of one organisation where `tenantId` names it. */
export const listShownGroups = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<ScimGroup[]> =>
  (
    await tx.query<ScimGroup>(
      `SELECT ${GROUP} FROM scim_group g
       WHERE ($1::uuid IS NULL OR g.tenant_id = $1) AND ($2::uuid IS NULL OR g.id < $2) ORDER BY g.id DESC LIMIT $3`,
      [tenantId, before, rows],
    )
  ).rows

/** One group with its people and rules, where the scope can see it. */
export const findShownGroup = async (tx: Queryable, id: string): Promise<ScimGroupShown | undefined> =>
  (
    await tx.query<ScimGroupShown>(
      `SELECT ${GROUP},
         ARRAY(SELECT jsonb_build_object('rules', r.name, 'revision', r.revision, 'rule', r.rule) FROM ${RULES}
           ORDER BY r.name) AS rules,
         ARRAY(SELECT jsonb_build_object('id', p.id, 'name', p.name, 'active', p.disabled_at IS NULL)
           FROM scim_group_member m JOIN principal p ON p.id = m.member_id WHERE m.group_id = g.id
           ORDER BY p.name, p.id LIMIT ${NAMED}) AS people
       FROM scim_group g WHERE g.id = $1`,
      [id],
    )
  ).rows[0]
