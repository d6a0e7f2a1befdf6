import { InexactRecord } from '#sdk/audit/exact-fields.rules.js'
import type { LoggedLine } from '#runtime/host-calls/log.rules.js'
import type { Series } from '#runtime/host-calls/metrics.rules.js'
import { sqlStateOf } from '../platform/database/sql-state.js'
import type { DecisionEntry } from '../ledger/decision-entry.js'
import type { Ledger } from '../ledger/ledger.service.js'
import type { CallQuota } from './call-quota.js'
import type { ExecutionRecords, LogRow } from './execution-records.repository.js'
import { usageRows, type ExecutionRow, type Used } from './execution.rules.js'
import { foldedMetrics, metricRows, type MetricRow } from './metric-rows.rules.js'
import type { RecordingRow } from './replay/recordings.repository.js'
import { TimedBatch } from './timed-batch.js'

/** What one execution leaves behind. */
export interface ExecutionTrace extends Used {
  readonly decisions: readonly DecisionEntry[]
  readonly lines: readonly LoggedLine[]
  readonly series: readonly Series[]
  /** The install lets its publisher read the lines. */
  readonly linesShared: boolean
  readonly recording?: RecordingRow | undefined
}

interface WriterParts {
  readonly records: ExecutionRecords
  readonly ledger: Pick<Ledger, 'record'>
  readonly quota: CallQuota
  readonly onFault: (what: string, error: unknown, lost: number) => void
}

/** What a row can cause: no canonical form, or SQLSTATE classes of data and integrity. */
const isRowFault = (error: unknown): boolean =>
  error instanceof InexactRecord || /^(22|23)/.test(sqlStateOf(error) ?? '')

/** Writes what executions leave behind, in batches: one statement each for executions, log lines, usage and metrics. */
export class ExecutionWriter {
  private readonly executions: TimedBatch<ExecutionRow>
  private readonly lines: TimedBatch<LogRow>
  private readonly usage: TimedBatch<Used>
  private readonly metrics: TimedBatch<MetricRow>
  private readonly recordings: TimedBatch<RecordingRow>
  private readonly recording = new Set<Promise<void>>()

  constructor(private readonly parts: WriterParts) {
    const { records } = parts
    const batch = <T>(what: string, write: (rows: readonly T[]) => Promise<void>) =>
      new TimedBatch<T>({ write, isRowFault, onFault: (error, lost) => parts.onFault(what, error, lost) })
    this.executions = batch('execution', (rows) => records.addExecutions(rows))
    this.lines = batch('log line', (rows) => records.addLogLines(rows))
    this.recordings = batch('recording', (rows) => records.addRecordings(rows))
    this.usage = batch('usage', (rows) => this.addUsage(rows))
    this.metrics = batch('metric', (rows) => records.addMetrics(foldedMetrics(rows)))
  }

  /** Takes over what an execution left; returns at once. */
  add(trace: ExecutionTrace): void {
    const { row, decisions, lines, series, recording } = trace
    for (const entry of decisions) this.record(entry)
    this.executions.add([row])
    this.usage.add([trace])
    if (recording) this.recordings.add([recording])
    if (lines.length > 0) this.lines.add(lines.map((line) => logRow(trace, line)))
    if (series.length > 0) this.metrics.add(metricRows(row, series))
  }

  /** Writes what waits; at shutdown. */
  async flush(): Promise<void> {
    const batches = [this.executions, this.lines, this.usage, this.metrics, this.recordings]
    await Promise.all([...this.recording, ...batches.map((batch) => batch.flush())])
  }

  private record(entry: DecisionEntry): void {
    const recording = this.parts.ledger
      .record(entry, { patient: true })
      .catch((error: unknown) => this.parts.onFault('host-call decision', error, 1))
      .finally(() => this.recording.delete(recording))
    this.recording.add(recording)
  }

  private async addUsage(used: readonly Used[]): Promise<void> {
    const folded = usageRows(used)
    const totals = await this.parts.records.addUsage(folded)
    for (const { install_id: installId, period, metric, value } of totals) {
      if (metric !== 'calls') continue
      const calls = folded.find((row) => row.install_id === installId && row.period === period && row.metric === metric)
      await this.parts.quota.recorded({ installId, period, calls: calls?.value ?? 0, total: Number(value) })
    }
  }
}

const logRow = ({ row, linesShared }: ExecutionTrace, { level, message, at }: LoggedLine): LogRow => ({
  execution_id: row.id,
  tenant_id: row.tenant_id,
  publisher_id: row.publisher_id,
  extension: row.extension,
  level,
  message,
  shared: linesShared,
  at: new Date(at).toISOString(),
})
