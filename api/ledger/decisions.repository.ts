import type { DecisionQuery, DecisionSummary } from '#contract/api/decisions.js'
import type { Gate } from '#contract/vocabulary.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** From where decisions are read: the rows of the scope, or what a publisher may see of others' use of its extensions. */
export type DecisionView = 'rows' | 'publisher'

const SOURCES: Record<DecisionView, { table: string; columns: readonly string[] }> = {
  rows: {
    table: 'decision',
    columns: [
      'tenant_id::text AS tenant',
      'cause',
      'actor',
      `json_build_object('kind', resource_kind, 'id', resource_id) AS resource`,
      'install_id',
      'execution_id',
      'correlation_id',
    ],
  },
  publisher: {
    table: 'publisher_decision',
    columns: [
      'tenant',
      'NULL AS cause',
      'NULL AS actor',
      'NULL AS resource',
      'NULL AS install_id',
      'NULL AS execution_id',
      'NULL AS correlation_id',
    ],
  },
}
const SHARED = [
  'id',
  isoTimestamp('at'),
  'gate',
  'action',
  'outcome',
  'decided_by',
  'extension',
  'reasons',
  'rules',
  'revision',
  'count',
]

const select = (view: DecisionView): string => {
  const { table, columns } = SOURCES[view]
  return `SELECT ${[...SHARED, ...columns].join(', ')} FROM ${table}`
}

/** Which condition each filter is; `$` is where its value stands. */
const CONDITIONS = {
  action: 'action = $',
  gate: 'gate = $',
  outcome: 'outcome = $',
  extension: 'extension = $',
  actor: 'actor = $',
  execution: 'execution_id = $',
  correlation_id: 'correlation_id = $',
  after: 'at >= $',
  before: 'at < $',
} as const satisfies Partial<Record<keyof DecisionQuery, string>>
type Filter = keyof typeof CONDITIONS

/** Filters over columns that a publisher does not see. */
export const TENANT_ONLY_FILTERS: readonly Filter[] = ['actor', 'execution', 'correlation_id']

/** The moment within a UUID of version 7, milliseconds since the epoch: a decision's id holds when it was made. */
const momentOf = (id: string): number => Number.parseInt(id.replaceAll('-', '').slice(0, 12), 16)

/** A page of decisions, newest first. `before` is the last id of the page before. */
export const listDecisions = async (
  tx: Queryable,
  view: DecisionView,
  { rows: limit, before, filters }: { rows: number; before: string | null; filters: Partial<DecisionQuery> },
): Promise<DecisionSummary[]> => {
  const values: unknown[] = [limit]
  const conditions: string[] = []
  for (const [name, condition] of Object.entries(CONDITIONS)) {
    const value = filters[name as Filter]
    if (value === undefined) continue
    values.push(value)
    conditions.push(condition.replace('$', `$${values.length}`))
  }
  if (before !== null) {
    values.push(momentOf(before) / 1000, before)
    conditions.push(`(at, id) < (to_timestamp($${values.length - 1}), $${values.length}::uuid)`)
  }
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const text = `${select(view)} ${where} ORDER BY at DESC, id DESC LIMIT $1`
  return (await tx.query<DecisionSummary>(text, values)).rows
}

/** One decision as lists show it; null where the scope has none of this id. */
export const findDecision = async (tx: Queryable, view: DecisionView, id: string): Promise<DecisionSummary | null> =>
  (await tx.query<DecisionSummary>(`${select(view)} WHERE id = $1`, [id])).rows[0] ?? null

/** The parts of a decision that explain and replay it, and where it stands in the log. */
export interface DecisionEvidence {
  readonly gate: Gate
  readonly revision: string | null
  readonly engine: string
  /** The module of the organisation that had a say; `answer` then holds both answers. */
  readonly tenant_module: string | null
  readonly input: Buffer
  readonly answer: Buffer | null
  readonly input_digest: string
  readonly fuel: number
  readonly expires_at: string
  readonly leaf_hash: Buffer
  readonly leaf_index: number | null
}

/** What a decision was made from; null where the scope has none of this id. */
export const findEvidence = async (tx: Queryable, id: string): Promise<DecisionEvidence | null> => {
  const { rows } = await tx.query<DecisionEvidence>(
    `SELECT gate, revision, engine, tenant_module, input, answer, input_digest, fuel::float8 AS fuel, ${isoTimestamp('expires_at')},
            leaf_hash, leaf_index::float8 AS leaf_index
     FROM decision JOIN ledger_entry USING (id) WHERE id = $1`,
    [id],
  )
  return rows[0] ?? null
}
