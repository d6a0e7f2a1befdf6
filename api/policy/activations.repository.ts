import type { PolicyActivation } from '#contract/api/policy.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

const ACTIVATION = `seq::float8 AS seq, revision, kind, reason, by, approval_id, decision_id, ${isoTimestamp('created_at', 'at')}`

/** Changes of the policy in force, newest first. */
export const listActivations = async (tx: Queryable, limit: number): Promise<PolicyActivation[]> =>
  (await tx.query<PolicyActivation>(`SELECT ${ACTIVATION} FROM policy_activation ORDER BY seq DESC LIMIT $1`, [limit]))
    .rows

/** Whether a revision was ever put in force. */
export const hasBeenInForce = async (tx: Queryable, revision: string): Promise<boolean> =>
  (await tx.query('SELECT FROM policy_activation WHERE revision = $1 LIMIT 1', [revision])).rowCount === 1

/** A change to write: it follows the one of number `after`. */
export interface NewActivation extends Pick<PolicyActivation, 'revision' | 'kind' | 'reason' | 'by' | 'approval_id'> {
  readonly id: string
  readonly tenant_id: string
  readonly after: number
}

/** Moves the pointer. One that follows the same as another violates `policy_activation_seq_key`. */
export const insertActivation = async (tx: GovernedTransaction, made: NewActivation): Promise<PolicyActivation> => {
  const { rows } = await tx.query<PolicyActivation>(
    `INSERT INTO policy_activation (id, tenant_id, seq, revision, kind, reason, by, approval_id, decision_id)
     VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7, $8, $9) RETURNING ${ACTIVATION}`,
    [
      ...[made.id, made.tenant_id, made.after, made.revision, made.kind, made.reason],
      ...[made.by, made.approval_id, tx.decisionId],
    ],
  )
  return rows[0]!
}
