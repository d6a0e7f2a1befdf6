import 'reflect-metadata'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { Test } from '@nestjs/testing'
import { AppModule } from '#api/app.module.js'
import { layGround, type Ground } from '#api/ground.js'
import { loadConfig } from '#api/platform/config/config.js'
import { localUrl } from '#api/platform/embedded/provision.js'
import { readCredentials } from '#api/platform/embedded/server-files.js'
import { createAdapter } from '#api/platform/http/fastify.js'
import { asking } from '#api/testing/asking.js'
import type { ServiceAtHand } from '#api/testing/published-extension.js'

/** The whole service in this process, on a throw-away data folder with the embedded database set as it is for use. */
export interface MeasuredService extends ServiceAtHand {
  readonly app: NestFastifyApplication
  readonly ground: Ground
  readonly port: number
  /** The database as its owner, and as its superuser. */
  readonly ownerUrl: string
  readonly superuserUrl: string
  close(): Promise<void>
}

const listen = async (ground: Ground): Promise<NestFastifyApplication> => {
  const module = await Test.createTestingModule({ imports: [AppModule.on(ground)] }).compile()
  const app = module.createNestApplication<NestFastifyApplication>(createAdapter(), {
    logger: ['error', 'fatal'],
    bodyParser: false,
  })
  await app.listen(0, '127.0.0.1')
  return app
}

/** Starts it on a free port of loopback, with demo people and further settings as its environment has them. */
export const startService = async (settings: Readonly<Record<string, string>>): Promise<MeasuredService> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-bench-'))
  const ground = await layGround(loadConfig({ GATEHOUSE_DATA: folder, PORT: '0', ...settings }), () => undefined)
  const app = await listen(ground)
  const close = async (): Promise<void> => {
    await app.close()
    await ground.leave()
    await rm(folder, { recursive: true, force: true })
  }
  // Whoever is told to end leaves no database behind.
  for (const signal of ['SIGINT', 'SIGTERM'] as const)
    process.once(signal, () => void close().finally(() => process.exit(1)))
  const { port } = app.getHttpServer().address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  const keys = JSON.parse(await readFile(join(folder, 'keys', 'demo-keys.json'), 'utf8')) as Record<string, string>
  const credentials = await readCredentials(folder)
  return {
    ...{ app, ground, port, url, folder, keys },
    ownerUrl: localUrl(credentials, credentials.owner),
    superuserUrl: localUrl(credentials, credentials.superuser),
    ask: asking({ url, keys }),
    close,
  }
}

/** How durable the database writes: what it says of itself. */
export const durability = async ({
  ground,
}: MeasuredService): Promise<{ fsync: string; synchronous_commit: string }> => {
  const setting = async (name: string): Promise<string> =>
    (await ground.database.records.query<Record<string, string>>(`SHOW ${name}`)).rows[0]![name]!
  return { fsync: await setting('fsync'), synchronous_commit: await setting('synchronous_commit') }
}
