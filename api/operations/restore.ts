import { mkdir, mkdtemp, readdir, rename, rm } from 'node:fs/promises'
import { basename, dirname, join, resolve } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { migrate } from '../platform/database/migrations.js'
import { EmbeddedPostgres } from '../platform/embedded/embedded-postgres.js'
import { DATABASE_FOLDER, type Manifest } from './archive/manifest.js'
import { unpack } from './archive/unpack.js'
import { loadDatabase, type Loaded } from './load-database.js'
import { OperationRefused } from './operation-refused.js'

/** Where a backup is restored to. */
export interface RestoreTarget {
  /** An empty or absent folder, which becomes the data folder. */
  readonly into: string
  /** An empty database of somebody else's server; absent: one of our own comes up in the folder. */
  readonly external?: { readonly ownerUrl: string; readonly apiRole: string }
}

/** What was restored. */
export interface RestoreReport {
  readonly into: string
  readonly rows: number
  readonly files: number
  /** `whole`: the leaves of the log, hashed once more, give the root of its head. */
  readonly ledger: Manifest['ledger'] & { readonly whole: boolean }
  readonly created_at: string
}

/**
 * Builds a data folder, and the database that belongs to it, from an archive. The folder appears under its name only once
 * everything in it was found right; until then it is built beside it, and removed where something is amiss.
 * Raises `OperationRefused` for an archive that isn't whole or a target that isn't empty.
 */
export async function restore(archive: string, { into, external }: RestoreTarget): Promise<RestoreReport> {
  const target = resolve(into)
  await requireEmpty(target)
  await mkdir(dirname(target), { recursive: true })
  const draft = await mkdtemp(join(dirname(target), `.${basename(target)}.restoring-`))
  try {
    const manifest = await unpack(resolve(archive), draft)
    const loaded = external ? await loadInto(external, draft, manifest) : await loadIntoOwnServer(draft, manifest)
    await rm(join(draft, DATABASE_FOLDER), { recursive: true, force: true })
    await rename(draft, target)
    return reportOf(target, manifest, loaded)
  } catch (error) {
    await rm(draft, { recursive: true, force: true })
    throw error
  }
}

async function requireEmpty(target: string): Promise<void> {
  const found = await readdir(target).catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return []
    if (error.code === 'ENOTDIR') throw new OperationRefused(`${target} is a file; name an empty or absent folder`)
    throw error
  })
  if (found.length > 0) throw new OperationRefused(`${target} is not empty; name an empty or absent folder`)
}

async function loadInto(
  { ownerUrl, apiRole }: NonNullable<RestoreTarget['external']>,
  folder: string,
  manifest: Manifest,
): Promise<Loaded> {
  await migrate(ownerUrl, join(packageRoot(), 'prisma'), apiRole)
  return loadDatabase(ownerUrl, folder, manifest)
}

/** The server stops in order before the folder gets its name: stopped, it may be moved. */
async function loadIntoOwnServer(folder: string, manifest: Manifest): Promise<Loaded> {
  const server = await EmbeddedPostgres.start({ dataFolder: folder })
  try {
    const apiRole = decodeURIComponent(new URL(server.url).username)
    return await loadInto({ ownerUrl: server.ownerUrl, apiRole }, folder, manifest)
  } finally {
    await server.stop()
  }
}

const reportOf = (into: string, manifest: Manifest, { logIsWhole }: Loaded): RestoreReport => ({
  into,
  rows: manifest.tables.reduce((sum, { rows }) => sum + rows, 0),
  files: manifest.files.length,
  ledger: { ...manifest.ledger, whole: logIsWhole },
  created_at: manifest.created_at,
})
