import type { Postgres } from '../demo/postgres.js'
import type { Attempts } from './attempts.js'
import type { Canaries } from './canaries.js'
import type { UntrustedGround } from './ground.js'

export const ROWS_PROBE = 'rows'

/**
 * The roles in which the service works for one organisation at a time. The one that records works for all at once, and sees what it
 * recorded of all: nothing that people or guests can reach runs in it.
 */
const ROLES = ['gatehouse_reader', 'gatehouse_governed', 'gatehouse_extension_data']

const TABLES = `SELECT table_name FROM information_schema.columns
  WHERE column_name = 'tenant_id' AND table_schema = 'public' ORDER BY table_name`

interface Reading {
  readonly ground: UntrustedGround
  readonly canaries: Canaries
  readonly attempts: Attempts
}

/** With the service's own login, in the scope of one organisation after the other and in none, reads what is another's. */
export const readRows = async ({ ground, canaries, attempts }: Reading): Promise<void> => {
  const owner = await ground.world.postgres('owner')
  const tables = (await owner.query(TABLES)).map(([name]) => name!)
  owner.close()
  for (const role of ROLES) {
    const database = await ground.world.postgres('api', role)
    try {
      for (const tenant of [null, ...ground.organisations.map(({ id }) => id)])
        for (const table of tables) {
          const { rows, how } = await rowsOf(database, table, tenant)
          attempts.made(ROWS_PROBE, how)
          canaries.observe({ tenant, probe: ROWS_PROBE, where: `${table} as ${role}`, text: rows.flat().join('\n') })
        }
    } finally {
      database.close()
    }
  }
}

const rowsOf = async (database: Postgres, table: string, tenant: string | null) => {
  const scope = tenant === null ? '' : `SELECT set_config('gatehouse.tenant', '${tenant}', true);`
  try {
    const found = await database.query(`BEGIN; ${scope} SELECT one::text FROM ${table} one LIMIT 5000; COMMIT`)
    const rows = found.slice(tenant === null ? 0 : 1)
    return { rows, how: rows.length === 0 ? 'no rows' : 'rows' }
  } catch (error) {
    await database.query('ROLLBACK')
    return { rows: [], how: String((error as { code?: string }).code) }
  }
}
