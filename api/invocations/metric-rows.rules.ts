import { together, type Series } from '#runtime/host-calls/metrics.rules.js'
import type { ExecutionRow } from './execution.rules.js'

/** A row of `extension_metric`. `period` is a UTC day. */
export interface MetricRow extends Series {
  readonly tenant_id: string
  readonly workspace_id: string
  readonly install_id: string
  readonly publisher_id: string
  readonly extension: string
  readonly period: string
}

const keyOf = ({ install_id, period, kind, name, labels }: MetricRow): string =>
  [install_id, period, kind, name, labels].join(' ')

/** What an execution measured, as it counts to its day. */
export const metricRows = (row: ExecutionRow, series: readonly Series[]): MetricRow[] => {
  const { tenant_id, workspace_id, install_id, publisher_id, extension } = row
  const whose = { tenant_id, workspace_id, install_id, publisher_id, extension, period: row.started_at.slice(0, 10) }
  return series.map((each) => ({ ...whose, ...each }))
}

/** Each series once, in one order for all nodes so that none waits for another in a ring. */
export const foldedMetrics = (rows: readonly MetricRow[]): MetricRow[] => {
  const folded = new Map<string, MetricRow>()
  for (const row of rows) {
    const before = folded.get(keyOf(row))
    folded.set(keyOf(row), before ? { ...row, ...together(before, row) } : row)
  }
  return [...folded.entries()].toSorted(([a], [b]) => (a < b ? -1 : 1)).map(([, row]) => row)
}
