import type { PolicyActivation } from '#contract/api/policy.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

const ACTIVATION = `seq::float8 AS seq, revision, replaces, kind, reason, by, approval_id, decision_id, ${isoTimestamp('created_at', 'at')}`

/** Changes of the policy in force, newest first. */
export const listActivations = async (tx: Queryable, limit: number): Promise<PolicyActivation[]> =>
  (await tx.query<PolicyActivation>(`SELECT ${ACTIVATION} FROM policy_activation ORDER BY seq DESC LIMIT $1`, [limit]))
    .rows

/** Whether a revision has decided: it was put in force, or was what the first one to be put in force replaced. */
export const hasDecided = async (tx: Queryable, revision: string): Promise<boolean> =>
  (await tx.query('SELECT FROM policy_activation WHERE $1 IN (revision, replaces) LIMIT 1', [revision])).rowCount === 1

/** A change to write: it follows the one of number `after`. */
export interface NewActivation extends Pick<
  PolicyActivation,
  'revision' | 'replaces' | 'kind' | 'reason' | 'by' | 'approval_id'
> {
  readonly id: string
  readonly tenant_id: string
  readonly after: number
}

/** Moves the pointer. One that follows the same as another, or that an approval has had done, violates a unique key. */
export const insertActivation = async (tx: GovernedTransaction, made: NewActivation): Promise<PolicyActivation> => {
  const { rows } = await tx.query<PolicyActivation>(
    `INSERT INTO policy_activation (id, tenant_id, seq, revision, replaces, kind, reason, by, approval_id, decision_id)
     VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7, $8, $9, $10) RETURNING ${ACTIVATION}`,
    [
      ...[made.id, made.tenant_id, made.after, made.revision, made.replaces, made.kind, made.reason],
      ...[made.by, made.approval_id, tx.decisionId],
    ],
  )
  return rows[0]!
}
