import type { DecisionFilters, DecisionSummary } from '#contract/api/decisions.js'
import type { Queryable } from '../platform/database/queryable.js'
import { conditionsOf } from './decision-filters.rules.js'
import { summaryColumns } from './decision-view.js'
import { RECORD } from './export.repository.js'

/** Leaves from index `from` on and below `to`, of which at most `limit` decisions are given. */
export interface LeafSpan {
  readonly from: number
  readonly to: number
  readonly limit: number
}

/** A decision of the log in short, with its place. */
export interface FedSummary {
  readonly leaf_index: number
  readonly summary: DecisionSummary
}

/** A decision of the log in full, with its place. */
export interface FedRecord {
  readonly leaf_index: number
  readonly leaf_hash: Buffer
  /** `DecisionRecord` of the contract but for the digest of the answer. */
  readonly record: Record<string, unknown>
  readonly input: Buffer
  readonly answer: Buffer | null
}

const select = (columns: string, filters: DecisionFilters, { from, to, limit }: LeafSpan) => {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const span = [`leaf_index >= ${bind(from)}`, `leaf_index < ${bind(to)}`, `kind = 'decision'`]
  const fits = ['id = leaf.id', ...conditionsOf(filters, bind)].join(' AND ')
  const text = `
    SELECT leaf_index::float8 AS leaf_index, ${columns}
    FROM (SELECT id, leaf_index, leaf_hash FROM ledger_entry WHERE ${span.join(' AND ')}) AS leaf
    CROSS JOIN LATERAL (SELECT * FROM decision WHERE ${fits}) AS d
    ORDER BY leaf.leaf_index LIMIT ${bind(limit)}`
  return { text, values }
}

/** Decisions of a stretch of the log in its order, in short. Those that the scope does not show, or are kept no longer, are left out. */
export const readFedSummaries = async (
  tx: Queryable,
  filters: DecisionFilters,
  span: LeafSpan,
): Promise<FedSummary[]> => {
  const { text, values } = select(summaryColumns('rows', 'd'), filters, span)
  const { rows } = await tx.query<DecisionSummary & { leaf_index: number }>(text, values)
  return rows.map(({ leaf_index, ...summary }) => ({ leaf_index, summary }))
}

/** The same in full. */
export const readFedRecords = async (tx: Queryable, filters: DecisionFilters, span: LeafSpan): Promise<FedRecord[]> => {
  const { text, values } = select(`leaf_hash, ${RECORD} AS record, d.input, d.answer`, filters, span)
  return (await tx.query<FedRecord>(text, values)).rows
}
