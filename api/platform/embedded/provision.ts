import { Client } from 'pg'
import type { Credentials, Login } from './server-files.js'

/**
 * Connection string for a login of the embedded server: by its socket, which costs both sides of a statement a third less, or
 * over loopback where there is none.
 */
export const localUrl = (
  { host, port, socket, database }: Pick<Credentials, 'host' | 'port' | 'socket' | 'database'>,
  { user, password }: Login,
): string => {
  const url = `postgres://${user}:${password}@${host}:${port}/${database}`
  return socket ? `${url}?host=${encodeURIComponent(socket)}` : url
}

/** Whether the server answers to the superuser's password, so that it is ours and healthy. */
export async function answers(credentials: Credentials): Promise<boolean> {
  const client = superuser(credentials)
  try {
    await client.connect()
    await client.query('SELECT 1')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

/** Makes the login roles and the database where they are missing. Runs at every start; a finished one changes nothing. */
export async function provision(credentials: Credentials): Promise<void> {
  const { owner, api, database } = credentials
  const client = superuser(credentials)
  await client.connect()
  try {
    const known = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
      [owner.user, api.user],
    ])
    const missing = ({ user }: Login) => !known.rows.some((row) => row.rolname === user)
    if (missing(owner)) await client.query(createLogin(owner, 'CREATEROLE CREATEDB'))
    if (missing(api)) await client.query(createLogin(api, 'NOINHERIT'))
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [database])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${database} OWNER ${owner.user}`)
  } finally {
    await client.end()
  }
}

const createLogin = ({ user, password }: Login, rights: string): string =>
  `CREATE ROLE ${user} LOGIN ${rights} PASSWORD '${password}'`

function superuser(credentials: Credentials): Client {
  const client = new Client({
    connectionString: localUrl({ ...credentials, database: 'postgres' }, credentials.superuser),
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => {}) // a server that dies under us rejects the statement at hand
  return client
}
