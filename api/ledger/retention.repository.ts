import type { Queryable } from '../platform/database/queryable.js'
import { momentOf } from './decision-filters.rules.js'

/** A stretch of time whose decisions lie in one partition. Moments are milliseconds since the epoch; `since` null: from the first on. */
export interface Span {
  readonly since: number | null
  readonly until: number
}

const MS = (column: string): string => `(extract(epoch FROM ${column}) * 1000)::float8 AS ${column}`
const MOMENT = (place: number): string => `to_timestamp($${place}::float8 / 1000)`

/** Whether decisions of the moment that an id names are kept no longer. */
export const isGone = async (tx: Queryable, id: string): Promise<boolean> => {
  const text = `SELECT FROM decision_retention
    WHERE until > ${MOMENT(1)} AND (since IS NULL OR since <= ${MOMENT(1)}) LIMIT 1`
  return (await tx.query(text, [momentOf(id)])).rowCount === 1
}

/** Stretches whose decisions lie in partitions of their own and are all older than a moment, oldest first. */
export const spansBefore = async (tx: Queryable, moment: number): Promise<Span[]> => {
  const text = `SELECT ${MS('since')}, ${MS('until')} FROM decision_partitions() WHERE until <= ${MOMENT(1)} ORDER BY until`
  return (await tx.query<Span>(text, [moment])).rows
}

/** Decisions by their ids, which are in the order of time: from one on, and before another. */
export interface Stretch {
  readonly from: string
  readonly before: string
}

/** As many decisions as one statement walks over: a month of millions stays within the time that a statement may take. */
const STEP = 250_000

const FEW = 'SELECT count(*)::float8 AS decisions FROM decision WHERE id >= $1 AND id < $2'
const NEXT = 'SELECT id FROM decision WHERE id >= $1 AND id < $2 ORDER BY id OFFSET $3 LIMIT 1'

/**
 * How many decisions of a stretch are there, however many they are: each step is a statement and a transaction of its own.
 * @param read runs a read in a transaction of its own
 * @param step decisions that one statement walks over
 */
export const countDecisions = async (
  read: <T>(work: (tx: Queryable) => Promise<T>) => Promise<T>,
  { from, before }: Stretch,
  step = STEP,
): Promise<number> => {
  let counted = 0
  for (let at = from; ; counted += step) {
    const next = await read((tx) => tx.query<{ id: string }>(NEXT, [at, before, step]))
    if (!next.rows[0])
      return counted + (await read((tx) => tx.query<{ decisions: number }>(FEW, [at, before]))).rows[0]!.decisions
    at = next.rows[0].id
  }
}

/** Whether decisions of a stretch are durable and not in the log yet. */
export const isUnsequenced = async (tx: Queryable, { from, before }: Stretch): Promise<boolean> => {
  const text = 'SELECT FROM ledger_entry WHERE leaf_index IS NULL AND id >= $1 AND id < $2 LIMIT 1'
  return (await tx.query(text, [from, before])).rowCount === 1
}

/** A stretch that went, and the leaf of the log that says so. */
export interface Retention extends Span {
  readonly id: string
  readonly decisions: number
  readonly decisionId: string
  readonly at: string
}

/** Every stretch that went, oldest first. */
export const readRetentions = async (tx: Queryable): Promise<Retention[]> => {
  const text = `SELECT id, ${MS('since')}, ${MS('until')}, decisions::float8 AS decisions, decision_id AS "decisionId",
    to_char(created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at
    FROM decision_retention ORDER BY decision_retention.until`
  return (await tx.query<Retention>(text)).rows
}

/** Lets a stretch go: PostgreSQL drops its partition with this row, and only where its leaf is on record. Inside `gate.write`. */
export const dropSpan = async (
  tx: Queryable & { readonly decisionId: string; readonly tenantId: string },
  { id, since, until, decisions }: Span & { readonly id: string; readonly decisions: number },
): Promise<void> => {
  await tx.query(
    `INSERT INTO decision_retention (id, tenant_id, since, until, decisions, decision_id)
     VALUES ($1, $2, ${MOMENT(3)}, ${MOMENT(4)}, $5, $6)`,
    [id, tx.tenantId, since, until, decisions, tx.decisionId],
  )
}

/** Makes the partitions of the months ahead; those that are there stay as they are. Gives how many were made. */
export const makePartitionsAhead = async (records: Queryable, months: number): Promise<number> =>
  (await records.query<{ made: number }>('SELECT decision_partitions_ahead($1) AS made', [months])).rows[0]!.made
