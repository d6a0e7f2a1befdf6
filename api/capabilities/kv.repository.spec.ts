import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { randomUUID } from 'node:crypto'
import type { Client } from 'pg'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { KvRepository, type KvWriter } from './kv.repository.js'

const bytes = (text: string): Uint8Array => Buffer.from(text)

describe('KvRepository', () => {
  let database: TestDatabase
  let owner: Client
  let kv: KvRepository
  let space: KvWriter

  beforeAll(async () => {
    database = await testDatabase()
    owner = await database.owner()
    kv = new KvRepository(database.database)
  })
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
    return { tenantId, installId, executionId, kvQuotaBytes: 100 }
  }
  beforeEach(async () => {
    space = await allowed()
  })

  it('keeps, replaces, lists and deletes', async () => {
    expect(await kv.get(space, 'a')).toBeNull()
    expect(await kv.set(space, 'a/1', bytes('one'))).toBe(true)
    expect(await kv.set(space, 'a/1', bytes('uno'))).toBe(true)
    await kv.set(space, 'a/2', bytes('two'))
    await kv.set(space, 'b', bytes('b'))
    expect(await kv.get(space, 'a/1')).toEqual(bytes('uno'))
    expect(await kv.list(space, 'a/', 10)).toEqual(['a/1', 'a/2'])
    expect(await kv.list(space, '', 2)).toEqual(['a/1', 'a/2'])
    expect(await kv.usedBytes(space, 'b')).toBe(6)
    expect([await kv.delete(space, 'a/1'), await kv.delete(space, 'a/1')]).toEqual([true, false])
    expect(await kv.get(space, 'a/1')).toBeNull()
  })

  it('answers reads that are asked at once, each with its own value', async () => {
    const other = await allowed({ tenantId: space.tenantId })
    await kv.set(space, 'k', bytes('mine'))
    await kv.set(other, 'k', bytes('other'))
    const stranger = await allowed()
    const asked = [space, other, stranger, space].map((each) => kv.get(each, 'k'))
    expect(await Promise.all(asked)).toEqual([bytes('mine'), bytes('other'), null, bytes('mine')])
  })

  it('sees nothing of another organisation, even under the same install id', async () => {
    await kv.set(space, 'k', bytes('mine'))
    const stranger = { ...space, tenantId: randomUUID() }
    expect(await kv.get(stranger, 'k')).toBeNull()
    expect(await kv.list(stranger, '', 10)).toEqual([])
  })

  it('lets two writers at once not pass the quota together', async () => {
    const writes = ['a', 'b', 'c'].map((key) => kv.set(space, key, Buffer.alloc(40)))
    expect((await Promise.all(writes)).toSorted()).toEqual([false, true, true])
    expect(await kv.set(space, 'd', Buffer.alloc(20))).toBe(true)
    expect(await kv.set(space, 'd', Buffer.alloc(21))).toBe(false)
  })

  it('tells a value that was altered behind its back', async () => {
    await kv.set(space, 'k', bytes('mine'))
    await owner.query(`ALTER TABLE extension_kv DISABLE TRIGGER ALL`)
    await owner.query(`UPDATE extension_kv SET value = 'yours' WHERE install_id = $1`, [space.installId])
    await owner.query(`ALTER TABLE extension_kv ENABLE TRIGGER ALL`)
    await expect(kv.get(space, 'k')).rejects.toMatchObject({ code: 'kv.corrupt' })
  })

  it.each([
    ['no decision', async () => ({ ...(await allowed()), executionId: randomUUID() })],
    ['a denial', () => allowed({ outcome: 'deny' })],
    ['another action', () => allowed({ action: 'install.create' })],
    ['another install', async () => ({ ...(await allowed()), installId: randomUUID() })],
    ['another organisation', async () => ({ ...(await allowed()), tenantId: randomUUID() })],
  ])('writes nothing under %s: PostgreSQL refuses with GH008', async (_name, writer) => {
    await expect(kv.set(await writer(), 'k', bytes('x'))).rejects.toMatchObject({ code: 'GH008' })
  })
})
