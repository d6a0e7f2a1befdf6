import type { Pool } from 'pg'

const AT_ONCE = 1_000
const OLD = `clock_timestamp() - make_interval(days => $1)`
const OLD_DAY = `to_char((${OLD}) AT TIME ZONE 'UTC', 'YYYY-MM-DD')`
const sweep = (table: string, column: string): string => `WITH gone AS (
    DELETE FROM ${table} WHERE id IN (SELECT id FROM ${table} WHERE ${column} < ${OLD} LIMIT ${AT_ONCE}) RETURNING id)
  SELECT count(*)::int AS gone FROM gone`

const STATEMENTS = {
  deliveries: sweep('extension_event_delivery', 'created_at'),
  events: sweep('extension_event', 'at'),
  metrics: `SELECT extension_metric_sweep(${OLD_DAY}, ${AT_ONCE})::int AS gone`,
} as const
/** What goes when it is old. */
export type Kept = keyof typeof STATEMENTS

/** Lets old records of extensions go, a batch at a time. */
export class RetentionRecords {
  constructor(private readonly records: Pool) {}

  /** Deletes at most a batch of those that are older than so many days; says how many. */
  async sweep(kept: Kept, days: number): Promise<number> {
    return (await this.records.query<{ gone: number }>(STATEMENTS[kept], [days])).rows[0]!.gone
  }
}
