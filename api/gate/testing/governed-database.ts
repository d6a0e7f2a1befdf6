import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { Database } from '../../platform/database/database.service.js'
import { migrate } from '../../platform/database/migrations.js'
import { EmbeddedPostgres } from '../../platform/embedded/embedded-postgres.js'

export interface GovernedTestDatabase {
  readonly database: Database
  readonly ownerUrl: string
  drop(): Promise<void>
}

export const governedTestDatabase = async (): Promise<GovernedTestDatabase> => {
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-gate-'))
  const server = await EmbeddedPostgres.start({ dataFolder: folder, settings: { fsync: 'off' } })
  await migrate(server.ownerUrl, join(packageRoot(), 'prisma'), 'gatehouse_api')
  const database = new Database(server.url)
  return {
    database,
    ownerUrl: server.ownerUrl,
    drop: async () => {
      await database.close()
      await server.stop()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
