import type { Client } from 'pg'
import { connected } from '../../connected.js'
import type { Logins } from '../../owner-login.js'
import type { Check } from '../check.js'

/** Permits live for seconds: clocks further apart than this would refuse every write, or keep permits alive too long. */
const MOST_APART_MS = 2_000

/** Whether this machine's clock agrees with the database's, and neither is behind what the ledger has signed. */
export const clock: Check<Logins> = {
  name: 'clock',
  remedy: 'let both machines keep time by NTP',
  look: ({ url }) =>
    connected(url, 'doctor', async (client) => {
      const before = Date.now()
      const { rows } = await client.query<{ now: Date }>('SELECT clock_timestamp() AS now')
      const after = Date.now()
      const database = rows[0]!.now.getTime()
      const apart = Math.max(0, database - after, before - database)
      if (apart > MOST_APART_MS)
        return { ok: false, detail: `the database's clock is ${apart} ms away from this machine's` }
      const signedAt = await lastSigned(client)
      if (signedAt !== null && signedAt - after > MOST_APART_MS)
        return {
          ok: false,
          detail: `the ledger was signed at ${new Date(signedAt).toISOString()}, which is still to come`,
        }
      return { ok: true, detail: `at most ${apart + (after - before)} ms away from the database's` }
    }),
}

/** When the newest checkpoint was signed, in milliseconds since the epoch; null before the first. */
async function lastSigned(client: Client): Promise<number | null> {
  await client.query('BEGIN READ ONLY; SET LOCAL ROLE gatehouse_reader')
  try {
    const { rows } = await client.query<{ at: Date }>(
      'SELECT signed_at AS at FROM ledger_checkpoint ORDER BY size DESC LIMIT 1',
    )
    return rows[0]?.at.getTime() ?? null
  } finally {
    await client.query('ROLLBACK')
  }
}
