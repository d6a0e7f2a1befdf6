import type { PolicyChecks, PolicyDraft } from '#contract/api/policy-drafts.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import type { SourceTree } from './revisions.repository.js'

/** A draft as kept. `checked_tree` is the digest of the tree that the last checks ran on. */
export interface DraftRow extends Omit<PolicyDraft, 'files' | 'checked' | 'base_in_force'> {
  readonly tree: SourceTree
  readonly checked_tree: string | null
}

const DRAFT = `id, name, state, base_revision, tree, source_commit, checks, checked_tree, sealed_revision, created_by,
  decision_id, version, ${isoTimestamp('created_at')}, ${isoTimestamp('updated_at')}`

/** Drafts, newest first. */
export const listDrafts = async (tx: Queryable, { rows: limit, before }: IdPage): Promise<DraftRow[]> =>
  (
    await tx.query<DraftRow>(
      `SELECT ${DRAFT} FROM policy_draft WHERE ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $1`,
      [limit, before],
    )
  ).rows

/** One draft; undefined where the scope has none of this id. */
export const findDraft = async (tx: Queryable, id: string): Promise<DraftRow | undefined> =>
  (await tx.query<DraftRow>(`SELECT ${DRAFT} FROM policy_draft WHERE id = $1`, [id])).rows[0]

/** A draft to begin. */
export type NewDraft = Pick<DraftRow, 'id' | 'name' | 'base_revision' | 'tree' | 'source_commit' | 'created_by'> & {
  readonly tenant_id: string
}

/** Begins a draft. */
export const insertDraft = async (tx: GovernedTransaction, made: NewDraft): Promise<DraftRow> => {
  const { rows } = await tx.query<DraftRow>(
    `INSERT INTO policy_draft (id, tenant_id, name, base_revision, tree, source_commit, created_by, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING ${DRAFT}`,
    [
      ...[made.id, made.tenant_id, made.name, made.base_revision, JSON.stringify(made.tree)],
      ...[made.source_commit, made.created_by, tx.decisionId],
    ],
  )
  return rows[0]!
}

/** What changes about a draft; what is absent stays. */
export interface DraftChange {
  readonly tree?: SourceTree
  readonly base_revision?: string
  readonly source_commit?: string | null
  readonly state?: DraftRow['state']
  readonly sealed_revision?: string
  readonly checks?: { readonly report: PolicyChecks; readonly tree: string }
}

/** Changes a draft that was not given up, as it was read at `version`; undefined where somebody was faster. */
export const changeDraft = async (
  tx: GovernedTransaction,
  { id, version }: Pick<DraftRow, 'id' | 'version'>,
  change: DraftChange,
): Promise<DraftRow | undefined> => {
  const { rows } = await tx.query<DraftRow>(
    `UPDATE policy_draft SET tree = coalesce($4, tree), base_revision = coalesce($5, base_revision),
       source_commit = CASE WHEN $6 THEN $7 ELSE source_commit END, state = coalesce($8, state),
       sealed_revision = coalesce($9, sealed_revision), checks = coalesce($10, checks),
       checked_tree = coalesce($11, checked_tree), decision_id = $3, version = version + 1, updated_at = now()
     WHERE id = $1 AND version = $2 AND state <> 'discarded' RETURNING ${DRAFT}`,
    [
      ...[id, version, tx.decisionId, change.tree ? JSON.stringify(change.tree) : null, change.base_revision ?? null],
      ...[change.source_commit !== undefined, change.source_commit ?? null, change.state ?? null],
      ...[change.sealed_revision ?? null, change.checks ? JSON.stringify(change.checks.report) : null],
      change.checks?.tree ?? null,
    ],
  )
  return rows[0]
}
