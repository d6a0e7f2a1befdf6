import type { Database } from '../../platform/database/database.service.js'
import type { HealthIndicator } from '../indicator.js'

/** Whether PostgreSQL answers as the role that records, and takes writes. A service that can't record refuses everything. */
export const databaseIndicator = ({ records }: Pick<Database, 'records'>): HealthIndicator => ({
  name: 'database',
  check: async () => {
    const { rows } = await records.query<{ version: string; read_only: boolean }>(
      `SELECT current_setting('server_version') AS version,
         pg_is_in_recovery() OR current_setting('default_transaction_read_only')::boolean AS read_only`,
    )
    const { version, read_only } = rows[0]!
    return { status: read_only ? 'down' : 'up', version, read_only, waiting: records.waitingCount }
  },
})
