import 'reflect-metadata'
import { rename, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { AddressInfo } from 'node:net'
import { Logger } from '@nestjs/common'
import { NestFactory } from '@nestjs/core'
import type { NestFastifyApplication } from '@nestjs/platform-fastify'
import { AppModule } from './app.module.js'
import { layGround, type Ground } from './ground.js'
import { ConfigInvalid, processConfig, type Config } from './platform/config/config.js'
import { readTrustBundle } from './platform/config/trust-bundle.js'
import { createAdapter } from './platform/http/fastify.js'
import { createLog, NestLog } from './platform/telemetry/logger.js'
import { welcome } from './welcome.js'

const USUAL_PORT = 3000
const PORTS_TRIED = 20
const STOP_WITHIN_MS = 20_000
const logger = new Logger('gatehouse')

/** What to do about an address that can't be listened on. */
const LISTEN_REMEDIES: Readonly<Record<string, string>> = {
  EADDRINUSE: 'is taken: set PORT to another, or leave it out to take the next free one',
  EACCES: 'may not be taken by this user: set PORT to 1024 or above',
  EADDRNOTAVAIL: 'is no address of this machine: set HOST to one that is',
  ENOTFOUND: 'is no address of this machine: set HOST to one that is',
}

/** Writes down where the service listens. Whoever waits for the file finds it whole: it is moved to its place. */
const tellAddress = async (file: string, url: string): Promise<void> => {
  const partial = `${file}.${process.pid}`
  await writeFile(partial, JSON.stringify({ url, pid: process.pid }), { mode: 0o600 })
  await rename(partial, file)
}

/** Listens on the port that is set, or on the usual one, or on the next that is free. */
const listen = async (app: NestFastifyApplication, { HOST, PORT }: Config): Promise<string> => {
  const candidates = PORT === undefined ? Array.from({ length: PORTS_TRIED }, (_, next) => USUAL_PORT + next) : [PORT]
  for (const port of candidates) {
    try {
      await app.listen(port, HOST)
      const { address, family, port: taken } = app.getHttpServer().address() as AddressInfo
      return `http://${family === 'IPv6' ? `[${address}]` : address}:${taken}`
    } catch (error) {
      const { code = '' } = error as NodeJS.ErrnoException
      if (code === 'EADDRINUSE' && port !== candidates.at(-1)) continue
      const remedy = LISTEN_REMEDIES[code]
      throw remedy ? new Error(`${HOST}:${port} ${remedy}`, { cause: error }) : error
    }
  }
  throw new Error('no port was tried')
}

const stopOnSignal = (app: NestFastifyApplication, ground: Ground): void => {
  let stopping = false
  const stop = async (signal: string): Promise<void> => {
    if (stopping) return
    stopping = true
    logger.log(`${signal}: finishing what is under way`)
    // What does not finish must not keep a restart waiting: every state on disk is whole at any moment.
    setTimeout(() => {
      logger.error(`not finished within ${STOP_WITHIN_MS / 1000} s; ending all the same`)
      process.exit(1)
    }, STOP_WITHIN_MS).unref()
    await app.close()
    await ground.leave()
    process.exit(0)
  }
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.on(signal, () => void stop(signal))
}

/** What is thrown on purpose says what to do in its own words; a fault of the program is found by its stack. */
const reasonOf = (error: Error): string =>
  error instanceof TypeError || error instanceof RangeError || error instanceof ReferenceError
    ? String(error.stack)
    : error.message

const run = async (config: Config): Promise<void> => {
  const log = new NestLog(createLog(config))
  Logger.overrideLogger(log)
  const started = Date.now()
  const ground = await layGround(config, (line) => logger.log(line))
  let app: NestFastifyApplication | undefined
  try {
    app = await NestFactory.create<NestFastifyApplication>(
      AppModule.on(ground),
      createAdapter(config.GATEHOUSE_TRUSTED_PROXIES),
      {
        abortOnError: false,
        // The adapter parses bodies by our own rules; Nest's parsers would clash with them.
        bodyParser: false,
        logger: log,
      },
    )
    stopOnSignal(app, ground)
    const url = await listen(app, config)
    await tellAddress(join(config.dataFolder, config.GATEHOUSE_SERVICE_FILE), url)
    process.stdout.write(welcome({ url, config, tookMs: Date.now() - started }))
  } catch (error) {
    await app?.close()
    await ground.leave()
    throw error
  }
}

try {
  const config = processConfig()
  // Named before anything is brought up, though the registry reads it itself.
  await readTrustBundle(config)
  if (process.argv.includes('--check-config'))
    process.stdout.write(`The configuration is complete (${config.profile} profile).\n`)
  else await run(config)
} catch (error) {
  process.stderr.write(
    `${error instanceof ConfigInvalid ? error.message : `Gatehouse could not start: ${reasonOf(error as Error)}`}\n`,
  )
  process.exit(1)
}
