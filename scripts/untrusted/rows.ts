import type { Postgres } from '../demo/postgres.js'
import type { Attempts } from './attempts.js'
import type { Canaries } from './canaries.js'
import type { UntrustedGround } from './ground.js'

export const ROWS_PROBE = 'rows'

/** The roles in which the service works. The one that records works for all organisations at once, and reads no words of theirs. */
const ROLES = ['gatehouse_reader', 'gatehouse_governed', 'gatehouse_extension_data', 'gatehouse_records']

/** Of tables with a tenant, the columns that a role may read; all of them where it may read none, to be refused. */
const tablesFor = (role: string): string => `SELECT table_name,
    coalesce(string_agg(format('%I', column_name), ', ') FILTER (WHERE has_column_privilege('${role}', format('%I', table_name), column_name, 'SELECT')),
      string_agg(format('%I', column_name), ', '))
  FROM information_schema.columns WHERE table_schema = 'public' AND table_name IN (
    SELECT table_name FROM information_schema.columns WHERE column_name = 'tenant_id' AND table_schema = 'public')
  GROUP BY table_name ORDER BY table_name`

interface Reading {
  readonly ground: UntrustedGround
  readonly canaries: Canaries
  readonly attempts: Attempts
}

/** With the service's own login, in the scope of one organisation after the other and in none, reads what is another's. */
export const readRows = async ({ ground, canaries, attempts }: Reading): Promise<void> => {
  const owner = await ground.world.postgres('owner')
  const tables = new Map<string, (string | null)[][]>()
  for (const role of ROLES) tables.set(role, await owner.query(tablesFor(role)))
  owner.close()
  const readAs = async (role: string): Promise<void> => {
    const database = await ground.world.postgres('api', role)
    try {
      for (const tenant of [null, ...ground.organisations.map(({ id }) => id)])
        for (const [table, columns] of tables.get(role)!) {
          const { rows, how } = await rowsOf(database, `SELECT ROW(${columns})::text FROM ${table} LIMIT 5000`, tenant)
          attempts.made(ROWS_PROBE, how)
          canaries.observe({ tenant, probe: ROWS_PROBE, where: `${table} as ${role}`, text: rows.flat().join('\n') })
        }
    } finally {
      database.close()
    }
  }
  await Promise.all(ROLES.map(readAs))
}

const rowsOf = async (database: Postgres, select: string, tenant: string | null) => {
  const scope = tenant === null ? '' : `SELECT set_config('gatehouse.tenant', '${tenant}', true);`
  try {
    const found = await database.query(`BEGIN; ${scope} ${select}; COMMIT`)
    const rows = found.slice(tenant === null ? 0 : 1)
    return { rows, how: rows.length === 0 ? 'no rows' : 'rows' }
  } catch (error) {
    await database.query('ROLLBACK')
    return { rows: [], how: String((error as { code?: string }).code) }
  }
}
