import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { GroupContent, GroupRow } from './group-row.rules.js'

const MEMBERS = `(SELECT jsonb_agg(jsonb_build_object('value', m.member_id, 'display', u.user_name) ORDER BY m.member_id)
  FROM scim_group_member m JOIN scim_user u ON u.principal_id = m.member_id WHERE m.group_id = s.id) AS members`
const GROUP = `s.id, s.display_name, s.external_id, s.attributes, format('W/"%s"', s.version) AS version, s.created_at,
  s.last_modified_at`

/** Columns of groups, with their members where those are wanted. */
export const groupColumns = (withMembers: boolean): string => (withMembers ? `${GROUP}, ${MEMBERS}` : GROUP)

/** A group by its id; `lock` keeps others from changing it or its members meanwhile. */
export const findGroup = async (
  tx: Queryable,
  { tenantId, id, members, lock }: { tenantId: string; id: string; members: boolean; lock?: boolean },
): Promise<GroupRow | undefined> =>
  (
    await tx.query<GroupRow>({
      name: `scim_group_${members}_${lock ?? false}`,
      text: `SELECT ${groupColumns(members)} FROM scim_group s WHERE s.tenant_id = $1 AND s.id = $2
             ${lock ? 'FOR UPDATE' : ''}`,
      values: [tenantId, id],
    })
  ).rows[0]

/** Whether another group has this name, in any case, or this externalId; which. */
export const findGroupClash = async (
  tx: Queryable,
  { tenantId, id, display_name, external_id }: { tenantId: string; id: string } & GroupContent,
): Promise<'displayName' | 'externalId' | null> => {
  const found = await tx.query<{ field: 'displayName' | 'externalId' }>(
    `SELECT CASE WHEN external_id = $4 THEN 'externalId' ELSE 'displayName' END AS field FROM scim_group
     WHERE tenant_id = $1 AND id <> $2 AND (display_name_key = $3 OR external_id = $4)
     ORDER BY (external_id IS NOT DISTINCT FROM $4) DESC LIMIT 1`,
    [tenantId, id, display_name.toLowerCase(), external_id],
  )
  return found.rows[0]?.field ?? null
}

/** A group and the token by which it is said what it is. */
interface Said {
  readonly id: string
  readonly tokenId: string
}

/** Adds a group without members. */
export const insertGroup = async (
  tx: GovernedTransaction,
  { id, tokenId }: Said,
  content: GroupContent,
): Promise<void> => {
  await tx.query(
    `INSERT INTO scim_group (id, tenant_id, display_name, display_name_key, external_id, attributes, decision_id, said_by)
     VALUES ($1, $2, $3, $4, $5, $6, $7, (SELECT issued_by FROM scim_token WHERE id = $8))`,
    [
      ...[id, tx.tenantId, content.display_name, content.display_name.toLowerCase(), content.external_id],
      ...[JSON.stringify(content.attributes), tx.decisionId, tokenId],
    ],
  )
}

/** Changes a group; its version counts changes of members as well. */
export const updateGroup = async (
  tx: GovernedTransaction,
  { id, tokenId }: Said,
  content: GroupContent,
): Promise<void> => {
  await tx.query({
    name: 'scim_update_group',
    text: `UPDATE scim_group SET said_by = CASE WHEN (display_name, external_id) IS DISTINCT FROM ($2, $4)
             THEN (SELECT issued_by FROM scim_token WHERE id = $7) ELSE said_by END, display_name = $2, display_name_key = $3, external_id = $4, attributes = $5,
             version = version + 1, last_modified_at = now(), decision_id = $6 WHERE id = $1`,
    values: [
      ...[id, content.display_name, content.display_name.toLowerCase(), content.external_id],
      ...[JSON.stringify(content.attributes), tx.decisionId, tokenId],
    ],
  })
}

/** Takes a group away that has no members any more. */
export const deleteGroup = async (tx: GovernedTransaction, id: string): Promise<void> => {
  await tx.query('DELETE FROM scim_group WHERE id = $1', [id])
}
