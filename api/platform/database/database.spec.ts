import { afterAll, beforeAll, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import { appendFile, cp, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { packageRoot } from '#runtime/package-root.js'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { migrate, missingMigrations } from './migrations.js'
import type { Queryable } from './queryable.js'
import { beginStatement } from './scope.rules.js'
import { isUnreachable } from './unreachable.js'

const API_ROLE = 'gatehouse_api'

let test: TestDatabase
const mine = randomUUID()
const other = randomUUID()

const emit = (tenant: string) => (tx: Queryable) =>
  tx.query('INSERT INTO outbox (id, tenant_id, topic, payload) VALUES ($1, $2, $3, $4)', [
    randomUUID(),
    tenant,
    't',
    {},
  ])
const count = async (tx: Queryable) =>
  Number((await tx.query<{ n: string }>('SELECT count(*) AS n FROM outbox')).rows[0]?.n)

beforeAll(async () => {
  test = await testDatabase()
  await emit(mine)(test.database.records)
  await emit(other)(test.database.records)
}, 60_000)

afterAll(() => test.drop())

describe('scopes', () => {
  it('shows a tenant its own rows, the platform all, and a connection without scope none', async () => {
    expect(await test.database.inScope({ tenant: mine }, count)).toBe(1)
    expect(await test.database.inScope({ tenant: randomUUID() }, count)).toBe(0)
    expect(await test.database.inScope({ publisher: mine }, count)).toBe(0)
    expect(await test.database.inScope({ platform: true }, count)).toBe(2)
  })

  it('leaves no scope on the connection for whoever comes next', async () => {
    await test.database.inScope({ platform: true }, count)
    const left = await test.database.inScope({ tenant: mine }, (tx) =>
      tx.query<{ scope: string | null }>(`SELECT nullif(current_setting('gatehouse.scope', true), '') AS scope`),
    )
    expect(left.rows[0]?.scope).toBeNull()
  })

  it.each(["x'; DROP TABLE outbox; --", 'platform ', ''])('does not splice %j into a statement', (tenant) => {
    expect(() => beginStatement('READ ONLY', [['gatehouse.tenant', tenant]])).toThrow(TypeError)
  })
})

describe('roles', () => {
  it('does not write where only reading was asked for', async () => {
    await expect(test.database.inScope({ platform: true }, emit(mine))).rejects.toMatchObject({ code: '25006' })
  })

  it('does not write governed rows as the recorder, nor records as an extension', async () => {
    const grab = test.database.records.query('DELETE FROM tenant')
    await expect(grab).rejects.toMatchObject({ code: '42501' })
    await expect(test.database.extensionData(mine, emit(mine))).rejects.toMatchObject({ code: '42501' })
  })

  it('inherits nothing: the bare login sees no table', async () => {
    const client = new Client({ connectionString: test.url })
    await client.connect()
    await expect(client.query('SELECT * FROM public.outbox')).rejects.toMatchObject({ code: '42501' })
    await client.end()
  })

  it('rolls back what a failing work has written', async () => {
    const before = await test.database.inScope({ platform: true }, count)
    const work = async (tx: Queryable) => {
      await emit(mine)(tx)
      throw new Error('changed my mind')
    }
    const governed = test.database.governedTransaction({ decisionId: randomUUID(), scope: { tenant: mine } }, work)
    await expect(governed).rejects.toThrow('changed my mind')
    expect(await test.database.inScope({ platform: true }, count)).toBe(before)
  })
})

describe('a connection that breaks while it is in use', () => {
  it('is an error of whoever uses it, and of nobody else', async () => {
    const login = new Client({ connectionString: test.url })
    await login.connect()
    const cut = test.database.inScope({ platform: true }, async (tx) => {
      const { rows } = await tx.query<{ pid: number }>('SELECT pg_backend_pid() AS pid')
      await login.query('SELECT pg_terminate_backend($1, 5000)', [rows[0]!.pid])
      return count(tx)
    })
    expect(await cut.then(() => false, isUnreachable)).toBe(true)
    await login.end()
    expect(await test.database.inScope({ platform: true }, count)).toBe(2)
  })
})

describe('migrations', () => {
  const folder = join(packageRoot(), 'prisma')

  it('do nothing when they are applied, also from two nodes at once', async () => {
    const runs = await Promise.all([migrate(test.ownerUrl, folder, API_ROLE), migrate(test.ownerUrl, folder, API_ROLE)])
    expect(runs.map(({ applied }) => applied)).toEqual([[], []])
    expect(await missingMigrations(test.url, folder)).toEqual([])
  })

  it('are all missing from an empty database', async () => {
    const empty = new URL(test.url)
    empty.pathname = '/postgres'
    expect(await missingMigrations(empty.href, folder)).toEqual(
      expect.arrayContaining(['00000000000001_tables', '00000000000002_governance']),
    )
  })

  it('refuse a file that was edited after it was applied, and a database of a later release', async () => {
    const copy = await mkdtemp(join(tmpdir(), 'gatehouse-migrations-'))
    await cp(folder, copy, { recursive: true })
    const governance = join(copy, 'migrations', '00000000000002_governance')
    await appendFile(join(governance, 'migration.sql'), '\n')
    await expect(migrate(test.ownerUrl, copy, API_ROLE)).rejects.toThrow(/00000000000002_governance was changed/)
    await rm(governance, { recursive: true })
    await expect(migrate(test.ownerUrl, copy, API_ROLE)).rejects.toThrow(/later release/)
    await rm(copy, { recursive: true })
  })
})
