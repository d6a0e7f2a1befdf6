import type { ExecutionRecord } from '#contract/api/invocations.js'
import type { Queryable } from '../platform/database/queryable.js'
import { EXECUTION_RECORD } from './execution-record.sql.js'

/** An entry of the log with, where the scope shows it, the decision or the execution that it stands for. */
export interface ExportRow {
  readonly id: string
  readonly kind: string
  readonly leaf_index: number | null
  readonly leaf_hash: Buffer
  readonly body: Buffer | null
  /** Columns of the decision but for its bytes, or of the execution; null where the scope does not show it. */
  readonly record: Record<string, unknown> | null
  readonly input: Buffer | null
  readonly answer: Buffer | null
}

const MILLISECONDS = (column: string): string => `(extract(epoch FROM d.${column}) * 1000)::bigint`

/** The columns of decision `d` but for its bytes, as its leaf has them. */
export const RECORD = `(to_jsonb(d) - '{input,answer}'::text[]) || jsonb_build_object(
  'kind', 'decision', 'at', ${MILLISECONDS('at')}, 'expires_at', ${MILLISECONDS('expires_at')})`

const SELECT = `
  SELECT e.id, e.kind, e.leaf_index::float8 AS leaf_index, e.leaf_hash, e.body, d.input, d.answer,
         CASE WHEN d.id IS NOT NULL THEN ${RECORD} WHEN x.id IS NOT NULL THEN ${EXECUTION_RECORD} END AS record
  FROM ledger_entry e
  LEFT JOIN decision d ON d.id = e.id AND e.kind = 'decision'
  LEFT JOIN extension_execution_log x ON e.kind = 'execution' AND x.id = overlay(e.id::text PLACING '7' FROM 15 FOR 1)::uuid`

/** Leaves from index `from` on and below `to`, in their order. */
export const readLeaves = async (tx: Queryable, { from, to }: { from: number; to: number }): Promise<ExportRow[]> => {
  const text = `${SELECT} WHERE e.leaf_index >= $1 AND e.leaf_index < $2 ORDER BY e.leaf_index`
  return (await tx.query<ExportRow>(text, [from, to])).rows
}

/** Entries that were not in the log of `size` leaves: not sequenced then, or not sequenced yet. */
export const readTail = async (
  tx: Queryable,
  { size, after, limit }: { size: number; after: string | null; limit: number },
): Promise<ExportRow[]> => {
  const text = `${SELECT}
    WHERE (e.leaf_index IS NULL OR e.leaf_index >= $1) AND ($2::uuid IS NULL OR e.id > $2) ORDER BY e.id LIMIT $3`
  return (await tx.query<ExportRow>(text, [size, after, limit])).rows
}

/** The fields of an execution's receipt; null where the scope has none: unknown, or from before there were receipts. */
export const readReceipt = async (tx: Queryable, executionId: string): Promise<ExecutionRecord | null> => {
  const text = `SELECT ${EXECUTION_RECORD} AS record FROM extension_execution_log x WHERE x.id = $1 AND x.engine IS NOT NULL`
  return (await tx.query<{ record: ExecutionRecord }>(text, [executionId])).rows[0]?.record ?? null
}
