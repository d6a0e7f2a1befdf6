import type { Pool } from 'pg'
import type { Queryable } from '../../platform/database/queryable.js'

/** A row of `execution_recording`. */
export interface RecordingRow {
  readonly execution_id: string
  readonly tenant_id: string
  /** The decision that let it be recorded. */
  readonly decision_id: string
  readonly sealed: Buffer
  /** Milliseconds since the epoch. */
  readonly expires_at: number
}

const ADD = `WITH expired AS (DELETE FROM execution_recording WHERE expires_at <= now())
  INSERT INTO execution_recording (execution_id, tenant_id, decision_id, sealed, expires_at)
  VALUES ($1, $2, $3, $4, to_timestamp($5::float8 / 1000)) ON CONFLICT (execution_id) DO NOTHING`

/** Keeps recordings, and lets those go that have expired. */
export const addRecordings = async (records: Pick<Pool, 'query'>, rows: readonly RecordingRow[]): Promise<void> => {
  for (const { execution_id, tenant_id, decision_id, sealed, expires_at } of rows)
    await records.query(ADD, [execution_id, tenant_id, decision_id, sealed, expires_at])
}

/** A recording that has not expired; null where the scope has none. */
export const findRecording = async (
  tx: Queryable,
  executionId: string,
): Promise<Pick<RecordingRow, 'tenant_id' | 'sealed'> | null> => {
  const text = 'SELECT tenant_id, sealed FROM execution_recording WHERE execution_id = $1 AND expires_at > now()'
  return (await tx.query<Pick<RecordingRow, 'tenant_id' | 'sealed'>>(text, [executionId])).rows[0] ?? null
}
