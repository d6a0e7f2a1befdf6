import { afterEach, beforeEach, describe, expect, it } from '@jest/globals'
import { spawn, spawnSync } from 'node:child_process'
import { once } from 'node:events'
import { chmod, mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Client } from 'pg'
import { EmbeddedPostgres } from './embedded-postgres.js'
import { identify } from './running.js'

const asRoot = process.getuid?.() === 0

let parent: string
let dataFolder: string
let running: EmbeddedPostgres[]

const start = async (folder = dataFolder): Promise<EmbeddedPostgres> => {
  const server = await EmbeddedPostgres.start({ dataFolder: folder, settings: { fsync: 'off' } })
  running.push(server)
  return server
}

const ask = async (url: string, sql: string): Promise<unknown> => {
  const client = new Client({ connectionString: url })
  client.on('error', () => {})
  await client.connect()
  try {
    return Object.values((await client.query<Record<string, unknown>>(sql)).rows[0] ?? {})[0]
  } finally {
    await client.end()
  }
}

/** Asks until the server answers; the test's own time limit bounds it. */
const askUntilAnswered = async (url: string, sql: string): Promise<unknown> => {
  for (;;) {
    try {
      return await ask(url, sql)
    } catch {
      await new Promise((resolve) => setImmediate(resolve))
    }
  }
}

beforeEach(async () => {
  parent = await mkdtemp(join(tmpdir(), 'gatehouse-embedded-'))
  dataFolder = join(parent, 'data')
  running = []
})

afterEach(async () => {
  for (const server of running) await server.stop()
  await rm(parent, { recursive: true, force: true })
})

describe('embedded PostgreSQL', () => {
  it('takes its own passwords and no others', async () => {
    const server = await start()
    expect(await ask(server.url, 'SELECT current_user')).toBe('gatehouse_api')
    expect(await ask(server.ownerUrl, 'SELECT current_user')).toBe('gatehouse_owner')
    const wrong = new URL(server.url)
    wrong.password = 'guessed'
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    expect((await stat(join(dataFolder, 'postgres.json'))).mode & 0o777).toBe(0o600)
  }, 30_000)

  it('is reached by a socket in its own folder, and by loopback where the path is too long for one', async () => {
    const server = await start()
    expect(await ask(server.url, 'SELECT inet_server_addr() IS NULL')).toBe(true)
    expect((await stat(join(dataFolder, 'postgres'))).mode & 0o077).toBe(0)
    const wrong = new URL(server.url)
    wrong.password = 'guessed'
    await expect(ask(wrong.href, 'SELECT 1')).rejects.toMatchObject({ code: '28P01' })
    const deep = await start(join(parent, 'd'.repeat(100)))
    expect(await ask(deep.url, 'SELECT host(inet_server_addr())')).toBe('127.0.0.1')
  }, 30_000)

  it('adopts the server that an earlier process left behind', async () => {
    const first = await start()
    await ask(first.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    first.release()
    const second = await start()
    expect(second.pid).toBe(first.pid)
    expect(await ask(second.ownerUrl, 'SELECT answer FROM kept')).toBe(42)
  }, 30_000)

  it('starts the server again when it is killed, with what was committed', async () => {
    const server = await start()
    await ask(server.ownerUrl, 'CREATE TABLE kept AS SELECT 42 AS answer')
    const began = await ask(server.ownerUrl, 'SELECT pg_postmaster_start_time()::text')
    process.kill(server.pid, 'SIGKILL')
    expect(await askUntilAnswered(server.ownerUrl, 'SELECT answer FROM kept')).toBe(42)
    expect(await ask(server.ownerUrl, 'SELECT pg_postmaster_start_time()::text')).not.toBe(began)
  }, 30_000)

  it('is not fooled by another program that took the number of a dead server', async () => {
    const first = await start()
    await first.stop()
    const stranger = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    const lock = join(dataFolder, 'postgres', 'postmaster.pid')
    await writeFile(lock, `${stranger.pid}\n${dataFolder}/postgres\n0\n5432\n`)
    const second = await start()
    expect(await ask(second.url, 'SELECT 1')).toBe(1)
    expect(stranger.exitCode).toBeNull()
    stranger.stdin.end()
    await once(stranger, 'exit')
  }, 30_000)

  it('refuses a data folder on which another living process runs', async () => {
    const other = spawn(process.execPath, ['-e', 'process.stdin.resume()'], { stdio: ['pipe', 'ignore', 'ignore'] })
    await mkdir(dataFolder)
    await writeFile(join(dataFolder, 'postgres.owner'), JSON.stringify(await identify(other.pid ?? 0)))
    await expect(start()).rejects.toThrow(/already runs on .* Stop it/)
    other.stdin.end()
    await once(other, 'exit')
    expect(await ask((await start()).url, 'SELECT 1')).toBe(1)
  }, 30_000)

  it('throws an interrupted initialisation away and makes a new cluster', async () => {
    await mkdir(join(dataFolder, 'postgres', 'base'), { recursive: true })
    await writeFile(join(dataFolder, 'postgres', 'PG_VERSION'), '18\n')
    const server = await start()
    expect(await ask(server.url, 'SELECT 1')).toBe(1)
  }, 30_000)

  it('works below a folder that other accounts cannot enter', async () => {
    await chmod(parent, 0o700)
    const server = await start()
    expect(await ask(server.url, 'SELECT 1')).toBe(1)
    if (asRoot) expect((await readFile(`/proc/${server.pid}/status`, 'utf8')).match(/^Uid:\t(\d+)/m)?.[1]).toBe('65534')
  }, 30_000)

  const rootOnly = asRoot ? it : it.skip
  rootOnly(
    'lets its account see its own part of the data folder and no secret beside it',
    async () => {
      await chmod(parent, 0o755)
      const server = await start()
      await mkdir(join(dataFolder, 'keys'), { mode: 0o700 })
      await writeFile(join(dataFolder, 'keys', 'ledger.pem'), 'secret', { mode: 0o600 })
      const asNobody = (...command: [string, ...string[]]) =>
        spawnSync(command[0], command.slice(1), { uid: 65534, gid: 65534, cwd: '/' }).status
      expect(asNobody('cat', join(dataFolder, 'postgres', 'PG_VERSION'))).toBe(0)
      expect(asNobody('cat', join(dataFolder, 'postgres.json'))).not.toBe(0)
      expect(asNobody('cat', join(dataFolder, 'keys', 'ledger.pem'))).not.toBe(0)
      expect(asNobody('ls', dataFolder)).not.toBe(0)
      expect(await ask(server.url, 'SELECT 1')).toBe(1)
    },
    30_000,
  )
})
