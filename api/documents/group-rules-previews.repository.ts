import type { GroupRulesDocument, GroupRulesPreview } from '#contract/api/documents.js'
import type { Queryable } from '../platform/database/queryable.js'

/** Somebody who would gain or lose roles. */
export type Affected = GroupRulesPreview['people'][number]

/** How many people are named where rules are tried; the others are counted. */
const NAMED = 100

// Rules as they are and as they would be; what each gives which group and where; what each person has by them, own roles apart.
const AFFECTED = `
  WITH newest AS (
    SELECT DISTINCT ON (name) name, document FROM tenant_document
    WHERE tenant_id = $1 AND kind = 'group_rules' ORDER BY name, revision DESC),
  rules (becomes, rule) AS (
    SELECT false, jsonb_array_elements(document->'entries') FROM newest
    UNION ALL SELECT true, jsonb_array_elements(document->'entries') FROM newest WHERE name <> $2
    UNION ALL SELECT true, jsonb_array_elements($3::jsonb)),
  given AS (
    SELECT DISTINCT becomes, g.id AS group_id, gives.role, gives.place FROM rules
    JOIN scim_group g ON g.tenant_id = $1 AND group_rule_fits(rule, g.id, g.display_name, g.external_id)
    CROSS JOIN LATERAL (
      SELECT role, NULL::uuid AS place FROM jsonb_array_elements_text(rule->'roles' || (rule->'custom_roles')) AS roles(role)
      UNION ALL SELECT role, workspace_id FROM group_rule_workspace_roles($1, rule)) AS gives),
  held AS (
    SELECT DISTINCT becomes, p.id, p.name, role, place FROM given
    JOIN scim_group_member m ON m.group_id = given.group_id AND m.tenant_id = $1
    JOIN principal p ON p.id = m.member_id
    WHERE CASE WHEN place IS NULL THEN role <> ALL(p.roles || p.custom_roles) ELSE NOT EXISTS (
      SELECT FROM workspace_member own WHERE own.workspace_id = place AND own.principal_id = p.id AND role = ANY(own.roles)) END),
  turned AS (
    SELECT id, name, role, place, bool_or(becomes) AS gains FROM held GROUP BY id, name, role, place HAVING count(*) = 1),
  placed AS (
    SELECT id, name, place, coalesce(jsonb_agg(role ORDER BY role) FILTER (WHERE gains), '[]') AS gains,
      coalesce(jsonb_agg(role ORDER BY role) FILTER (WHERE NOT gains), '[]') AS loses
    FROM turned GROUP BY id, name, place)
  SELECT p.id, p.name,
    coalesce(jsonb_agg(p.gains) FILTER (WHERE place IS NULL)->0, '[]') AS gains,
    coalesce(jsonb_agg(p.loses) FILTER (WHERE place IS NULL)->0, '[]') AS loses,
    coalesce(jsonb_agg(jsonb_build_object('workspace', jsonb_build_object('id', w.id, 'slug', w.slug, 'name', w.name),
      'gains', p.gains, 'loses', p.loses) ORDER BY w.slug) FILTER (WHERE place IS NOT NULL), '[]') AS in_workspaces,
    count(*) OVER ()::int AS total
  FROM placed p LEFT JOIN workspace w ON w.id = place GROUP BY p.id, p.name ORDER BY p.name, p.id LIMIT ${NAMED}`

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
