import { randomBytes } from 'node:crypto'
import { existsSync } from 'node:fs'
import { open, readFile, readlink, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { commandOf, identify, isRunning, type Identity } from './running.js'

/** A login of the embedded server. */
export interface Login {
  user: string
  password: string
}

/** Where a server is reached: on a port of loopback, and by a socket in its own folder where there is one. */
export interface Whereabouts {
  port: number
  /** The socket's folder. */
  socket: string | null
}

/** Where the embedded server listens and who may log in: made here, kept 0600, never shown. */
export interface Credentials extends Whereabouts {
  host: '127.0.0.1'
  database: string
  superuser: Login
  owner: Login
  api: Login
}

const CREDENTIALS = 'postgres.json'
const LOOPBACK = '127.0.0.1'
/** Bytes that the path of a socket may have everywhere (`sun_path` of macOS, less its end). */
const LONGEST_SOCKET = 103

const newCredentials = (): Credentials => {
  const login = (user: string): Login => ({ user, password: randomBytes(24).toString('base64url') })
  return {
    host: LOOPBACK,
    port: 0,
    socket: null,
    database: 'gatehouse',
    superuser: login('postgres'),
    owner: login('gatehouse_owner'),
    api: login('gatehouse_api'),
  }
}

/** Credentials of the data folder; on the first start new ones, written before anything depends on them. */
export async function readCredentials(dataFolder: string): Promise<Credentials> {
  const path = join(dataFolder, CREDENTIALS)
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code !== 'ENOENT') throw error
    return undefined
  })
  if (text !== undefined) return JSON.parse(text) as Credentials
  const made = newCredentials()
  await writeCredentials(dataFolder, made)
  return made
}

/** Replaces the credentials file whole, so that a crash leaves the old one or the new one. */
export async function writeCredentials(dataFolder: string, credentials: Credentials): Promise<void> {
  await replaceFile(join(dataFolder, CREDENTIALS), JSON.stringify(credentials, null, 2))
}

async function replaceFile(path: string, text: string): Promise<void> {
  const unfinished = `${path}.${process.pid}`
  const file = await open(unfinished, 'w', 0o600)
  await file.writeFile(text)
  await file.sync()
  await file.close()
  await rename(unfinished, path)
}

/**
 * Makes this process the one that runs the folder's server; two would stop it under each other.
 * @throws where another living process is
 */
export async function claim(dataFolder: string): Promise<void> {
  const path = join(dataFolder, 'postgres.owner')
  const text = await readFile(path, 'utf8').catch(() => undefined)
  const holder = text === undefined ? undefined : (JSON.parse(text) as Identity)
  if (holder && holder.pid !== process.pid && (await isRunning(holder)))
    throw new Error(
      `Gatehouse already runs on ${dataFolder} (process ${holder.pid}). Stop it, or set GATEHOUSE_DATA to another folder.`,
    )
  await replaceFile(path, JSON.stringify(await identify(process.pid)))
}

/** Gives the folder's server up to whoever claims it next. */
export const unclaim = (dataFolder: string): Promise<void> => rm(join(dataFolder, 'postgres.owner'), { force: true })

/** Only passwords, only over the socket in its own closed folder and loopback: no line says `trust` or `peer`. */
export const writeAccessRules = (cluster: string): Promise<void> =>
  writeFile(join(cluster, 'pg_hba.conf'), `local all all scram-sha-256\nhost all all ${LOOPBACK}/32 scram-sha-256\n`)

const socketOf = (cluster: string, port: number): string => join(cluster, `.s.PGSQL.${port}`)

/** How a server of the cluster that listens on a port is reached. */
export const whereaboutsOf = (cluster: string, port: number): Whereabouts => {
  const socket = socketOf(cluster, port)
  const isReachable = Buffer.byteLength(socket) <= LONGEST_SOCKET && existsSync(socket)
  return { port, socket: isReachable ? cluster : null }
}

/**
 * The postmaster that the cluster's postmaster.pid names, where that process runs and works in this very cluster.
 * A number that another program has taken meanwhile is not it.
 */
export async function runningPostmaster(cluster: string): Promise<(Identity & { port: number }) | undefined> {
  const lock = join(cluster, 'postmaster.pid')
  const [pid, , , port] = (await readFile(lock, 'utf8').catch(() => '')).split('\n').map(Number)
  const found = pid ? await identify(pid) : undefined
  if (!found) return undefined
  if (await worksIn(found.pid, cluster)) return { ...found, port: port ?? 0 }
  // PostgreSQL itself forgives a dead number, but not a living stranger's.
  for (const stale of [lock, `${socketOf(cluster, port ?? 0)}.lock`]) await rm(stale, { force: true })
  return undefined
}

/** Whether the process is a server of this cluster: by its working folder, else by its command line. */
async function worksIn(pid: number, cluster: string): Promise<boolean> {
  if (process.platform === 'linux') return (await readlink(`/proc/${pid}/cwd`).catch(() => '')) === cluster
  return (await commandOf(pid)).includes(`-D ${cluster} `)
}
