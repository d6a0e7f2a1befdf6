import type { CanaryBreach, PolicyCanary } from '#contract/api/policy-canaries.js'
import { CanaryCounts, sumCounts } from '../gate/canary-counts.rules.js'
import type { CanaryPlan } from '../gate/canary-course.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

/** A canary as kept. */
export type CanaryRow = Omit<PolicyCanary, 'pairs' | 'changed'> & {
  readonly after: number
  readonly plan: CanaryPlan
  /** What its present or last step has counted, instance by instance. */
  readonly counted: unknown[]
}

/** Another change of what is in force ends it, whether or not anybody has written that down. */
const STATE = `CASE WHEN state = 'running' AND after <> coalesce((SELECT max(seq) FROM policy_activation), 0)
  THEN 'overtaken' ELSE state END`
const CANARY = `id, ${STATE} AS state, revision, base_revision, percent, unit, reason, by, approval_id, what_if, plan, breach,
  ended_by, ended_because, ${isoTimestamp('created_at', 'started_at')}, ${isoTimestamp('step_at')},
  ${isoTimestamp('ended_at')}, decision_id, after::float8 AS after`
const COUNTED = `coalesce((SELECT json_agg(counts) FROM policy_canary_report AS report
  WHERE report.canary_id = policy_canary.id AND report.percent = policy_canary.percent), '[]') AS counted`

/** Canaries, newest first. */
export const listCanaries = async (tx: Queryable, { rows: limit, before }: IdPage): Promise<CanaryRow[]> =>
  (
    await tx.query<CanaryRow>(
      `SELECT ${CANARY}, ${COUNTED} FROM policy_canary WHERE ($2::uuid IS NULL OR id < $2) ORDER BY id DESC LIMIT $1`,
      [limit, before],
    )
  ).rows

/** One canary; undefined where the scope has none of this id. */
export const findCanary = async (tx: Queryable, id: string): Promise<CanaryRow | undefined> =>
  (await tx.query<CanaryRow>(`SELECT ${CANARY}, ${COUNTED} FROM policy_canary WHERE id = $1`, [id])).rows[0]

/** The canary that runs; undefined while there is none. */
export const runningCanary = async (tx: Queryable): Promise<CanaryRow | undefined> =>
  (
    await tx.query<CanaryRow>(
      `SELECT ${CANARY}, ${COUNTED} FROM policy_canary WHERE ${STATE} = 'running' ORDER BY id DESC LIMIT 1`,
    )
  ).rows[0]

/** The counts of a canary's present step, over all instances. */
export const countsOf = ({ counted }: Pick<CanaryRow, 'counted'>): CanaryCounts =>
  sumCounts(counted.map((counts) => CanaryCounts.parse(counts)))

/** Where there are so many organisations, each of them is put into one cohort as a whole. */
const MANY_TENANTS = 100

/** What is put into one cohort as a whole, as many organisations as there are now. */
export const unitOfNow = async (tx: Queryable): Promise<PolicyCanary['unit']> =>
  (await tx.query(`SELECT FROM tenant LIMIT ${MANY_TENANTS}`)).rowCount! < MANY_TENANTS ? 'install' : 'tenant'

/** A canary to begin. */
export interface NewCanary extends Pick<
  CanaryRow,
  'id' | 'after' | 'revision' | 'base_revision' | 'unit' | 'reason' | 'by' | 'approval_id' | 'what_if' | 'plan'
> {
  readonly tenant_id: string
}

/** Begins a canary. One beside another that runs, or that an approval has had begun already, violates a unique key. */
export const insertCanary = async (tx: GovernedTransaction, made: NewCanary): Promise<CanaryRow> => {
  const { rows } = await tx.query<CanaryRow>(
    `INSERT INTO policy_canary (id, tenant_id, after, revision, base_revision, unit, reason, by, approval_id, what_if, plan,
       decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12) RETURNING ${CANARY}, '[]'::json AS counted`,
    [
      ...[made.id, made.tenant_id, made.after, made.revision, made.base_revision, made.unit, made.reason, made.by],
      ...[made.approval_id, made.what_if, JSON.stringify(made.plan), tx.decisionId],
    ],
  )
  return rows[0]!
}

/** Lets a canary go on from a step to the next; false where it is no longer at that step. */
export const advanceCanary = async (
  tx: GovernedTransaction,
  { id, from, to }: { readonly id: string; readonly from: number; readonly to: number },
): Promise<boolean> =>
  (
    await tx.query(
      `UPDATE policy_canary SET percent = $3, step_at = clock_timestamp(), decision_id = $4, version = version + 1
       WHERE id = $1 AND ${STATE} = 'running' AND percent = $2`,
      [id, from, to, tx.decisionId],
    )
  ).rowCount === 1

/** How a canary ends. */
export interface CanaryEnd {
  readonly id: string
  readonly state: 'finished' | 'reverted'
  readonly by: string
  readonly because: string
  readonly breach: CanaryBreach | null
}

/** Ends a canary; false where it has ended already. */
export const endCanary = async (tx: GovernedTransaction, end: CanaryEnd): Promise<boolean> =>
  (
    await tx.query(
      `UPDATE policy_canary SET state = $2, ended_by = $3, ended_because = $4, breach = $5, ended_at = clock_timestamp(),
         decision_id = $6, version = version + 1
       WHERE id = $1 AND ${STATE} = 'running'`,
      [end.id, end.state, end.by, end.because, end.breach && JSON.stringify(end.breach), tx.decisionId],
    )
  ).rowCount === 1

/** Keeps what an instance has counted in a step, over the records pool. */
export const reportCounts = async (
  records: Queryable,
  report: { readonly canary: string; readonly percent: number; readonly node: string; readonly counts: CanaryCounts },
): Promise<void> => {
  await records.query(
    `INSERT INTO policy_canary_report (canary_id, percent, node, counts, at) VALUES ($1, $2, $3, $4, clock_timestamp())
     ON CONFLICT (canary_id, percent, node) DO UPDATE SET counts = excluded.counts, at = excluded.at`,
    [report.canary, report.percent, report.node, JSON.stringify(report.counts)],
  )
}

/** What all instances have counted in a step together, over the records pool. */
export const countedTogether = async (records: Queryable, canary: string, percent: number): Promise<CanaryCounts> => {
  const { rows } = await records.query<{ counts: unknown }>(
    'SELECT counts FROM policy_canary_report WHERE canary_id = $1 AND percent = $2',
    [canary, percent],
  )
  return sumCounts(rows.map(({ counts }) => CanaryCounts.parse(counts)))
}
