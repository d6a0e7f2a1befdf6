import type { PolicyActivation } from '#contract/api/policy.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

const ACTIVATION = `seq::float8 AS seq, revision, replaces, kind, reason, by, approval_id,
  ${isoTimestamp('expires_at')}, decision_id, ${isoTimestamp('created_at', 'at')}`

/** Changes of the policy in force, newest first. */
export const listActivations = async (tx: Queryable, limit: number): Promise<PolicyActivation[]> =>
  (await tx.query<PolicyActivation>(`SELECT ${ACTIVATION} FROM policy_activation ORDER BY seq DESC LIMIT $1`, [limit]))
    .rows

/** The newest change, and what it comes to now. */
export interface CurrentPolicy {
  readonly last: PolicyActivation
  /** What decides: of a change by break-glass whose time has run out, what it replaced. */
  readonly revision: string
  /** Seconds until a change by break-glass runs out, none or less once it has; null for any other. */
  readonly leftS: number | null
}

/** What decides by the newest change; undefined before the first. */
export const currentPolicy = async (tx: Queryable): Promise<CurrentPolicy | undefined> => {
  const { rows } = await tx.query<PolicyActivation & { deciding: string; left_s: number | null }>(
    `SELECT ${ACTIVATION}, CASE WHEN expires_at <= clock_timestamp() THEN replaces ELSE revision END AS deciding,
       ceil(extract(epoch FROM expires_at - clock_timestamp()))::int AS left_s
     FROM policy_activation ORDER BY seq DESC LIMIT 1`,
  )
  if (!rows[0]) return undefined
  const { deciding, left_s, ...last } = rows[0]
  return { last, revision: deciding, leftS: left_s }
}

/** Changes that count as proof of a policy: by break-glass it decided without what is asked for otherwise. */
const ORDINARY = `(SELECT seq, revision FROM policy_activation WHERE kind <> 'break_glass'
  UNION ALL SELECT 0, replaces FROM policy_activation WHERE seq = 1 AND replaces IS NOT NULL) AS ordinary`

/** Whether a revision has decided, other than by break-glass: it was put in force, or was what the first change replaced. */
export const hasDecided = async (tx: Queryable, revision: string): Promise<boolean> =>
  (await tx.query(`SELECT FROM ${ORDINARY} WHERE revision = $1 LIMIT 1`, [revision])).rowCount === 1

/** What decided last before `revision`, other than by break-glass; undefined where nothing did. */
export const decidedBefore = async (tx: Queryable, revision: string | null): Promise<string | undefined> =>
  (
    await tx.query<{ revision: string }>(
      `SELECT revision FROM ${ORDINARY} WHERE revision IS DISTINCT FROM $1 ORDER BY seq DESC LIMIT 1`,
      [revision],
    )
  ).rows[0]?.revision

/** A change to write: it follows the one of number `after`. */
export interface NewActivation extends Pick<
  PolicyActivation,
  'revision' | 'replaces' | 'kind' | 'reason' | 'by' | 'approval_id'
> {
  readonly id: string
  readonly tenant_id: string
  readonly after: number
  /** By break-glass: for how long it is to decide, in seconds. */
  readonly lasts_s: number | null
}

/** Moves the pointer. One that follows the same as another, or that an approval has had done, violates a unique key. */
export const insertActivation = async (tx: GovernedTransaction, made: NewActivation): Promise<PolicyActivation> => {
  const { rows } = await tx.query<PolicyActivation>(
    `INSERT INTO policy_activation (id, tenant_id, seq, revision, replaces, kind, reason, by, approval_id, expires_at, decision_id)
     VALUES ($1, $2, $3::bigint + 1, $4, $5, $6, $7, $8, $9, clock_timestamp() + make_interval(secs => $10), $11)
     RETURNING ${ACTIVATION}`,
    [
      ...[made.id, made.tenant_id, made.after, made.revision, made.replaces, made.kind, made.reason],
      ...[made.by, made.approval_id, made.lasts_s, tx.decisionId],
    ],
  )
  return rows[0]!
}
