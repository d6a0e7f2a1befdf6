import type { Metric } from '#contract/api/invocations.js'
import type { Queryable } from '../platform/database/queryable.js'

const MAX_LISTED = 1_000

/** What an extension measured on a day (UTC), by name, as far as the scope can see. */
export const listMetrics = async (tx: Queryable, extension: string, day: string): Promise<Metric[]> => {
  const { rows } = await tx.query<Metric>(
    `SELECT install_id, period AS day, kind, name, labels::json AS labels, count::float8 AS count, sum, min, max, last
     FROM extension_metric WHERE extension = $1 AND period = $2
     ORDER BY name COLLATE "C", kind, install_id, labels COLLATE "C" DESC LIMIT ${MAX_LISTED}`,
    [extension, day],
  )
  return rows
}
