import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { Queryable } from '../../platform/database/queryable.js'

type Ids = readonly string[]

/** Adds people to a group by a token, one row for each; ids of those who were not in it. */
export const addMembers = async (
  tx: GovernedTransaction,
  { groupId, tokenId }: { groupId: string; tokenId: string },
  ids: Ids,
): Promise<string[]> => {
  const added = await tx.query<{ member_id: string }>({
    name: 'scim_add_members',
    text: `INSERT INTO scim_group_member (group_id, member_id, tenant_id, decision_id, said_by)
           SELECT $1, u.principal_id, $2, $3, (SELECT issued_by FROM scim_token WHERE id = $5) FROM scim_user u WHERE u.tenant_id = $2 AND u.principal_id = ANY($4::uuid[])
           ON CONFLICT DO NOTHING RETURNING member_id`,
    values: [groupId, tx.tenantId, tx.decisionId, ids, tokenId],
  })
  return added.rows.map(({ member_id }) => member_id)
}

/** Takes people out of a group; ids of those who were in it. */
export const removeMembers = async (tx: GovernedTransaction, groupId: string, ids: Ids): Promise<string[]> => {
  const removed = await tx.query<{ member_id: string }>({
    name: 'scim_remove_members',
    text: 'DELETE FROM scim_group_member WHERE group_id = $1 AND member_id = ANY($2::uuid[]) RETURNING member_id',
    values: [groupId, ids],
  })
  return removed.rows.map(({ member_id }) => member_id)
}

/** Takes everybody out of a group but these; ids of those who were in it. */
export const keepMembers = async (tx: GovernedTransaction, groupId: string, ids: Ids): Promise<string[]> => {
  const removed = await tx.query<{ member_id: string }>(
    `DELETE FROM scim_group_member m WHERE m.group_id = $1
       AND NOT EXISTS (SELECT FROM unnest($2::uuid[]) AS kept(id) WHERE kept.id = m.member_id) RETURNING member_id`,
    [groupId, ids],
  )
  return removed.rows.map(({ member_id }) => member_id)
}

/** Of these ids those that are nobody's here, and whether the first of them is a group's. */
export const findStrangers = async (
  tx: Queryable,
  tenantId: string,
  ids: Ids,
): Promise<{ readonly id: string; readonly is_group: boolean }[]> =>
  (
    await tx.query<{ id: string; is_group: boolean }>({
      name: 'scim_strangers',
      text: `SELECT w.id, EXISTS (SELECT FROM scim_group g WHERE g.tenant_id = $1 AND g.id = w.id) AS is_group
             FROM unnest($2::uuid[]) AS w(id)
             WHERE NOT EXISTS (SELECT FROM scim_user u WHERE u.tenant_id = $1 AND u.principal_id = w.id) LIMIT 10`,
      values: [tenantId, ids],
    })
  ).rows

/** Takes somebody out of all their groups, each of which thereby has another version; those groups. */
export const leaveGroups = async (
  tx: GovernedTransaction,
  memberId: string,
): Promise<{ readonly id: string; readonly display_name: string }[]> => {
  const groups = await tx.query<{ id: string; display_name: string }>(
    `UPDATE scim_group SET version = version + 1, last_modified_at = now(), decision_id = $2
     WHERE id IN (SELECT g.id FROM scim_group g JOIN scim_group_member m ON m.group_id = g.id
                  WHERE m.member_id = $1 ORDER BY g.id FOR UPDATE OF g) RETURNING id, display_name`,
    [memberId, tx.decisionId],
  )
  await tx.query('DELETE FROM scim_group_member WHERE member_id = $1', [memberId])
  return groups.rows
}
