import { randomBytes } from 'node:crypto'
import { Client } from 'pg'
import { Database } from '../platform/database/database.service.js'
import { onDatabase, TEMPLATE, testServer } from './test-server.js'

/** A migrated database of one spec's own. */
export interface TestDatabase {
  readonly database: Database
  readonly url: string
  readonly ownerUrl: string
  /** A connection of the tables' owner, for what the service itself may not do; the same one each time. */
  owner(): Promise<Client>
  /** Closes every connection and takes the database away. */
  drop(): Promise<void>
}

/**
 * Copies the migrated template; some 50 ms. Call in `beforeAll` or `beforeEach`, and `drop()` after.
 * @param template another database to copy
 */
export async function testDatabase(template = TEMPLATE): Promise<TestDatabase> {
  const server = await testServer()
  const name = `spec_${randomBytes(6).toString('hex')}`
  await asOwner(server.ownerUrl, `CREATE DATABASE ${name} TEMPLATE ${template}`)
  const database = new Database(onDatabase(server.url, name))
  const ownerUrl = onDatabase(server.ownerUrl, name)
  let owner: Promise<Client> | undefined
  return {
    database,
    url: database.url,
    ownerUrl,
    owner: () => (owner ??= connect(ownerUrl)),
    drop: async () => {
      await database.close()
      await (await owner)?.end()
      await asOwner(server.ownerUrl, `DROP DATABASE IF EXISTS ${name}`)
    },
  }
}

async function connect(ownerUrl: string): Promise<Client> {
  const client = new Client({ connectionString: ownerUrl })
  await client.connect()
  return client
}

async function asOwner(ownerUrl: string, statement: string): Promise<void> {
  const client = await connect(ownerUrl)
  try {
    await client.query(statement)
  } finally {
    await client.end()
  }
}
