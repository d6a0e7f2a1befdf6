import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { spawn } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { once } from 'node:events'
import { Client } from 'pg'
import type { Expectation } from '#runtime/host-calls/kv.rules.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { KvRepository, type KvWriter } from './kv.repository.js'

const bytes = (text: string): Uint8Array => Buffer.from(text)

/** Another process, on the built service: writes two entries in one transaction. */
const WRITE_BOTH = `
  import { Database } from './dist/api/platform/database/database.service.js'
  import { KvRepository } from './dist/api/capabilities/kv.repository.js'
  const put = (key) => ({ kind: 'put', key, value: Buffer.from('new'), expect: 'anything' })
  await new KvRepository(new Database(process.env.DATABASE)).transact(JSON.parse(process.env.WRITER), ['a', 'b'].map(put))`

describe('KvRepository', () => {
  let database: TestDatabase
  let owner: Client
  let kv: KvRepository
  let space: KvWriter

  beforeAll(async () => {
    database = await testDatabase()
    owner = await database.owner()
    kv = new KvRepository(database.database)
  }, 60_000)
  afterAll(() => database.drop())

  /** An allowed invocation of a new install. */
  const allowed = async (fields: { tenantId?: string; outcome?: string; action?: string } = {}): Promise<KvWriter> => {
    const { tenantId = randomUUID(), outcome = 'allow', action = 'extension.invoke' } = fields
    const [executionId, installId] = [randomUUID(), randomUUID()]
    await owner.query(
      `INSERT INTO decision (id, tenant_id, instance, gate, action, outcome, decided_by, actor, resource_kind, resource_id,
        install_id, reasons, rules, engine, input, input_digest, correlation_id, at, expires_at)
       VALUES ($1, $2, 'test', 'call', $3, $4, 'policy', 'a', 'install', 'x', $5, '{}', '{}', 'test', '', '', 'c', now(), now())`,
      [executionId, tenantId, action, outcome, installId],
    )
    return { tenantId, installId, executionId, kvQuotaBytes: 100, kvQuotaKeys: 4 }
  }
  beforeEach(async () => {
    space = await allowed()
  })
  const put = (key: string, value: Uint8Array | string, expect: Expectation = 'anything', ttl_s?: number) =>
    ({ kind: 'put', key, value: typeof value === 'string' ? bytes(value) : value, expect, ttl_s }) as const
  const gone = (key: string, expect: Expectation = 'anything') => ({ kind: 'delete', key, expect }) as const
  const set = (writer: KvWriter, key: string, value: Uint8Array | string) => kv.transact(writer, [put(key, value)])
  const get = async (of: KvWriter, key: string) => (await kv.read(of, key))?.value ?? null
  /** Asks until there is an answer. */
  const found = async (statement: string): Promise<number> => {
    const { rows } = await owner.query<{ pid: number }>(statement)
    return rows[0]?.pid ?? found(statement)
  }
  /** Past its time, without waiting for it. */
  const expire = async (key: string) => {
    await owner.query('ALTER TABLE extension_kv DISABLE TRIGGER ALL')
    await owner.query(
      `UPDATE extension_kv SET expires_at = now() - interval '1 s' WHERE install_id = $1 AND key = $2`,
      [space.installId, key],
    )
    await owner.query('ALTER TABLE extension_kv ENABLE TRIGGER ALL')
  }

  it('keeps, replaces, lists and deletes', async () => {
    expect(await get(space, 'a')).toBeNull()
    await set(space, 'a/1', 'one')
    await set(space, 'a/1', 'uno')
    await set(space, 'a/2', 'two')
    await set(space, 'b', 'b')
    expect(await get(space, 'a/1')).toEqual(bytes('uno'))
    expect(await kv.list(space, { prefix: 'a/', limit: 10 })).toEqual(['a/1', 'a/2'])
    expect(await kv.list(space, { prefix: '', limit: 2 })).toEqual(['a/1', 'a/2'])
    expect(await kv.list(space, { prefix: '', after: 'a/1', limit: 2 })).toEqual(['a/2', 'b'])
    expect(await kv.used(space, ['b'])).toEqual({ bytes: 6, keys: 2 })
    for (let time = 0; time < 2; time++) await kv.transact(space, [gone('a/1')])
    expect(await get(space, 'a/1')).toBeNull()
  })

  it('answers reads that are asked at once, each with its own value', async () => {
    const other = await allowed({ tenantId: space.tenantId })
    await set(space, 'k', 'mine')
    await set(other, 'k', 'other')
    const stranger = await allowed()
    const asked = [space, other, stranger, space].map((each) => get(each, 'k'))
    expect(await Promise.all(asked)).toEqual([bytes('mine'), bytes('other'), null, bytes('mine')])
  })

  it('sees nothing of another organisation, even under the same install id', async () => {
    await set(space, 'k', 'mine')
    const stranger = { ...space, tenantId: randomUUID() }
    expect(await get(stranger, 'k')).toBeNull()
    expect(await kv.list(stranger, { prefix: '', limit: 10 })).toEqual([])
  })

  it('lets two writers at once not pass the quota together', async () => {
    const writes = await Promise.allSettled(['a', 'b', 'c'].map((key) => set(space, key, Buffer.alloc(40))))
    expect(writes.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'fulfilled', 'rejected'])
    await set(space, 'd', Buffer.alloc(20))
    await expect(set(space, 'd', Buffer.alloc(21))).rejects.toMatchObject({ code: 'capability.kv_quota_exceeded' })
  })

  it('counts entries as well as bytes', async () => {
    await kv.transact(
      space,
      ['a', 'b', 'c', 'd'].map((key) => put(key, '')),
    )
    await expect(set(space, 'e', '')).rejects.toMatchObject({ code: 'capability.kv_quota_exceeded' })
    await kv.transact(space, [gone('a'), put('e', '')])
    expect(await kv.list(space, { prefix: '', limit: 10 })).toEqual(['b', 'c', 'd', 'e'])
  })

  it('does all of a transaction or nothing', async () => {
    await set(space, 'a', 'old')
    const operations = [put('a', 'new'), put('b', 'new', 1), gone('c')]
    await expect(kv.transact(space, operations)).rejects.toMatchObject({ code: 'kv.conflict' })
    expect([await get(space, 'a'), await get(space, 'b')]).toEqual([bytes('old'), null])
  })

  it('compares before it sets; an entry made anew never has its old version', async () => {
    const [first] = await kv.transact(space, [put('k', '1', 'absent')])
    await expect(kv.transact(space, [put('k', '2', 'absent')])).rejects.toMatchObject({ code: 'kv.conflict' })
    const [second] = await kv.transact(space, [put('k', '2', first!)])
    expect(await kv.read(space, 'k')).toMatchObject({ value: bytes('2'), version: second })
    await expect(kv.transact(space, [gone('k', first!)])).rejects.toMatchObject({ code: 'kv.conflict' })
    await kv.transact(space, [gone('k')])
    await kv.transact(space, [put('k', '2')])
    const checked = kv.transact(space, [{ kind: 'check', key: 'k', expect: second! }, put('l', '')])
    await expect(checked).rejects.toMatchObject({ code: 'kv.conflict' })
    expect(await get(space, 'l')).toBeNull()
  })

  it('lets one of two that saw the same version win', async () => {
    const [seen] = await kv.transact(space, [put('k', '0')])
    const both = await Promise.allSettled(['1', '2'].map((value) => kv.transact(space, [put('k', value, seen!)])))
    expect(both.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
  })

  it('forgets what has expired', async () => {
    await kv.transact(space, [put('k', Buffer.alloc(90), 'anything', 60), put('l', '')])
    const entry = await kv.read(space, 'k')
    expect(entry!.expires_at_ms! - Date.now()).toBeGreaterThan(0)
    await expire('k')
    expect(await kv.read(space, 'k')).toBeNull()
    expect(await kv.list(space, { prefix: '', limit: 10 })).toEqual(['l'])
    expect(await kv.used(space, [])).toEqual({ bytes: 0, keys: 1 })
    await kv.transact(space, [put('m', Buffer.alloc(90), 'anything'), put('k', '', 'absent')])
    expect((await kv.read(space, 'k'))?.expires_at_ms).toBeNull()
  })

  it('leaves nothing behind of a transaction whose process was killed in the middle', async () => {
    await set(space, 'b', 'old')
    const blocker = new Client({ connectionString: database.ownerUrl })
    await blocker.connect()
    try {
      await blocker.query('BEGIN')
      await blocker.query(`SELECT FROM extension_kv WHERE install_id = $1 AND key = 'b' FOR UPDATE`, [space.installId])
      const writer = spawn(process.execPath, ['--input-type=module', '-e', WRITE_BOTH], {
        env: { DATABASE: database.url, WRITER: JSON.stringify(space) },
      })
      const exited = once(writer, 'exit')
      const pid = await found('SELECT pid FROM pg_locks WHERE NOT granted')
      writer.kill('SIGKILL')
      await exited
      await blocker.query('ROLLBACK')
      await found(`SELECT 1 AS pid WHERE NOT EXISTS (SELECT FROM pg_stat_activity WHERE pid = ${pid})`)
    } finally {
      await blocker.end()
    }
    expect([await get(space, 'a'), await get(space, 'b')]).toEqual([null, bytes('old')])
  }, 60_000)

  it('tells a value that was altered behind its back', async () => {
    await set(space, 'k', 'mine')
    await owner.query(`ALTER TABLE extension_kv DISABLE TRIGGER ALL`)
    await owner.query(`UPDATE extension_kv SET value = 'yours' WHERE install_id = $1`, [space.installId])
    await owner.query(`ALTER TABLE extension_kv ENABLE TRIGGER ALL`)
    await expect(kv.read(space, 'k')).rejects.toMatchObject({ code: 'kv.corrupt' })
  })

  it.each([
    ['no decision', async () => ({ ...(await allowed()), executionId: randomUUID() })],
    ['a denial', () => allowed({ outcome: 'deny' })],
    ['another action', () => allowed({ action: 'install.create' })],
    ['another install', async () => ({ ...(await allowed()), installId: randomUUID() })],
    ['another organisation', async () => ({ ...(await allowed()), tenantId: randomUUID() })],
  ])('writes nothing under %s: PostgreSQL refuses with GH008', async (_name, writer) => {
    await expect(set(await writer(), 'k', 'x')).rejects.toMatchObject({ code: 'GH008' })
  })
})
