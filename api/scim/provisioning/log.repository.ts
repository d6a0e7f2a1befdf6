import { randomUUIDv7 } from 'node:crypto'
import type { QueryConfig } from 'pg'
import type { ScimEffect, ScimLogEntry, ScimLogQuery } from '#contract/api/scim.js'
import { isoTimestamp } from '../../platform/database/iso-timestamp.js'
import type { Queryable } from '../../platform/database/queryable.js'
import type { IdPage } from '../../platform/http/page.js'

/** What is kept of a request. */
export interface NewLogEntry {
  readonly tenant_id: string
  readonly connection_id: string
  readonly token_id: string
  readonly method: string
  readonly path: string
  readonly resource_type: string | null
  readonly resource_id: string | null
  readonly status: number
  readonly scim_type: string | null
  readonly detail: string | null
  readonly effects: readonly ScimEffect[]
  readonly would: boolean
  readonly duration_ms: number
  readonly decision_id: string | null
  readonly correlation_id: string
}

const MOST_EFFECTS = 1000
const COLUMNS = [
  ...[
    'tenant_id',
    'connection_id',
    'token_id',
    'method',
    'path',
    'resource_type',
    'resource_id',
    'status',
    'scim_type',
  ],
  ...['detail', 'effects', 'effect_count', 'would', 'duration_ms', 'decision_id', 'correlation_id'],
].join(', ')

/** What adds requests to the log, in this order. */
export const logged = (entries: readonly NewLogEntry[]): QueryConfig => {
  const rows = entries.map(({ effects, ...entry }) => ({
    ...entry,
    ...{ id: randomUUIDv7(), effects: effects.slice(0, MOST_EFFECTS), effect_count: effects.length },
  }))
  return {
    name: 'scim_log',
    text: `INSERT INTO scim_log (id, ${COLUMNS})
           SELECT id, ${COLUMNS} FROM json_populate_recordset(NULL::scim_log, $1)`,
    values: [JSON.stringify(rows)],
  }
}

const OUTCOME = `CASE WHEN status < 400 THEN 'done' WHEN status < 500 THEN 'refused' ELSE 'failed' END`
const ENTRY = `id, ${COLUMNS}, ${OUTCOME} AS outcome, ${isoTimestamp('at')}`

/** Requests that the scope can see and that fit the query, newest first. */
export const listLog = async (
  tx: Queryable,
  query: ScimLogQuery,
  { rows, before }: IdPage,
): Promise<ScimLogEntry[]> => {
  const { tenant_id, connection_id, resource_id, outcome, would, effect, since, until, q } = query
  const found = await tx.query<ScimLogEntry>(
    `SELECT ${ENTRY} FROM scim_log
     WHERE ($1::uuid IS NULL OR tenant_id = $1) AND ($2::uuid IS NULL OR id < $2)
       AND ($4::uuid IS NULL OR connection_id = $4) AND ($5::text IS NULL OR resource_id = $5)
       AND ($6::text IS NULL OR ${OUTCOME} = $6) AND ($7::boolean IS NULL OR would = $7)
       AND ($8::text IS NULL OR effects @> jsonb_build_array(jsonb_build_object('kind', $8)))
       AND ($9::timestamptz IS NULL OR at >= $9) AND ($10::timestamptz IS NULL OR at < $10)
       AND ($11::text IS NULL OR position(lower($11) IN lower(path || ' ' || coalesce(detail, ''))) > 0)
     ORDER BY id DESC LIMIT $3`,
    [
      ...[tenant_id ?? null, before, rows, connection_id ?? null, resource_id ?? null, outcome ?? null],
      ...[would === undefined ? null : would === 'true', effect ?? null, since ?? null, until ?? null, q ?? null],
    ],
  )
  return found.rows
}

/** One request, where the scope can see it. */
export const findLogEntry = async (tx: Queryable, id: string): Promise<ScimLogEntry | undefined> =>
  (await tx.query<ScimLogEntry>(`SELECT ${ENTRY} FROM scim_log WHERE id = $1`, [id])).rows[0]

const AT_ONCE = 1_000

/** Lets requests go that are older than so many days, at most a batch of them; how many. */
export const sweepLog = async (records: Queryable, days: number): Promise<number> =>
  (
    await records.query<{ gone: number }>(
      `WITH gone AS (
         DELETE FROM scim_log WHERE id IN (
           SELECT id FROM scim_log WHERE at < clock_timestamp() - make_interval(days => $1) LIMIT ${AT_ONCE}) RETURNING id)
       SELECT count(*)::int AS gone FROM gone`,
      [days],
    )
  ).rows[0]!.gone
