import type { DecisionFilters, DecisionSummary } from '#contract/api/decisions.js'
import type { Gate } from '#contract/vocabulary.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { conditionsOf, isByBloom, leastIdOf, momentOf } from './decision-filters.rules.js'
import { summaryColumns, TABLES, type DecisionView } from './decision-view.js'

/** What a search asks for. */
export interface DecisionSearch {
  readonly scope: Scope
  readonly view: DecisionView
  readonly filters: DecisionFilters
  /** Most decisions that are given. */
  readonly rows: number
  /** The last id of the page before. */
  readonly before: string | null
}

/** Decisions that the first stretch of a search by Bloom filters holds. */
const FIRST_STRETCH = 20_000
/** How many times longer each stretch is than the one before. */
const GROWTH = 16
const LATEST_ID = 'ffffffff-ffff-ffff-ffff-ffffffffffff'
const EARLIEST_ID = '00000000-0000-0000-0000-000000000000'

/** A page of decisions, newest first. */
export const listDecisions = async (tx: Queryable, search: DecisionSearch): Promise<DecisionSummary[]> => {
  const before = earlier(search.before ?? LATEST_ID, search.filters.until)
  return search.view === 'publisher' || isByBloom(search.filters)
    ? searchStretches(tx, search, before)
    : searchSpan(tx, search, { from: EARLIEST_ID, before })
}

const earlier = (id: string, until: string | undefined): string => {
  const bound = until === undefined ? LATEST_ID : leastIdOf(Date.parse(until))
  return id < bound ? id : bound
}

/**
 * A value may be everywhere or rare, and PostgreSQL cannot know which holds for a Bloom filter. So a search goes back in
 * stretches: the newest decisions one by one, where a common value fills the page at once, then ever longer ones by the
 * filters, which skip what cannot hold a rare value.
 */
async function searchStretches(tx: Queryable, search: DecisionSearch, before: string): Promise<DecisionSummary[]> {
  const begun = await momentBefore(tx, before, FIRST_STRETCH)
  if (begun === null) return searchSpan(tx, search, { from: EARLIEST_ID, before })
  const newest = Math.min(momentOf(before), Date.now())
  const found = await searchSpan(tx, search, { from: leastIdOf(begun), before })
  const oldest = search.filters.since === undefined ? await oldestMoment(tx) : Date.parse(search.filters.since)
  await tx.query(
    'SET LOCAL enable_seqscan = off; SET LOCAL enable_indexscan = off; SET LOCAL enable_indexonlyscan = off',
  )
  let span = Math.max(newest - begun, 1)
  for (let end = begun; found.length < search.rows && end > oldest; end -= span) {
    span *= GROWTH
    const stretch = { from: end - span > oldest ? leastIdOf(end - span) : EARLIEST_ID, before: leastIdOf(end) }
    found.push(...(await searchSpan(tx, { ...search, rows: search.rows - found.length }, stretch)))
  }
  return found
}

async function searchSpan(
  tx: Queryable,
  { scope, view, filters, rows }: DecisionSearch,
  { from, before }: { from: string; before: string },
): Promise<DecisionSummary[]> {
  const values: unknown[] = []
  const bind = (value: unknown): string => `$${values.push(value)}`
  const conditions = conditionsOf(filters, bind)
  // What row-level security holds anyway, in a form that an index answers.
  if ('tenant' in scope) conditions.push(`tenant_id = ${bind(scope.tenant)}::uuid`)
  conditions.push(`id >= ${bind(from)}::uuid`, `id < ${bind(before)}::uuid`)
  const table = TABLES[view]
  // The ids first: an index that holds all that is asked for answers without the rows.
  const text = `
    WITH page AS MATERIALIZED (
      SELECT id FROM ${table} WHERE ${conditions.join(' AND ')} ORDER BY id DESC LIMIT ${bind(rows)})
    SELECT ${summaryColumns(view)} FROM ${table} WHERE id = ANY(ARRAY(SELECT id FROM page)) ORDER BY id DESC`
  return (await tx.query<DecisionSummary>(text, values)).rows
}

/** When the decision was made that as many others lie before; null where there are fewer. Over all organisations. */
const momentBefore = async (tx: Queryable, before: string, rows: number): Promise<number | null> =>
  (await tx.query<{ moment: number | null }>('SELECT decision_moment_before($1, $2)::float8 AS moment', [before, rows]))
    .rows[0]?.moment ?? null

const oldestMoment = async (tx: Queryable): Promise<number> =>
  (await tx.query<{ moment: number | null }>('SELECT decision_oldest_moment()::float8 AS moment')).rows[0]?.moment ?? 0

/** One decision as lists show it; null where the scope has none of this id. */
export const findDecision = async (tx: Queryable, view: DecisionView, id: string): Promise<DecisionSummary | null> =>
  (await tx.query<DecisionSummary>(`SELECT ${summaryColumns(view)} FROM ${TABLES[view]} WHERE id = $1`, [id]))
    .rows[0] ?? null

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
