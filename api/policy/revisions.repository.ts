import type { PolicyRevision } from '#contract/api/policy.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { SealedFiles } from '../gate/sealed-policies.repository.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** A revision as kept. */
export type RevisionRow = Omit<PolicyRevision, 'in_force'>

const REVISION = `revision, bundle_revision, base_revision, draft_id, source_commit, sealed_by, decision_id, ${isoTimestamp('created_at', 'sealed_at')}`

/** Sealed revisions, newest first. */
export const listRevisions = async (tx: Queryable, limit: number): Promise<RevisionRow[]> =>
  (await tx.query<RevisionRow>(`SELECT ${REVISION} FROM policy_revision ORDER BY created_at DESC LIMIT $1`, [limit]))
    .rows

/** One sealed revision; undefined where there is none of this name. */
export const findRevision = async (tx: Queryable, revision: string): Promise<RevisionRow | undefined> =>
  (await tx.query<RevisionRow>(`SELECT ${REVISION} FROM policy_revision WHERE revision = $1`, [revision])).rows[0]

/** Paths of a policy's sources, each with the digest of its blob. */
export type SourceTree = Readonly<Record<string, string>>

/** A revision to keep. */
export interface NewRevision extends Pick<
  RevisionRow,
  'revision' | 'bundle_revision' | 'base_revision' | 'draft_id' | 'source_commit'
> {
  readonly tenant_id: string
  readonly sealed_by: string
  readonly tree: SourceTree
  readonly files: SealedFiles
}

/**
 * Keeps a sealed revision; the same one again changes nothing. False where one of this name has other files or sources, as
 * can be where it was not sealed from sources and its name stands for module and data alone: what people were shown stays.
 */
export const insertRevision = async (tx: GovernedTransaction, made: NewRevision): Promise<boolean> => {
  await tx.query(
    `INSERT INTO policy_revision (revision, bundle_revision, tenant_id, draft_id, base_revision, tree, files, source_commit, sealed_by,
       decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10) ON CONFLICT (revision) DO NOTHING`,
    [
      ...[made.revision, made.bundle_revision, made.tenant_id, made.draft_id, made.base_revision],
      ...[JSON.stringify(made.tree), JSON.stringify(made.files), made.source_commit, made.sealed_by, tx.decisionId],
    ],
  )
  const same = `SELECT FROM policy_revision WHERE revision = $1 AND tree = $2
    AND files->>'manifest' = $3 AND files->>'reasons' = $4`
  const values = [made.revision, JSON.stringify(made.tree), made.files.manifest, made.files.reasons]
  return (await tx.query(same, values)).rowCount === 1
}

/** Names of the sealed revisions that have this module and data, newest first. */
export const sealedFrom = async (tx: Queryable, bundleRevision: string): Promise<string[]> =>
  (
    await tx.query<{ revision: string }>(
      'SELECT revision FROM policy_revision WHERE bundle_revision = $1 ORDER BY created_at DESC LIMIT 5',
      [bundleRevision],
    )
  ).rows.map(({ revision }) => revision)

/** What a revision consists of beyond module and data, by digest; undefined where it was not sealed here. */
export const contentsOf = async (
  tx: Queryable,
  revision: string,
): Promise<{ tree: SourceTree; files: SealedFiles } | undefined> =>
  (
    await tx.query<{ tree: SourceTree; files: SealedFiles }>(
      'SELECT tree, files FROM policy_revision WHERE revision = $1',
      [revision],
    )
  ).rows[0]

/**
 * Paths and digests of the sources of a sealed revision, or else of the newest that has this module and data; undefined where
 * none with sources was sealed here. What was only kept, since it decided here once, has none.
 */
export const sourcesBehind = async (tx: Queryable, revision: string): Promise<SourceTree | undefined> =>
  (
    await tx.query<{ tree: SourceTree }>(
      `SELECT tree FROM policy_revision WHERE $1 IN (revision, bundle_revision) AND tree <> '{}'
       ORDER BY revision = $1 DESC, created_at DESC LIMIT 1`,
      [revision],
    )
  ).rows[0]?.tree
