import type { Execution, ExecutionQuery, LogLine } from '#contract/api/invocations.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'

/** From where executions are read: the rows of the scope, or what a publisher may see of others' use of its extensions. */
export type ExecutionView = 'rows' | 'publisher'

const TENANT_ONLY = [
  'workspace_id',
  'install_id',
  'digest',
  'input_digest',
  'output_digest',
  'slot',
  'correlation_id',
  'trace_id',
  'denied',
]
const SOURCES: Record<
  ExecutionView,
  { executions: string; columns: readonly string[]; lines: string; tenant: string }
> = {
  rows: {
    executions: 'extension_execution_log',
    columns: ['tenant_id::text AS tenant', ...TENANT_ONLY],
    lines: 'extension_log',
    tenant: 'tenant_id::text AS tenant',
  },
  publisher: {
    executions: 'publisher_execution',
    columns: ['tenant', ...TENANT_ONLY.map((column) => `NULL AS ${column}`)],
    lines: 'publisher_log',
    tenant: 'tenant',
  },
}
const SHARED = [
  'id',
  'extension',
  'semver AS version',
  'endpoint',
  'outcome',
  'status',
  'fuel::float8 AS fuel',
  'memory_bytes::float8 AS memory_bytes',
  'wall_ms',
  'host_calls',
  'denied_calls',
  'output_bytes',
  isoTimestamp('started_at'),
  isoTimestamp('ended_at'),
]

const select = (view: ExecutionView): string =>
  `SELECT ${[...SHARED, ...SOURCES[view].columns].join(', ')} FROM ${SOURCES[view].executions}`

interface ExecutionPage {
  readonly rows: number
  readonly before: string | null
  readonly filters: Pick<ExecutionQuery, 'extension' | 'outcome' | 'trace_id' | 'workspace_id'>
}

/** Executions, newest first. `before` is the last id of the page before. */
export const listExecutions = async (
  tx: Queryable,
  view: ExecutionView,
  { rows: limit, before, filters }: ExecutionPage,
): Promise<Execution[]> => {
  const text = `${select(view)}
    WHERE ($2::text IS NULL OR extension = $2) AND ($3::text IS NULL OR outcome = $3)
      ${view === 'rows' ? 'AND ($5::text IS NULL OR trace_id = $5)' : 'AND $5::text IS NULL'}
      ${view === 'rows' ? 'AND ($6::uuid IS NULL OR workspace_id = $6)' : 'AND $6::uuid IS NULL'}
      AND ($4::uuid IS NULL OR (started_at, id) < (SELECT started_at, id FROM ${SOURCES[view].executions} WHERE id = $4))
    ORDER BY started_at DESC, id DESC LIMIT $1`
  const { extension = null, outcome = null, trace_id = null, workspace_id = null } = filters
  const values = [limit, extension, outcome, before, trace_id, workspace_id]
  return (await tx.query<Execution>(text, values)).rows
}

/** One execution; null where the scope has none of this id. */
export const findExecution = async (tx: Queryable, view: ExecutionView, id: string): Promise<Execution | null> =>
  (await tx.query<Execution>(`${select(view)} WHERE id = $1`, [id])).rows[0] ?? null

/** Log lines of an extension in the order they were written: those after a line, or else the newest. */
export const listLines = async (
  tx: Queryable,
  view: ExecutionView,
  { extension, after, limit }: { extension: string; after: string | null; limit: number },
): Promise<LogLine[]> => {
  const { lines, tenant } = SOURCES[view]
  const columns = `${tenant}, execution_id, level, message, ${isoTimestamp('at')}`
  const newest = `SELECT id, ${columns} FROM ${lines} WHERE extension = $1 ORDER BY id DESC LIMIT $2`
  const next = `SELECT id, ${columns} FROM ${lines} WHERE extension = $1 AND id > $3 ORDER BY id LIMIT $2`
  // node-postgres gives a bigint as text, as the API does.
  return after === null
    ? (await tx.query<LogLine>(newest, [extension, limit])).rows.toReversed()
    : (await tx.query<LogLine>(next, [extension, limit, after])).rows
}
