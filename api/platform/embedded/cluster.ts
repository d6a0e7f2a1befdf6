import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { chmod, chown, mkdir, open, rm, writeFile } from 'node:fs/promises'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import type { Binaries } from './binaries.js'
import { isReachableByOthers } from './reachable.js'
import { writeAccessRules } from './server-files.js'

/** PostgreSQL refuses root; as root it gets an account that owns nothing else here. */
const NOBODY = 65534

/** The superuser's password on its way to initdb; it exists for that moment only. */
const PASSWORD_FILE = '.initdb-password'

/** A database cluster on disk and how to start programs on it. */
export interface Cluster {
  folder: string
  logFile: string
  binaries: Binaries
  /** The cluster as its own account names it. */
  ownPath: string
  account: { uid: number; gid: number } | undefined
}

/** Whether the server needs another account than the one that runs us. */
export const needsOwnAccount = (): boolean => process.getuid?.() === 0

/** Prepares `postgres/` in the data folder; makes nothing anew that is there. */
export async function openCluster(dataFolder: string, binaries: Binaries): Promise<Cluster> {
  const folder = join(dataFolder, 'postgres')
  const account = needsOwnAccount() ? { uid: NOBODY, gid: NOBODY } : undefined
  await mkdir(folder, { recursive: true, mode: 0o700 })
  if (account) {
    // Others may pass through the data folder to their own part of it, and see nothing on the way.
    await chmod(dataFolder, 0o711)
    await chown(folder, account.uid, account.gid)
  }
  // Below a closed folder (a clone in /root) the account enters by its working folder, which it inherits open.
  const closed = account !== undefined && !(await isReachableByOthers(dataFolder))
  const ownPath = closed ? '/proc/self/cwd' : folder
  return { folder, binaries, ownPath, account, logFile: join(dataFolder, 'postgres.log') }
}

/** Environment of the server programs: nothing of ours. */
const environment = { LC_ALL: 'C', TZ: 'UTC', PATH: '/usr/bin:/bin' }

/** Makes the cluster where it is missing, and says in it who may log in. */
export async function initialise(cluster: Cluster, password: string): Promise<void> {
  const done = join(cluster.folder, 'gatehouse.initialised')
  if (!existsSync(done)) await makeAnew(cluster, password)
  await writeAccessRules(cluster.folder)
  await writeFile(done, '')
}

/** An interrupted attempt is thrown away. */
async function makeAnew(cluster: Cluster, password: string): Promise<void> {
  await rm(cluster.folder, { recursive: true, force: true })
  await mkdir(cluster.folder, { mode: 0o700 })
  const passwordFile = join(cluster.folder, '..', PASSWORD_FILE)
  await writeFile(passwordFile, password, { mode: 0o600 })
  if (cluster.account)
    for (const path of [cluster.folder, passwordFile]) await chown(path, cluster.account.uid, cluster.account.gid)
  try {
    await runInitdb(cluster)
  } finally {
    await rm(passwordFile, { force: true })
  }
}

async function runInitdb(cluster: Cluster): Promise<void> {
  const child = spawn(
    cluster.binaries.initdb,
    [
      ...['-D', cluster.ownPath, `--pwfile=../${PASSWORD_FILE}`, '--username=postgres', '--auth=scram-sha-256'],
      ...[
        '--encoding=UTF8',
        '--locale-provider=builtin',
        '--builtin-locale=C.UTF-8',
        '--locale=C',
        '--no-instructions',
      ],
    ],
    { cwd: cluster.folder, env: environment, stdio: ['ignore', 'pipe', 'pipe'], ...cluster.account },
  )
  let output = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk))
  const [code] = (await once(child, 'close')) as [number | null]
  if (code !== 0) throw new Error(`PostgreSQL could not make its data folder ${cluster.folder}:\n${output.trim()}`)
}

/**
 * Starts the server in its own process group: a Ctrl-C at the terminal reaches the service alone, which then stops it in order.
 * @param settings further server settings, name to value
 */
export async function spawnServer(
  cluster: Cluster,
  port: number,
  settings: Readonly<Record<string, string>>,
): Promise<ChildProcess> {
  const log = await open(cluster.logFile, 'a', 0o600)
  // The socket lies in the cluster itself, which nobody else may enter; Node has no such sockets on Windows.
  const sockets = process.platform === 'win32' ? '' : '.'
  const all = { listen_addresses: '127.0.0.1', port: String(port), unix_socket_directories: sockets, ...settings }
  const options = Object.entries(all).flatMap(([name, value]) => ['-c', `${name}=${value}`])
  try {
    const child = spawn(cluster.binaries.postgres, ['-D', cluster.ownPath, ...options], {
      cwd: cluster.folder,
      env: environment,
      stdio: ['ignore', log.fd, log.fd],
      detached: true,
      ...cluster.account,
    })
    child.on('error', () => {}) // reported by the exit that follows, with the log
    return child
  } finally {
    await log.close()
  }
}
