import { randomUUID } from 'node:crypto'
import { PrismaPg } from '@prisma/adapter-pg'
import { Client } from 'pg'
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { PrismaClient } from '#prisma/generated/client.js'
import { openPool } from './pools.js'
import { Database } from './database.service.js'
import type { ScopedReader } from './prisma-reader.js'
import { isUnreachable } from './unreachable.js'

let test: TestDatabase
const mine = randomUUID()
const other = randomUUID()
const AT = new Date('2026-01-02T03:04:05.678Z')

const tenants = async ({ outbox }: ScopedReader) => (await outbox.findMany()).map(({ tenant_id }) => tenant_id)

beforeAll(async () => {
  test = await testDatabase()
  for (const tenant of [mine, other])
    await test.database.records.query(
      'INSERT INTO outbox (id, tenant_id, topic, payload, available_at) VALUES ($1, $2, $3, $4, $5)',
      [randomUUID(), tenant, 't', { deep: [1, null] }, AT],
    )
}, 60_000)
afterAll(() => test.drop())

describe('reading through Prisma', () => {
  it('shows a tenant its own rows, and the platform all', async () => {
    expect(await test.database.read({ tenant: mine }, tenants)).toEqual([mine])
    expect(await test.database.read({ tenant: randomUUID() }, tenants)).toEqual([])
    expect(await test.database.read({ publisher: mine }, tenants)).toEqual([])
    expect((await test.database.read({ platform: true }, tenants)).toSorted()).toEqual([mine, other].toSorted())
  })

  it('sees nothing without a scope', async () => {
    const pool = openPool(test.url, 'gatehouse_reader', () => {})
    const prisma = new PrismaClient({ adapter: new PrismaPg(pool) })
    expect(await tenants(prisma)).toEqual([])
    await pool.end()
  })

  it('leaves its scope to nobody, also when many read at once', async () => {
    const reads = Array.from({ length: 40 }, (_, index) => {
      const tenant = index % 2 === 0 ? mine : other
      return test.database.read({ tenant }, tenants).then((seen) => [tenant, seen])
    })
    for (const [tenant, seen] of await Promise.all(reads)) expect(seen).toEqual([tenant])
  })

  it('writes nothing', async () => {
    const written = test.database.read({ platform: true }, ({ outbox }) => outbox.deleteMany())
    await expect(written).rejects.toThrow(/read-only|permission denied/)
    await expect(
      test.database.read({ platform: true }, ({ tenant }) => tenant.updateMany({ data: { name: 'x' } })),
    ).rejects.toThrow(/read-only|permission denied/)
  })

  it('reads moments and JSON as they were written, whatever time zone the server keeps', async () => {
    const owner = await test.owner()
    await owner.query(
      `DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET timezone = ''Asia/Tokyo''', current_database()); END $$`,
    )
    const abroad = new Database(test.url)
    const [row] = await abroad.read({ tenant: mine }, ({ outbox }) => outbox.findMany())
    await abroad.close()
    expect(row).toMatchObject({ available_at: AT, payload: { deep: [1, null] } })
  })

  it('says so where the server ends the connection', async () => {
    const login = new Client({ connectionString: test.url })
    await login.connect()
    const cut = test.database.read({ tenant: mine }, async (reader) => {
      await login.query(
        `SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity
         WHERE datname = current_database() AND application_name = 'gatehouse_reader'`,
      )
      return tenants(reader)
    })
    const lost = await cut.catch((error: unknown) => error)
    await login.end()
    expect(isUnreachable(lost)).toBe(true)
    expect(await test.database.read({ tenant: mine }, tenants)).toEqual([mine])
  })

  it('says that the database cannot be reached where it cannot', async () => {
    const nowhere = new Database('postgres://x:x@127.0.0.1:1/x')
    const failed = await nowhere.read({ platform: true }, tenants).catch((error: unknown) => error)
    await nowhere.close()
    expect(isUnreachable(failed)).toBe(true)
  })
})
