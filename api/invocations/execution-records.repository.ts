import type { Pool } from 'pg'
import { executionLeaf, receiptIdOf } from '#sdk/audit/execution-leaf.rules.js'
import { leafHash } from '#sdk/audit/merkle.rules.js'
import { leafSource, type ExecutionRow, type UsageRow } from './execution.rules.js'
import type { MetricRow } from './metric-rows.rules.js'
import { addRecordings, type RecordingRow } from './replay/recordings.repository.js'

/** A row of `extension_log`. */
export interface LogRow {
  readonly execution_id: string
  readonly tenant_id: string
  readonly publisher_id: string
  readonly extension: string
  readonly level: string
  readonly message: string
  readonly shared: boolean
  readonly at: string
}

/** Rows go as one JSON document: one parameter to encode here, and PostgreSQL casts by the table's own columns. */
const EXECUTIONS = `WITH executed AS (
    INSERT INTO extension_execution_log
    SELECT * FROM json_populate_recordset(NULL::extension_execution_log, $1) ON CONFLICT (id) DO NOTHING RETURNING id
  )
  INSERT INTO ledger_entry (id, kind, leaf_hash)
  SELECT receipt, 'execution', hash FROM unnest($2::uuid[], $3::uuid[], $4::bytea[]) AS leaf(execution, receipt, hash)
  JOIN executed ON executed.id = leaf.execution`
const LOG_COLUMNS = 'execution_id, tenant_id, publisher_id, extension, level, message, shared, at'
const LOGS = `INSERT INTO extension_log (${LOG_COLUMNS})
  SELECT ${LOG_COLUMNS} FROM json_populate_recordset(NULL::extension_log, $1)`
const USAGE = `INSERT INTO extension_quota_usage AS kept
  SELECT * FROM json_populate_recordset(NULL::extension_quota_usage, $1)
  ON CONFLICT (install_id, period, metric) DO UPDATE SET value = kept.value + excluded.value
  RETURNING install_id, period, metric, value`
/** Series that an install can have in a day; what comes on top of that is left out. */
const MAX_SERIES = 500
const METRICS = `SELECT extension_metric_add($1, ${MAX_SERIES})`
const USED = `SELECT value FROM extension_quota_usage WHERE install_id = $1 AND period = $2 AND metric = 'calls'`

/** What a counter stands at after an addition. */
export interface UsageTotal {
  readonly install_id: string
  readonly period: string
  readonly metric: string
  /** PostgreSQL bigint, as text. */
  readonly value: string
}

/** Appends what executions leave behind. Each method is one statement. */
export class ExecutionRecords {
  constructor(private readonly records: Pick<Pool, 'query'>) {}

  /** Each with its receipt, which is a leaf of the ledger. Raises `InexactRecord` where a row has no canonical form. */
  async addExecutions(rows: readonly ExecutionRow[]): Promise<void> {
    const ids = rows.map(({ id }) => id)
    const hashes = rows.map((row) => leafHash(executionLeaf(leafSource(row))))
    const values = [JSON.stringify(rows), ids, ids.map(receiptIdOf), hashes]
    await this.records.query({ name: 'executions_receipts_add', text: EXECUTIONS, values })
  }

  /** Each in a statement of its own: they are few and large. */
  async addRecordings(rows: readonly RecordingRow[]): Promise<void> {
    await addRecordings(this.records, rows)
  }

  async addLogLines(rows: readonly LogRow[]): Promise<void> {
    await this.records.query({ name: 'executions_log', text: LOGS, values: [JSON.stringify(rows)] })
  }

  /** Adds to counters, each at most once in `rows`; gives what they stand at. */
  async addUsage(rows: readonly UsageRow[]): Promise<UsageTotal[]> {
    const query = { name: 'executions_usage', text: USAGE, values: [JSON.stringify(rows)] }
    return (await this.records.query<UsageTotal>(query)).rows
  }

  /** Adds to series, each at most once in `rows`. */
  async addMetrics(rows: readonly MetricRow[]): Promise<void> {
    await this.records.query({ name: 'executions_metrics', text: METRICS, values: [JSON.stringify(rows)] })
  }

  /** Calls of an install in a period, as far as they are recorded. */
  async callsUsed(installId: string, period: string): Promise<number> {
    const { rows } = await this.records.query<{ value: string }>(USED, [installId, period])
    return Number(rows[0]?.value ?? 0)
  }
}
