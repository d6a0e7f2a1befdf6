import { join } from 'node:path'
import { access, constants, mkdir } from 'node:fs/promises'
import { packageRoot } from '#runtime/package-root.js'
import { BlobStore } from './platform/blobs/blob-store.js'
import type { Config } from './platform/config/config.js'
import { Database } from './platform/database/database.service.js'
import { migrate, missingMigrations } from './platform/database/migrations.js'
import { EmbeddedPostgres } from './platform/embedded/embedded-postgres.js'
import { KeyFiles } from './platform/keys/key-files.js'
import type { PlatformParts } from './platform/platform.module.js'

/** An upload that nothing was written to for so long is nobody's any more. */
const STALE_UPLOAD_MS = 3_600_000

type Notice = (line: string) => void

/** What stands before the application and outlives it. */
export interface Ground extends PlatformParts {
  /** Stops what was started here: the embedded database. */
  readonly leave: () => Promise<void>
}

const loginOf = (url: string): string => decodeURIComponent(new URL(url).username)

/** Stops the start on a schema that is not this release's, where this node may not change it. */
const requireCurrentSchema = async (url: string, folder: string): Promise<void> => {
  const missing = await missingMigrations(url, folder)
  if (missing.length > 0)
    throw new Error(
      `the database lacks ${missing.join(', ')}: set MIGRATION_DATABASE_URL, or migrate with another node`,
    )
}

/** Where the database is, once it answers and has this release's schema. */
const openDatabase = async (config: Config, notice: Notice): Promise<{ url: string; leave: () => Promise<void> }> => {
  const folder = join(packageRoot(), 'prisma')
  if (config.DATABASE_URL) {
    if (config.MIGRATION_DATABASE_URL)
      await migrate(config.MIGRATION_DATABASE_URL, folder, loginOf(config.DATABASE_URL))
    else await requireCurrentSchema(config.DATABASE_URL, folder)
    return { url: config.DATABASE_URL, leave: async () => {} }
  }
  const server = await EmbeddedPostgres.start({ dataFolder: config.dataFolder, notice })
  const { applied } = await migrate(server.ownerUrl, folder, loginOf(server.url))
  if (applied.length > 0) notice(`schema brought up to date: ${applied.join(', ')}`)
  return { url: server.url, leave: () => server.stop() }
}

const openDataFolder = async (folder: string): Promise<void> => {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 })
    await access(folder, constants.R_OK | constants.W_OK | constants.X_OK)
  } catch (error) {
    throw new Error(
      `the data folder cannot be used (${(error as Error).message}): set GATEHOUSE_DATA to a folder that this user may write`,
      { cause: error },
    )
  }
}

const openBlobs = async ({ dataFolder }: Config, notice: Notice): Promise<BlobStore> => {
  const blobs = new BlobStore(join(dataFolder, 'blobs'))
  const swept = await blobs.sweepStaging(STALE_UPLOAD_MS)
  if (swept > 0) notice(`removed ${swept} unfinished uploads that were left behind`)
  return blobs
}

/** Brings up what every module stands on: data folder, keys, blobs and a database that answers. */
export const layGround = async (config: Config, notice: Notice): Promise<Ground> => {
  await openDataFolder(config.dataFolder)
  const { url, leave } = await openDatabase(config, notice)
  const database = new Database(url, (error) => notice(`a database connection broke: ${error.message}`))
  const keys = await KeyFiles.open(config.dataFolder)
  return { config, database, keys, blobs: await openBlobs(config, notice), leave }
}
