import type { Pool } from 'pg'

const AT_ONCE = 1_000
const OLD = `clock_timestamp() - make_interval(days => $1)`

const STATEMENTS = {
  deliveries: `DELETE FROM extension_event_delivery WHERE id IN (
    SELECT id FROM extension_event_delivery WHERE created_at < ${OLD} LIMIT ${AT_ONCE})`,
  events: `DELETE FROM extension_event WHERE id IN (SELECT id FROM extension_event WHERE at < ${OLD} LIMIT ${AT_ONCE})`,
  metrics: `DELETE FROM extension_metric WHERE ctid IN (
    SELECT ctid FROM extension_metric WHERE period < to_char((${OLD}) AT TIME ZONE 'UTC', 'YYYY-MM-DD') LIMIT ${AT_ONCE})`,
} as const
/** What goes when it is old. */
export type Kept = keyof typeof STATEMENTS

/** Lets old records of extensions go, a batch at a time. */
export class RetentionRecords {
  constructor(private readonly records: Pool) {}

  /** Deletes at most a batch of those that are older than so many days; says how many. */
  async sweep(kept: Kept, days: number): Promise<number> {
    return (await this.records.query(STATEMENTS[kept], [days])).rowCount ?? 0
  }
}
