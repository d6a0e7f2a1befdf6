import { setTimeout as delay } from 'node:timers/promises'
import { mkdir, readFile, realpath } from 'node:fs/promises'
import { dirname } from 'node:path'
import { findBinaries } from './binaries.js'
import { initialise, needsOwnAccount, openCluster, spawnServer, type Cluster } from './cluster.js'
import { freePort } from './free-port.js'
import { answers, localUrl, provision } from './provision.js'
import { identify, isRunning, signal, type Identity } from './running.js'
import {
  claim,
  readCredentials,
  runningPostmaster,
  unclaim,
  whereaboutsOf,
  writeCredentials,
  type Credentials,
} from './server-files.js'

const START_TIMEOUT_MS = 20_000
const STOP_TIMEOUT_MS = 15_000
const POLL_MS = 20
const WATCH_MS = 500
const MAX_BACKOFF_MS = 5_000

/** What a start may be given. */
export interface EmbeddedOptions {
  dataFolder: string
  /** Further server settings, such as `fsync: 'off'` for a test's server. */
  settings?: Readonly<Record<string, string>>
  /** Told what happens to the server, in words for the log. */
  notice?: (event: string) => void
}

/** What starting a server takes, at the first time and again. */
interface ServerParts {
  readonly cluster: Cluster
  readonly credentials: Credentials
  readonly options: EmbeddedOptions
}

/**
 * A real PostgreSQL under the data folder, listening on a socket there and on loopback, with passwords only.
 * Adopts the server of an earlier process where that one is healthy, replaces it where it is not,
 * and starts it again when it dies.
 */
export class EmbeddedPostgres {
  private watcher: NodeJS.Timeout | undefined
  private stopping = false
  private checking: Promise<unknown> = Promise.resolve()

  private constructor(
    private readonly parts: ServerParts,
    private server: Identity,
  ) {}

  /** Starts or adopts the server. Resolves when it takes connections and its roles and database are there. */
  static async start(options: EmbeddedOptions): Promise<EmbeddedPostgres> {
    await mkdir(options.dataFolder, { recursive: true, mode: 0o700 })
    const dataFolder = await realpath(options.dataFolder)
    await claim(dataFolder)
    const cluster = await openCluster(dataFolder, await findBinaries(needsOwnAccount()))
    const credentials = await readCredentials(dataFolder)
    await initialise(cluster, credentials.superuser.password)
    const parts = { cluster, credentials, options }
    const server = (await adopt(parts)) ?? (await launch(parts))
    await provision(credentials)
    await writeCredentials(dataFolder, credentials)
    const embedded = new EmbeddedPostgres(parts, server)
    embedded.watch()
    return embedded
  }

  /** For the service: a login that owns nothing. */
  get url(): string {
    return localUrl(this.parts.credentials, this.parts.credentials.api)
  }

  /** For migrations, backup and restore: the login that owns the tables. */
  get ownerUrl(): string {
    return localUrl(this.parts.credentials, this.parts.credentials.owner)
  }

  /** Process id of the server; another one after it has been started again. */
  get pid(): number {
    return this.server.pid
  }

  /** Ends open sessions and stops the server in order. */
  async stop(): Promise<void> {
    this.stopping = true
    clearTimeout(this.watcher)
    await this.checking
    await end(this.server)
    await unclaim(dirname(this.parts.cluster.folder))
  }

  /** Leaves the server running for whoever opens the data folder next. */
  release(): void {
    this.stopping = true
    clearTimeout(this.watcher)
  }

  private watch(wait = WATCH_MS): void {
    this.watcher = setTimeout(() => {
      this.checking = this.revive().then(
        () => this.stopping || this.watch(),
        (error: Error) => {
          this.parts.options.notice?.(`the database server does not start: ${error.message}`)
          if (!this.stopping) this.watch(Math.min(wait * 2, MAX_BACKOFF_MS))
        },
      )
    }, wait)
    this.watcher.unref()
  }

  private async revive(): Promise<void> {
    if (await isRunning(this.server)) return
    this.parts.options.notice?.('the database server ended; starting it again')
    this.server = (await adopt(this.parts)) ?? (await launch(this.parts))
  }
}

/** The server that an earlier process left behind, where it answers. One that hangs is ended. */
async function adopt({ cluster, credentials, options: { notice } }: ServerParts): Promise<Identity | undefined> {
  const found = await runningPostmaster(cluster.folder)
  if (!found) return undefined
  for (let tries = 0; tries < 5 && (await isRunning(found)); tries++) {
    const where = whereaboutsOf(cluster.folder, found.port)
    if (await answers({ ...credentials, ...where })) {
      Object.assign(credentials, where)
      notice?.('adopted the database server of an earlier run')
      return found
    }
    await delay(200)
  }
  notice?.('a database server of an earlier run does not answer; replacing it')
  await end(found)
  return undefined
}

/** Starts the server and waits until it answers. Orphans of a killed one may hold its memory for a moment: tries again. */
async function launch({ cluster, credentials, options }: ServerParts): Promise<Identity> {
  const deadline = Date.now() + START_TIMEOUT_MS
  for (;;) {
    const port = await freePort(credentials.port)
    const child = await spawnServer(cluster, port, options.settings ?? {})
    const server = child.pid === undefined ? undefined : await identify(child.pid)
    child.unref()
    while (server && child.exitCode === null && child.signalCode === null && Date.now() < deadline) {
      if (await answers({ ...credentials, ...whereaboutsOf(cluster.folder, port) })) {
        // Its socket comes last, maybe since then.
        Object.assign(credentials, whereaboutsOf(cluster.folder, port))
        return server
      }
      await delay(POLL_MS)
    }
    if (Date.now() >= deadline) {
      if (server) await end(server)
      throw new Error(`PostgreSQL did not start; the end of ${cluster.logFile}:\n${await tail(cluster.logFile)}`)
    }
    await delay(250)
  }
}

/** Fast shutdown, then immediate, then the end that nobody can refuse. */
async function end(server: Identity): Promise<void> {
  for (const [name, patience] of [
    ['SIGINT', STOP_TIMEOUT_MS],
    ['SIGQUIT', 3_000],
    ['SIGKILL', 3_000],
  ] as const) {
    if (!(await isRunning(server))) return
    signal(server.pid, name)
    for (const deadline = Date.now() + patience; Date.now() < deadline; await delay(POLL_MS))
      if (!(await isRunning(server))) return
  }
}

async function tail(file: string): Promise<string> {
  const text = await readFile(file, 'utf8').catch(() => '')
  return text.split('\n').slice(-8).join('\n').trim()
}
