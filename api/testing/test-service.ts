import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setImmediate } from 'node:timers/promises'
import { Logger } from '@nestjs/common'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import type { Client } from 'pg'
import { Slots } from '#runtime/slots/slots.js'
import { AppModule } from '../app.module.js'
import { BlobStore } from '../platform/blobs/blob-store.js'
import { loadConfig } from '../platform/config/config.js'
import { Database } from '../platform/database/database.service.js'
import { createAdapter } from '../platform/http/fastify.js'
import { KeyFiles } from '../platform/keys/key-files.js'
import { PLACES, startRunner, type RunnerGround } from '../runners/testing/remote-ground.js'
import { asking, type Ask } from './asking.js'
import { testDatabase } from './test-database.js'

/** The whole service on a free port, as `npm start` brings it up: demo people, shipped policy, real PostgreSQL, real jobs. */
export interface TestService {
  readonly port: number
  readonly url: string
  readonly folder: string
  /** The database as its owner reaches it, for what the service itself may not do. */
  readonly ownerUrl: string
  /** API keys of the demo's people, by name. */
  readonly keys: Readonly<Record<string, string>>
  /** Asks as one of the demo's people. */
  readonly ask: Ask
  /** A connection of the tables' owner, for what the service itself may not do. */
  readonly owner: Client
  /** How many rows each table has in which people or extensions keep anything: all but what merely records. */
  rows(): Promise<Record<string, number>>
  /** Another instance of the service on the same database and folder; stop it before this one. */
  beside(): Promise<{ readonly url: string; stop(): Promise<void> }>
  stop(): Promise<void>
}

const RECORDING =
  /^(api_key_use|decision|ledger_|node_lease|outbox|permit_spend|action_write|_prisma|event_delivery|failed_attempt)/

/** What a test may choose of the service. */
export interface TestServiceOptions {
  /** Where slots are. Default: beside it. */
  readonly where?: (typeof PLACES)[number]
  /** Settings, as its environment has them. */
  readonly settings?: Readonly<Record<string, string>>
}

/** Starts the service. Call in `beforeAll` with some seconds to spare, and `stop()` after. */
export async function testService({ where = PLACES[0], settings }: TestServiceOptions = {}): Promise<TestService> {
  const postgres = await testDatabase()
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-service-'))
  const keyFiles = await KeyFiles.open(folder)
  const runner = where === 'on a runner' ? await runnerFor(keyFiles) : undefined
  const config = loadConfig({
    ...{ GATEHOUSE_DATA: folder, GATEHOUSE_SLOTS: '2' },
    ...(runner && { RUNNER_BASE_URL: runner.address.url, RUNNER_TOKEN: runner.address.token }),
    ...settings,
  })
  const ground = { config, database: postgres.database, keys: keyFiles }
  const start = async (database = postgres.database): Promise<NestFastifyApplication> => {
    const module = await Test.createTestingModule({
      imports: [AppModule.on({ ...ground, database, blobs: new BlobStore(join(folder, 'blobs')) })],
    }).compile()
    const app = module.createNestApplication<NestFastifyApplication>(createAdapter(config.GATEHOUSE_TRUSTED_PROXIES), {
      bodyParser: false,
    })
    Logger.overrideLogger(false)
    await app.listen(0, '127.0.0.1')
    return app
  }
  const app = await start()
  const { port } = app.getHttpServer().address() as AddressInfo
  while (runner && app.get(Slots).snapshot().size === 0) await setImmediate()
  const owner = await postgres.owner()
  const url = `http://127.0.0.1:${port}`
  const keys = JSON.parse(await readFile(join(folder, 'keys', 'demo-keys.json'), 'utf8')) as Record<string, string>
  return {
    ...{ port, folder, url, keys, ownerUrl: postgres.ownerUrl },
    ask: asking({ url, keys }),
    owner,
    rows: () => countRows(owner),
    beside: async () => {
      // The first one closes the pools of its own database.
      const other = await start(new Database(postgres.database.url))
      const { port: at } = other.getHttpServer().address() as AddressInfo
      return { url: `http://127.0.0.1:${at}`, stop: () => other.close() }
    },
    stop: async () => {
      await app.close()
      await runner?.close()
      await postgres.drop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}

const runnerFor = async (keys: KeyFiles): Promise<RunnerGround> =>
  startRunner({ orders: await keys.signing('orders'), glue: await keys.signing('glue') })

async function countRows(owner: Client): Promise<Record<string, number>> {
  const { rows } = await owner.query<{ tablename: string }>(
    `SELECT tablename FROM pg_tables WHERE schemaname = 'public' ORDER BY tablename`,
  )
  const tables = rows.map(({ tablename }) => tablename).filter((name) => !RECORDING.test(name))
  const counted = tables.map((name) => `SELECT '${name}' AS name, count(*)::int AS count FROM "${name}"`)
  const found = await owner.query<{ name: string; count: number }>(counted.join(' UNION ALL '))
  return Object.fromEntries(found.rows.map(({ name, count }) => [name, count]))
}
