import type { PastCursor } from '#contract/api/what-if.js'
import { platformAnswer } from '#engine/tenant/answers.js'
import type { PastDecision } from '#engine/what-if/past-decision.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { leastIdOf } from './decision-filters.rules.js'

/** Which decisions are read. All bounds that are given hold. */
export interface PastDecisionQuery {
  /** One organisation's only. */
  readonly tenant?: string | undefined
  /** Made at this moment or later, in milliseconds since the epoch. */
  readonly since?: number | undefined
  /** Made before this moment, in milliseconds since the epoch. */
  readonly until?: number | undefined
  /** Most decisions that are read after the cursor. */
  readonly limit?: number | undefined
  /** Rows of one batch. */
  readonly batch?: number | undefined
}

/** What of the database streaming takes. */
interface Reader {
  inScope<T>(scope: Scope, work: (tx: Queryable) => Promise<T>): Promise<T>
}

const BATCH = 1_000

const COLUMNS = `
  id, gate, action, tenant_id AS tenant, extension, publisher_id AS publisher,
  (extract(epoch FROM at) * 1000)::float8 AS at, revision, decided_by AS "decidedBy",
  'gate' AS source, false AS masked, input, input_digest AS "inputDigest", answer, tenant_module`

/** A row; where an organisation's module had a say, `answer` holds both answers. */
type PastRow = PastDecision & { readonly tenant_module: string | null }

/** As the platform's policy answered: that is what another one is compared with. */
const asPlatformAnswered = ({ tenant_module, ...past }: PastRow): PastDecision =>
  past.answer === null ? past : { ...past, answer: platformAnswer(past.answer, tenant_module) }

/** The next decisions after the cursor, oldest first: ids are UUIDs of version 7, so their order is that of time. */
const readBatch = async (
  tx: Queryable,
  { tenant, since, until }: PastDecisionQuery,
  { after, rows }: { after: PastCursor | null; rows: number },
): Promise<PastDecision[]> => {
  const values: unknown[] = [rows]
  const conditions: string[] = []
  const bind = (value: unknown): number => values.push(value)
  if (tenant !== undefined) conditions.push(`tenant_id = $${bind(tenant)}::uuid`)
  if (since !== undefined) conditions.push(`id >= $${bind(leastIdOf(since))}::uuid`)
  if (until !== undefined) conditions.push(`id < $${bind(leastIdOf(until))}::uuid`)
  if (after !== null) conditions.push(`id > $${bind(after.id)}::uuid`)
  const where = conditions.length > 0 ? `WHERE ${conditions.join(' AND ')}` : ''
  const text = `SELECT ${COLUMNS} FROM decision ${where} ORDER BY id LIMIT $1`
  return (await tx.query<PastRow>(text, values)).rows.map(asPlatformAnswered)
}

/**
 * Streams past decisions for a what-if, in batches and in an order that is the same each time. The next batch is read
 * while the one before is judged. Name `until`: what is decided meanwhile comes after everything else.
 * @param scope whose rows are seen; PostgreSQL holds it, whatever the query names
 */
export async function* pastDecisions(
  database: Reader,
  { scope, query, after }: { scope: Scope; query: PastDecisionQuery; after: PastCursor | null },
): AsyncGenerator<PastDecision[]> {
  const size = query.batch ?? BATCH
  let left = query.limit ?? Number.POSITIVE_INFINITY
  const read = (from: PastCursor | null): Promise<PastDecision[]> => {
    const rows = Math.min(size, left)
    left -= rows
    const batch = rows > 0 ? database.inScope(scope, (tx) => readBatch(tx, query, { after: from, rows })) : []
    return Promise.resolve(batch)
  }
  let next = read(after)
  for (;;) {
    const batch = await next
    const last = batch.at(-1)
    if (last === undefined) return
    next = batch.length < size ? Promise.resolve([]) : read({ at: last.at, id: last.id })
    // It is awaited in its turn, or nobody asks for it any more.
    next.catch(() => {})
    yield batch
  }
}
