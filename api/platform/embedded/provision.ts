import { Client } from 'pg'
import type { Credentials } from './server-files.js'

/** The database that the service uses, and its two login roles: one owns the tables, the other owns nothing. */
export const DATABASE = 'gatehouse'
export const OWNER_ROLE = 'gatehouse_owner'
export const API_ROLE = 'gatehouse_api'

/** Connection string for a role of the embedded server. */
export const localUrl = (role: string, password: string, target: { port: number; database?: string }): string =>
  `postgres://${role}:${password}@127.0.0.1:${target.port}/${target.database ?? DATABASE}`

/** Whether the server answers to the superuser's password, so that it is ours and healthy. */
export async function answers(credentials: Credentials, port: number): Promise<boolean> {
  const client = superuser(credentials, port)
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
export async function provision(credentials: Credentials, port: number): Promise<void> {
  const client = superuser(credentials, port)
  await client.connect()
  try {
    const known = await client.query<{ rolname: string }>('SELECT rolname FROM pg_roles WHERE rolname = ANY($1)', [
      [OWNER_ROLE, API_ROLE],
    ])
    const missing = (role: string) => !known.rows.some((row) => row.rolname === role)
    if (missing(OWNER_ROLE)) await client.query(login(OWNER_ROLE, 'CREATEROLE CREATEDB', credentials.owner))
    if (missing(API_ROLE)) await client.query(login(API_ROLE, 'NOINHERIT', credentials.api))
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [DATABASE])
    if (rowCount === 0) await client.query(`CREATE DATABASE ${DATABASE} OWNER ${OWNER_ROLE}`)
  } finally {
    await client.end()
  }
}

const login = (role: string, rights: string, password: string): string =>
  `CREATE ROLE ${role} LOGIN ${rights} PASSWORD '${password}'`

function superuser(credentials: Credentials, port: number): Client {
  const client = new Client({
    connectionString: localUrl('postgres', credentials.superuser, { port, database: 'postgres' }),
    connectionTimeoutMillis: 2_000,
  })
  client.on('error', () => {}) // a server that dies under us rejects the statement at hand
  return client
}
