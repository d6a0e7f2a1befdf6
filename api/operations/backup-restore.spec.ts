import { randomUUID } from 'node:crypto'
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buffer } from 'node:stream/consumers'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals'
import { pack } from 'tar-stream'
import { Ledger } from '../ledger/ledger.service.js'
import { ledgerKey } from '../ledger/origin.js'
import { sequence } from '../ledger/sequencer.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { EmbeddedPostgres } from '../platform/embedded/embedded-postgres.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { testDatabase, type TestDatabase } from '../testing/test-database.js'
import { backup } from './backup.js'
import { connected } from './connected.js'
import { examine } from './doctor/check.js'
import { storedData } from './doctor/checks/stored-data.check.js'
import { OperationRefused } from './operation-refused.js'
import { restore } from './restore.js'

const LEAVES = 40
const tenantId = randomUUID()

let postgres: TestDatabase
let parent: string
let dataFolder: string
let archive: string
let digest: string

/** Every row of a table as PostgreSQL writes it, in one order. */
const rowsOf = (url: string, table: string): Promise<string[]> =>
  connected(url, 'spec', async (client) => {
    const { rows } = await client.query<{ row: string }>(`SELECT t::text AS row FROM ${table} t ORDER BY 1`)
    return rows.map(({ row }) => row)
  })

/** What stands in for a service's state: rows with bytes and odd text, a log that grew, a blob, keys. */
const live = async () => {
  const { database } = postgres
  const ledger = new Ledger(database.records)
  for (let n = 0; n < LEAVES; n++)
    await ledger.recordLeaf('test', randomUUID(), { n, text: 'tab\t line\n back\\slash "ü"' })
  const key = ledgerKey(await (await KeyFiles.open(dataFolder)).signing('ledger'))
  await sequence({ ...key, records: database.records, now: () => Date.now() })
  await ledger.recordLeaf('test', randomUUID(), { waits: true })
  await database.records.query(
    `INSERT INTO outbox (id, tenant_id, topic, payload) VALUES ($1, $2, 'told', '{"a": [1, null, "x"]}')`,
    [randomUUID(), tenantId],
  )
  await database.records.query(
    `INSERT INTO extension_log (execution_id, tenant_id, publisher_id, extension, level, message, shared, at)
     VALUES ($1, $2, $2, 'com.example.x', 'info', E'two\\nlines', true, now())`,
    [randomUUID(), tenantId],
  )
  // Governed rows, as a restore has to bring them: past the trigger that wants a live decision.
  await connected(postgres.ownerUrl, 'spec', async (owner) => {
    const without = (table: string, insert: string) =>
      owner.query(
        `ALTER TABLE ${table} DISABLE TRIGGER USER; ${insert}; ALTER TABLE ${table} ENABLE TRIGGER USER`.replaceAll(
          '$tenant',
          `'${tenantId}'`,
        ),
      )
    await without(
      'tenant',
      `INSERT INTO tenant (id, slug, name, decision_id) VALUES ($tenant, 'acme', 'Acme', $tenant)`,
    )
    await without(
      'workspace',
      `INSERT INTO workspace (id, tenant_id, slug, name, decision_id) VALUES ($tenant, $tenant, 'default', 'Default', $tenant)`,
    )
    await without(
      'extension_kv',
      `INSERT INTO extension_kv (tenant_id, install_id, key, value, checksum, execution_id)
       VALUES ($tenant, $tenant, 'k', '\\x00ff10', sha256('\\x00ff10'), $tenant)`,
    )
  })
}

beforeAll(async () => {
  postgres = await testDatabase()
  parent = await mkdtemp(join(tmpdir(), 'gatehouse-backup-'))
  dataFolder = join(parent, 'data')
  archive = join(parent, 'gatehouse.backup')
  await live()
  const blobs = new BlobStore(join(dataFolder, 'blobs'))
  digest = (await blobs.put(Buffer.from('a bundle'))).digest
  await mkdir(join(dataFolder, 'blobs', 'staging'), { recursive: true })
  await writeFile(join(dataFolder, 'blobs', 'staging', randomUUID()), 'half an upload')
  await writeFile(join(dataFolder, 'keys', 'demo-keys.json'), '{}', { mode: 0o600 })
}, 60_000)

