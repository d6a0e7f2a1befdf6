import type { Client } from 'pg'
import { sqlStateOf } from '../../../platform/database/sql-state.js'
import { connected } from '../../connected.js'
import type { Logins } from '../../owner-login.js'
import type { Check } from '../check.js'

/** SQLSTATE of a governed write without a decision; see the governance migration. */
const NO_DECISION = 'GH001'

/** Tries to write a governed row without a permit, and takes it back whatever comes. Gives the SQLSTATE; null: it was let in. */
async function tryWrite(client: Client): Promise<string | null> {
  await client.query(`BEGIN; SET LOCAL ROLE gatehouse_governed; SET LOCAL gatehouse.scope = 'platform'`)
  try {
    await client.query('INSERT INTO tenant DEFAULT VALUES')
    return null
  } catch (error) {
    return sqlStateOf(error) ?? Promise.reject(error)
  } finally {
    await client.query('ROLLBACK')
  }
}

/** Whether PostgreSQL itself refuses a governed write that no decision stands behind. */
export const governedWrites: Check<Logins> = {
  name: 'governed_writes',
  remedy:
    'stop the service: somebody changed the schema. Restore a backup, and look into the log of the database server',
  look: ({ url }) =>
    connected(url, 'doctor', async (client) => {
      const refused = await tryWrite(client)
      if (refused === NO_DECISION) return { ok: true, detail: `a write without a permit is refused (${refused})` }
      const detail = refused === null ? 'a write without a permit was let in' : `refused, but as ${refused}`
      return { ok: false, detail: `${detail}, not as ${NO_DECISION}` }
    }),
}
