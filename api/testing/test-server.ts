import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { open, readFile, rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { packageRoot } from '#runtime/package-root.js'
import { migrate } from '../platform/database/migrations.js'
import { EmbeddedPostgres } from '../platform/embedded/embedded-postgres.js'

/** Where this run's server listens, by login. */
export interface TestServer {
  url: string
  ownerUrl: string
}

/** The database that every other one is a copy of. */
export const TEMPLATE = 'gatehouse_template'

/** The same server and login, another database. */
export const onDatabase = (url: string, database: string): string => {
  const target = new URL(url)
  target.pathname = `/${database}`
  return target.href
}

/** This run's server; whoever asks first starts it, the others wait for that. */
export async function testServer(): Promise<TestServer> {
  const folder = process.env.GATEHOUSE_TEST_RUN
  if (!folder) throw new Error('specs with a database run under jest.config.mjs, which names the folder for it')
  const answer = join(folder, 'server.json')
  if (!existsSync(answer) && (await isFirst(folder))) await announce(answer, () => start(folder))
  while (!existsSync(answer)) await delay(20)
  const told = JSON.parse(await readFile(answer, 'utf8')) as TestServer | { failed: string }
  if ('failed' in told) throw new Error(`the test server did not start: ${told.failed}`)
  return told
}

const isFirst = (folder: string): Promise<boolean> =>
  open(join(folder, 'starting'), 'wx').then(
    async (file) => (await file.close(), true),
    () => false,
  )

/** Tells the waiting ones what came of it, a failure too. */
async function announce(answer: string, begin: () => Promise<TestServer>): Promise<void> {
  const told = await begin().catch((error: Error) => ({ failed: error.message }))
  await writeFile(`${answer}.new`, JSON.stringify(told))
  await rename(`${answer}.new`, answer)
}

async function start(folder: string): Promise<TestServer> {
  const server = await EmbeddedPostgres.start({
    dataFolder: folder,
    settings: { fsync: 'off', max_connections: '300' },
  })
  keep(folder)
  const owner = new Client({ connectionString: server.ownerUrl })
  await owner.connect()
  await owner.query(`CREATE DATABASE ${TEMPLATE}`)
  await owner.end()
  await migrate(onDatabase(server.ownerUrl, TEMPLATE), join(packageRoot(), 'prisma'), 'gatehouse_api')
  server.release()
  return { url: server.url, ownerUrl: server.ownerUrl }
}

function keep(folder: string): void {
  const keeper = join(packageRoot(), 'api', 'testing', 'server-keeper.mjs')
  const jest = process.env.GATEHOUSE_TEST_PID ?? String(process.pid)
  spawn(process.execPath, [keeper, folder, jest], { detached: true, stdio: 'ignore', cwd: '/' }).unref()
}
