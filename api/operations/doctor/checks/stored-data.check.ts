import { connected } from '../../connected.js'
import type { Logins } from '../../owner-login.js'
import type { Check } from '../check.js'

const NAMED = 3
const ALTERED = `SELECT install_id, key, count(*) OVER ()::int AS altered FROM extension_kv
  WHERE sha256(value) IS DISTINCT FROM checksum ORDER BY install_id, key LIMIT ${NAMED}`

interface Altered {
  readonly install_id: string
  readonly key: string
  readonly altered: number
}

/** Whether everything that extensions stored still has the checksum it was stored with. */
export const storedData: Check<Logins> = {
  name: 'stored_data',
  remedy:
    'look into the disk and the log of the database server; restore a backup, or have the extension store the entries anew',
  look: ({ url }) =>
    connected(url, 'doctor', async (client) => {
      await client.query(`BEGIN READ ONLY; SET LOCAL ROLE gatehouse_reader; SET LOCAL gatehouse.scope = 'platform'`)
      const { rows } = await client.query<Altered>(ALTERED)
      await client.query('ROLLBACK')
      if (rows.length === 0) return { ok: true, detail: 'what extensions stored has its checksums' }
      const named = rows.map(({ install_id, key }) => `${JSON.stringify(key)} of install ${install_id}`).join(', ')
      return { ok: false, detail: `${rows[0]!.altered} entries lost their checksum, among them ${named}` }
    }),
}
