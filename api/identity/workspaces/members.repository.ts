import type { WorkspaceMember } from '#contract/api/workspaces.js'
import type { WorkspaceRole } from '#contract/scopes.js'
import type { GovernedTransaction } from '../../gate/gate.types.js'
import { isoMoment, isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

/** A member with the id of their row, by which pages go. */
export type MemberRow = WorkspaceMember & { readonly id: string }

const MEMBER = `SELECT m.id, m.workspace_id, jsonb_build_object('id', p.id, 'name', p.name, 'pseudonym', p.pseudonym,
    'disabled_at', ${isoMoment('p.disabled_at')}) AS person,
  m.roles, ${isoTimestamp('m.given_at', 'given_at')}, m.version, m.decision_id
  FROM workspace_member m JOIN principal p ON p.id = m.principal_id`

/** Members of a workspace, newest first. */
export const listMembers = async (tx: Queryable, workspaceId: string, page: IdPage): Promise<MemberRow[]> =>
  (
    await tx.query<MemberRow>(
      `${MEMBER} WHERE m.workspace_id = $1 AND ($3::uuid IS NULL OR m.id < $3) ORDER BY m.id DESC LIMIT $2`,
      [workspaceId, page.rows, page.before],
    )
  ).rows

/** Somebody's roles in a workspace; undefined where they have none. */
export const findMember = async (
  tx: Queryable,
  workspaceId: string,
  principalId: string,
): Promise<MemberRow | undefined> =>
  (await tx.query<MemberRow>(`${MEMBER} WHERE m.workspace_id = $1 AND m.principal_id = $2`, [workspaceId, principalId]))
    .rows[0]

export interface NewMember {
  readonly id: string
  readonly workspaceId: string
  readonly principalId: string
  readonly roles: readonly WorkspaceRole[]
}

/** Gives somebody their first roles in a workspace of their organisation; false where they got some meanwhile. */
export const insertMember = async (tx: GovernedTransaction, row: NewMember): Promise<boolean> => {
  const added = await tx.query(
    `INSERT INTO workspace_member (id, tenant_id, workspace_id, principal_id, roles, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT (workspace_id, principal_id) DO NOTHING`,
    [row.id, tx.tenantId, row.workspaceId, row.principalId, row.roles, tx.decisionId],
  )
  return added.rowCount === 1
}

/** Gives a member other roles; false where they changed since they were read. */
export const updateMember = async (
  tx: GovernedTransaction,
  { id, version, roles }: { id: string; version: number; roles: readonly WorkspaceRole[] },
): Promise<boolean> => {
  const changed = await tx.query(
    `UPDATE workspace_member SET roles = $3, given_at = now(), decision_id = $4, version = version + 1
     WHERE id = $1 AND version = $2`,
    [id, version, roles, tx.decisionId],
  )
  return changed.rowCount === 1
}

/** Takes all roles in a workspace from a member; false where they changed since they were read. */
export const deleteMember = async (
  tx: GovernedTransaction,
  { id, version }: Pick<MemberRow, 'id' | 'version'>,
): Promise<boolean> =>
  (await tx.query('DELETE FROM workspace_member WHERE id = $1 AND version = $2', [id, version])).rowCount === 1