afterAll(async () => {
  await postgres.drop()
  await rm(parent, { recursive: true, force: true })
})

let target: string
beforeEach(() => {
  target = join(parent, randomUUID())
})
afterEach(() => rm(target, { recursive: true, force: true }))

describe('backup and restore', () => {
  it('bring every row, blob and key back, into a folder that a service can start on', async () => {
    const written = await backup({ dataFolder, ownerUrl: postgres.ownerUrl }, archive)
    expect(written.ledger.size).toBe(LEAVES)
    expect((await stat(archive)).mode & 0o777).toBe(0o600)
    const restored = await restore(archive, { into: target })
    expect(restored).toMatchObject({ into: target, rows: written.rows, files: written.files, ledger: { whole: true } })

    const server = await EmbeddedPostgres.start({ dataFolder: target, settings: { fsync: 'off' } })
    try {
      const tables = [
        'tenant',
        'workspace',
        'ledger_entry',
        'ledger_node',
        'ledger_head',
        'ledger_checkpoint',
        'outbox',
        'extension_kv',
      ]
      for (const table of [...tables, 'extension_log', 'pseudonym_salt', 'action_write', 'kill_epoch'])
        expect(await rowsOf(server.ownerUrl, table)).toEqual(await rowsOf(postgres.ownerUrl, table))
      expect(await rowsOf(server.ownerUrl, 'tenant')).toHaveLength(1)
      await expect(governedInsert(server.ownerUrl)).rejects.toMatchObject({ code: 'GH001' })
      expect(await nextLogLine(server.ownerUrl)).toBe('2')
    } finally {
      await server.stop()
    }
    expect((await new BlobStore(join(target, 'blobs')).read(digest)).toString()).toBe('a bundle')
    for (const file of ['ledger.pem', 'demo-keys.json']) {
      const path = join(target, 'keys', file)
      expect(await readFile(path)).toEqual(await readFile(join(dataFolder, 'keys', file)))
      expect((await stat(path)).mode & 0o777).toBe(0o600)
    }
    expect(await readdir(target)).not.toContain('database')
    expect(await readdir(join(target, 'blobs'))).not.toContain('staging')
  }, 60_000)

  it("fill an empty database of somebody else's server, and no other", async () => {
    const elsewhere = await testDatabase()
    try {
      const external = { ownerUrl: elsewhere.ownerUrl, apiRole: 'gatehouse_api' }
      await restore(archive, { into: target, external })
      expect(await rowsOf(elsewhere.ownerUrl, 'ledger_entry')).toEqual(await rowsOf(postgres.ownerUrl, 'ledger_entry'))
      await rm(target, { recursive: true })
      await expect(restore(archive, { into: target, external })).rejects.toThrow(/holds data already/)
      expect(await left()).toEqual([])
    } finally {
      await elsewhere.drop()
    }
  }, 60_000)
})

describe('a byte that flipped in what an extension stored', () => {
  const found = (url: string) => examine(storedData, { url, ownerUrl: null })
  const flip = (url: string) =>
    connected(url, 'spec', (owner) =>
      owner.query(
        `ALTER TABLE extension_kv DISABLE TRIGGER USER;
         UPDATE extension_kv SET value = set_byte(value, 1, get_byte(value, 1) # 1);
         ALTER TABLE extension_kv ENABLE TRIGGER USER`,
      ),
    )

  it('is found by the doctor, and the backup has it as it was', async () => {
    const whole = await rowsOf(postgres.ownerUrl, 'extension_kv')
    await flip(postgres.ownerUrl)
    expect(await found(postgres.url)).toMatchObject({ ok: false, detail: expect.stringContaining(`"k" of install`) })
    await restore(archive, { into: target })
    const server = await EmbeddedPostgres.start({ dataFolder: target, settings: { fsync: 'off' } })
    try {
      expect(await rowsOf(server.ownerUrl, 'extension_kv')).toEqual(whole)
      expect(await found(server.url)).toMatchObject({ ok: true })
    } finally {
      await server.stop()
    }
    await flip(postgres.ownerUrl)
  }, 60_000)
})

