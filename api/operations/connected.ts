import { Client } from 'pg'

/** How long a server may take to answer at all, in milliseconds. */
const CONNECT_TIMEOUT_MS = 5_000

/**
 * Works on one connection of its own, closed afterwards. Rejects with the driver's error where the server can't be reached.
 * @param purpose shown by PostgreSQL to whoever asks what runs
 */
export async function connected<T>(url: string, purpose: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = new Client({
    connectionString: url,
    application_name: `gatehouse_${purpose}`,
    connectionTimeoutMillis: CONNECT_TIMEOUT_MS,
  })
  client.on('error', () => {}) // a connection that breaks rejects the statement at hand
  await client.connect()
  try {
    return await work(client)
  } finally {
    await client.end()
  }
}
