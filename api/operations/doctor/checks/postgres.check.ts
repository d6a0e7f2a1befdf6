import { connected } from '../../connected.js'
import type { Logins } from '../../owner-login.js'
import type { Check } from '../check.js'

/** The oldest release that row-level security, roles and time-ordered ids of the schema were tried with. */
const LEAST_VERSION = 16

/** Whether the service's login gets in, and owns nothing that it could use past the rules. */
export const postgres: Check<Logins> = {
  name: 'postgres',
  remedy:
    'start the database server, or correct DATABASE_URL; the embedded one logs to postgres.log in the data folder',
  look: ({ url }) =>
    connected(url, 'doctor', async (client) => {
      const { rows } = await client.query<{ version: string; number: number; superuser: boolean }>(
        `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number,
           rolsuper OR rolbypassrls AS superuser FROM pg_roles WHERE rolname = current_user`,
      )
      const { version, number, superuser } = rows[0]!
      if (superuser)
        return {
          ok: false,
          detail: 'the login of the service stands above row-level security',
          remedy: 'give the service a login without SUPERUSER and BYPASSRLS',
        }
      if (Math.floor(number / 10_000) < LEAST_VERSION)
        return { ok: false, detail: `PostgreSQL ${version}`, remedy: `update it to ${LEAST_VERSION} or later` }
      return { ok: true, detail: `PostgreSQL ${version} answers` }
    }),
}