describe('restore refuses', () => {
  it('a folder that is not empty, and leaves it as it was', async () => {
    await mkdir(target)
    await writeFile(join(target, 'mine'), '')
    await expect(restore(archive, { into: target })).rejects.toThrow(/not empty/)
    expect(await readdir(target)).toEqual(['mine'])
  })

  it.each<[string, (bytes: Buffer) => Buffer]>([
    ['that was cut', (bytes) => bytes.subarray(0, bytes.byteLength - 400)],
    ['that is none', () => Buffer.from('not an archive')],
    [
      'with a changed file',
      (bytes) => retar(bytes, (name, content) => (name.startsWith('keys/demo') ? Buffer.from('[]') : content)),
    ],
    ['with a file taken out', (bytes) => retar(bytes, (name, content) => (name.startsWith('blobs/') ? null : content))],
  ])('an archive %s, and leaves nothing', async (_what, damage) => {
    const damaged = join(parent, 'damaged')
    await writeFile(damaged, damage(await readFile(archive)))
    await expect(restore(damaged, { into: target })).rejects.toThrow(OperationRefused)
    expect(await left()).toEqual([])
  })

  it.each(['../escape', 'keys/../../escape', '/etc/passwd', 'postgres/pg_hba.conf', 'keys/.hidden'])(
    'an archive with a file named %s',
    async (name) => {
      const evil = join(parent, 'evil')
      const tar = pack()
      tar.entry({ name }, 'x')
      tar.finalize()
      await writeFile(evil, gzipSync(await buffer(tar)))
      await expect(restore(evil, { into: target })).rejects.toThrow(/no name of a file/)
      expect(await left()).toEqual([])
    },
  )
})

describe('backup refuses', () => {
  it('a place where nothing can be written, and says why', async () => {
    const nowhere = join(parent, 'none', 'archive')
    await expect(backup({ dataFolder, ownerUrl: postgres.ownerUrl }, nowhere)).rejects.toMatchObject({ code: 'ENOENT' })
  })

  it('to leave a file out silently, and leaves no archive', async () => {
    const stray = join(dataFolder, 'keys', 'a key (copy).pem')
    await writeFile(stray, '')
    await chmod(stray, 0o600)
    const path = join(parent, 'never')
    await expect(backup({ dataFolder, ownerUrl: postgres.ownerUrl }, path)).rejects.toThrow(/does not belong/)
    await rm(stray)
    expect((await readdir(parent)).filter((name) => name.startsWith('never'))).toEqual([])
  })
})

/** Everything that stayed behind of a restore into the target. */
const left = async () => (await readdir(parent)).filter((name) => name.includes(target.slice(parent.length + 1)))

const ask = (url: string, statement: string) =>
  connected(url, 'spec', async (client) => (await client.query<Record<string, string>>(statement)).rows[0])
const governedInsert = (url: string) => ask(url, 'INSERT INTO tenant DEFAULT VALUES')
const nextLogLine = async (url: string) => (await ask(url, `SELECT nextval('extension_log_id_seq') AS id`))?.['id']

/** The archive with its entries' contents exchanged, sizes kept right; null takes an entry out. */
const retar = (archived: Buffer, exchange: (name: string, content: Buffer) => Buffer | null): Buffer => {
  const bytes = gunzipSync(archived)
  const kept: Buffer[] = []
  for (let at = 0; at < bytes.byteLength && bytes[at] !== 0;) {
    const header = Buffer.from(bytes.subarray(at, at + 512))
    const size = Number.parseInt(header.toString('latin1', 124, 136), 8)
    const end = at + 512 + Math.ceil(size / 512) * 512
    const name = header.toString('utf8', 0, 100).replace(/\0.*$/s, '')
    const content = exchange(name, bytes.subarray(at + 512, at + 512 + size))
    if (content) kept.push(sized(header, content.byteLength), content, Buffer.alloc(-content.byteLength & 511))
    at = end
  }
  return gzipSync(Buffer.concat([...kept, Buffer.alloc(1024)]))
}

/** A tar header with another size, and the checksum that belongs to it. */
const sized = (header: Buffer, size: number): Buffer => {
  header.write(`${size.toString(8).padStart(11, '0')}\0`, 124, 'latin1')
  header.fill(' ', 148, 156)
  const sum = header.reduce((total, byte) => total + byte, 0)
  header.write(`${sum.toString(8).padStart(6, '0')}\0 `, 148, 'latin1')
  return header
}
