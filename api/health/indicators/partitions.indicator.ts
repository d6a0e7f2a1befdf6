import type { Database } from '../../platform/database/database.service.js'
import type { HealthIndicator } from '../indicator.js'

const REMEDY =
  'Partitions of some months are not there: read what "ledger" logs of making them. Ids that hold no moment stay; they are found all the same'

/**
 * Whether each decision lies in the partition of its month. Strays are taken and found like all others, but a search reads all
 * of them, and retention never lets them go. A thousand are counted at most.
 */
export const partitionsIndicator = (database: Pick<Database, 'inScope'>): HealthIndicator => ({
  name: 'partitions',
  check: async () => {
    const { rows } = await database.inScope({ platform: true }, (tx) =>
      tx.query<{ strays: number }>('SELECT decision_strays()::int AS strays'),
    )
    const { strays } = rows[0]!
    return strays === 0 ? { status: 'up', strays } : { status: 'degraded', strays, remedy: REMEDY }
  },
})
