import type { GovernedTransaction } from '../../gate/gate.types.js'
import type { LetGo } from './brakes.repository.js'

/** Notes that somebody is brought back; false where another request does that already. */
export const noteUndone = async (tx: GovernedTransaction, id: string): Promise<boolean> =>
  (
    await tx.query(
      `UPDATE scim_let_go SET undone_at = now(), version = version + 1, decision_id = $2
       WHERE id = $1 AND undone_at IS NULL`,
      [id, tx.decisionId],
    )
  ).rowCount === 1

/**
 * Has a provider keep somebody again as it did; what it says of them today stays. Whether it had let go of them altogether;
 * null where their name is another's by now.
 */
export const restoreSaid = async (
  tx: GovernedTransaction,
  { principal_id: id, before }: LetGo,
): Promise<{ readonly wasGone: boolean } | null> => {
  if (!before.said) return { wasGone: false }
  const { user_name, external_id, attributes, mapped = {} } = before.said
  const added = await tx.query(
    `INSERT INTO scim_user (principal_id, tenant_id, user_name, user_name_key, external_id, attributes, mapped, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) ON CONFLICT DO NOTHING`,
    [
      ...[id, tx.tenantId, user_name, user_name.toLowerCase(), external_id],
      ...[JSON.stringify(attributes), JSON.stringify(mapped), tx.decisionId],
    ],
  )
  if (added.rowCount === 1) return { wasGone: true }
  const kept = await tx.query('SELECT FROM scim_user WHERE principal_id = $1', [id])
  return kept.rowCount === 1 ? { wasGone: false } : null
}

/** Turns somebody on again, under their address unless it is another's by now, with service accounts that went along. */
export const restorePerson = async (
  tx: GovernedTransaction,
  { principal_id: id, decision_id: went, before }: LetGo,
): Promise<void> => {
  await tx.query(
    `UPDATE principal p SET disabled_at = NULL, version = p.version + 1, decision_id = $2, email = coalesce(p.email, (
       SELECT $3::text WHERE NOT EXISTS (SELECT FROM principal o WHERE o.tenant_id = p.tenant_id AND lower(o.email) = lower($3))))
     WHERE p.id = $1`,
    [id, tx.decisionId, before.email],
  )
  await tx.query(
    `UPDATE principal s SET disabled_at = NULL, version = s.version + 1, decision_id = $2
     FROM principal p WHERE p.id = $1 AND s.tenant_id = p.tenant_id AND s.kind = 'service_account'
       AND s.made_by = p.pseudonym AND s.decision_id = $3 AND s.disabled_at IS NOT NULL`,
    [id, tx.decisionId, went],
  )
}

/** Puts somebody back into groups, which come back themselves where they are gone. */
export const restoreGroups = async (
  tx: GovernedTransaction,
  memberId: string,
  groups: LetGo['before']['groups'],
): Promise<void> => {
  await tx.query(
    `INSERT INTO scim_group (id, tenant_id, display_name, display_name_key, external_id, attributes, decision_id)
     SELECT id, $2, display_name, lower(display_name), external_id, attributes, $3
     FROM json_populate_recordset(NULL::scim_group, $1) ON CONFLICT DO NOTHING`,
    [JSON.stringify(groups), tx.tenantId, tx.decisionId],
  )
  await tx.query(
    `WITH joined AS (
       INSERT INTO scim_group_member (group_id, member_id, tenant_id, decision_id)
       SELECT g.id, $2, $3, $4 FROM scim_group g WHERE g.tenant_id = $3 AND g.id = ANY($1::uuid[])
       ON CONFLICT DO NOTHING RETURNING group_id)
     UPDATE scim_group SET version = version + 1, last_modified_at = now(), decision_id = $4
     WHERE id IN (SELECT group_id FROM joined)`,
    [groups.map(({ id }) => id), memberId, tx.tenantId, tx.decisionId],
  )
}

/** Calls groups by what they were called, so that the rules that were about them are again. */
export const restoreNames = async (tx: GovernedTransaction, groups: LetGo['before']['groups']): Promise<void> => {
  await tx.query(
    `UPDATE scim_group g SET display_name = b.display_name, display_name_key = lower(b.display_name), external_id = b.external_id,
       version = g.version + 1, last_modified_at = now(), decision_id = $2
     FROM json_populate_recordset(NULL::scim_group, $1) AS b
     WHERE g.id = b.id AND (g.display_name, g.external_id) IS DISTINCT FROM (b.display_name, b.external_id)`,
    [JSON.stringify(groups), tx.decisionId],
  )
}
