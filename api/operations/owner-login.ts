import { realpath, stat } from 'node:fs/promises'
import { join } from 'node:path'
import type { Config } from '../platform/config/config.js'
import { EmbeddedPostgres } from '../platform/embedded/embedded-postgres.js'
import { localUrl } from '../platform/embedded/provision.js'
import { readCredentials, runningPostmaster, whereaboutsOf } from '../platform/embedded/server-files.js'
import { OperationRefused } from './operation-refused.js'

/** The two logins of the database: one owns the tables, the other is the service's and owns nothing. */
export interface Logins {
  /** Null where it was not configured (external profile without MIGRATION_DATABASE_URL). */
  readonly ownerUrl: string | null
  readonly url: string
}

/** Whether an embedded database was ever made in the data folder. */
export const hasCluster = (dataFolder: string): Promise<boolean> =>
  stat(join(dataFolder, 'postgres', 'gatehouse.initialised')).then(
    () => true,
    () => false,
  )

/**
 * Works with the database of a configuration. The server of a running service is used as it runs, and left alone; where the
 * service stands still, its server comes up for the while.
 * Raises `OperationRefused` where the data folder has no database.
 */
export async function withLogins<T>(config: Config, work: (logins: Logins) => Promise<T>): Promise<T> {
  const { DATABASE_URL: url, MIGRATION_DATABASE_URL: ownerUrl, dataFolder } = config
  if (url) return work({ url, ownerUrl: ownerUrl ?? null })
  if (!(await hasCluster(dataFolder)))
    throw new OperationRefused(`${dataFolder} holds no database; name the data folder by GATEHOUSE_DATA or --data`)
  const folder = await realpath(dataFolder)
  const running = await runningPostmaster(join(folder, 'postgres'))
  if (!running) return withOwnServer(folder, work)
  const credentials = await readCredentials(folder)
  const server = { ...credentials, ...whereaboutsOf(join(folder, 'postgres'), running.port) }
  return work({ url: localUrl(server, credentials.api), ownerUrl: localUrl(server, credentials.owner) })
}

async function withOwnServer<T>(dataFolder: string, work: (logins: Logins) => Promise<T>): Promise<T> {
  const server = await EmbeddedPostgres.start({ dataFolder })
  try {
    return await work({ url: server.url, ownerUrl: server.ownerUrl })
  } finally {
    await server.stop()
  }
}

/** The owner's login. Raises `OperationRefused` where there is none. */
export function requireOwner({ ownerUrl }: Logins): string {
  if (ownerUrl !== null) return ownerUrl
  throw new OperationRefused("MIGRATION_DATABASE_URL is not set: a backup needs the login of the schema's owner")
}
