import { chmod, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises'
import { createServer, type AddressInfo } from 'node:net'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { loadConfig } from '../../platform/config/config.js'
import { KeyFiles, ROTATING_KEYS, SECRET_KEYS, SIGNING_KEYS } from '../../platform/keys/key-files.js'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { connected } from '../connected.js'
import { examine, type Check } from './check.js'
import { clock } from './checks/clock.check.js'
import { dataFolder } from './checks/data-folder.check.js'
import { governedWrites } from './checks/governed-writes.check.js'
import { isolation } from './checks/isolation.check.js'
import { keyFiles } from './checks/key-files.check.js'
import { migrations } from './checks/migrations.check.js'
import { node } from './checks/node.check.js'
import { port } from './checks/port.check.js'
import { postgres } from './checks/postgres.check.js'
import { storedData } from './checks/stored-data.check.js'
import { doctor } from './doctor.js'

let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'gatehouse-doctor-'))
})

afterEach(() => rm(folder, { recursive: true, force: true }))

const config = (settings: Record<string, string> = {}) => loadConfig({ GATEHOUSE_DATA: folder, ...settings })

describe('the machine', () => {
  it('runs the Node that comes with the clone', async () => {
    expect(await examine(node, undefined)).toMatchObject({ ok: true, remedy: null })
  })

  it('walls foreign code in, or says what to install', async () => {
    const found = await examine(isolation, config())
    if (!found.ok) expect(found.remedy).toMatch(/bubblewrap/)
  }, 30_000)
})

describe('the data folder', () => {
  it('may be absent before the first start', async () => {
    expect(await examine(dataFolder, config({ GATEHOUSE_DATA: join(folder, 'none') }))).toMatchObject({ ok: true })
    expect(await examine(keyFiles, config())).toMatchObject({ ok: true })
  })

  it('lets others pass through, not look in', async () => {
    await chmod(folder, 0o711)
    expect(await examine(dataFolder, config())).toMatchObject({ ok: true })
    await chmod(folder, 0o755)
    expect(await examine(dataFolder, config())).toMatchObject({ ok: false, remedy: `chmod go-rw ${folder}` })
  })

  it('has every key, each for its owner alone', async () => {
    const keys = await KeyFiles.open(folder)
    await Promise.all([
      ...SIGNING_KEYS.map((name) => keys.signing(name)),
      ...ROTATING_KEYS.map((name) => keys.rotating(name).signing()),
      ...SECRET_KEYS.map((name) => keys.secret(name)),
    ])
    expect(await examine(keyFiles, config())).toMatchObject({ ok: true })
    await rm(join(folder, 'keys', 'registry.pem'))
    expect(await examine(keyFiles, config())).toMatchObject({
      ok: false,
      detail: expect.stringContaining('registry.pem'),
    })
  })
})

describe('the port', () => {
  it('is free, or taken by somebody else', async () => {
    expect(await examine(port, config({ PORT: '0' }))).toMatchObject({ ok: true })
    const other = createServer().listen(0, '127.0.0.1')
    await once(other, 'listening')
    const taken = String((other.address() as AddressInfo).port)
    expect(await examine(port, config({ PORT: taken }))).toMatchObject({ ok: false })
    await writeFile(join(folder, 'service.json'), '{"url": "http://127.0.0.1:1", "pid": 1}')
    expect(await examine(port, config({ PORT: taken }))).toMatchObject({ ok: false })
    other.close()
  })
})

describe('the database', () => {
  let test: TestDatabase
  const logins = () => ({ url: test.url, ownerUrl: test.ownerUrl })
  const asOwner = (statement: string) => connected(test.ownerUrl, 'spec', (client) => client.query(statement))

  beforeAll(async () => {
    test = await testDatabase()
  }, 60_000)
  afterAll(() => test.drop())

  it.each<[string, Check<ReturnType<typeof logins>>]>(
    [postgres, migrations, governedWrites, clock, storedData].map((check) => [
      check.name,
      check as Check<ReturnType<typeof logins>>,
    ]),
  )('%s is in order', async (_name, check) => {
    expect(await examine(check, logins())).toMatchObject({ ok: true, remedy: null })
  })

  it('that does not answer is a finding', async () => {
    const url = 'postgres://gatehouse_api:x@127.0.0.1:1/gatehouse'
    expect(await examine(postgres, { url, ownerUrl: null })).toMatchObject({ ok: false, remedy: postgres.remedy })
  })

  it('that lets a write without a permit in is a finding, and the write is taken back', async () => {
    await asOwner('ALTER TABLE tenant DISABLE TRIGGER USER')
    for (const column of ['id', 'slug', 'name', 'decision_id'])
      await asOwner(
        `ALTER TABLE tenant ALTER ${column} SET DEFAULT ${column.endsWith('id') ? 'gen_random_uuid()' : `'x'`}`,
      )
    expect(await examine(governedWrites, logins())).toMatchObject({
      ok: false,
      detail: expect.stringContaining('let in'),
    })
    const { rows } = await asOwner('SELECT count(*)::int AS n FROM tenant')
    expect(rows[0]).toEqual({ n: 0 })
    await asOwner('ALTER TABLE tenant ENABLE TRIGGER USER')
  })

  it('that lacks a migration is a finding', async () => {
    await asOwner(`UPDATE _prisma_migrations SET rolled_back_at = now() WHERE migration_name LIKE '%2_governance'`)
    expect(await examine(migrations, logins())).toMatchObject({
      ok: false,
      detail: expect.stringContaining('governance'),
    })
    await asOwner('UPDATE _prisma_migrations SET rolled_back_at = NULL')
  })

  it('whose clock is behind what the ledger signed is a finding', async () => {
    await asOwner(
      `INSERT INTO ledger_checkpoint VALUES (1, '\\x00', '', 'k', now() + interval '1 hour', now() + interval '2 hours')`,
    )
    expect(await examine(clock, logins())).toMatchObject({
      ok: false,
      detail: expect.stringContaining('still to come'),
    })
  })
})

describe('the doctor', () => {
  it('names what is wrong in the configuration and looks no further', async () => {
    const { ok, checks } = await doctor(() => loadConfig({ PORT: 'high' }))
    expect(ok).toBe(false)
    expect(checks.find(({ name }) => name === 'config')).toMatchObject({
      ok: false,
      detail: expect.stringContaining('PORT'),
    })
    expect(checks.map(({ name }) => name)).not.toContain('postgres')
  })

  it('makes no database where none was made', async () => {
    await mkdir(join(folder, 'blobs'))
    const { checks } = await doctor(() => config({ PORT: '0' }))
    expect(checks.find(({ name }) => name === 'postgres')?.detail).toMatch(/not looked at/)
  }, 30_000)
})
