import { cp, mkdir, mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { packageRoot } from '#runtime/package-root.js'
import { migrate } from '../platform/database/migrations.js'
import { testDatabase, type TestDatabase } from './test-database.js'
import { testServer } from './test-server.js'

/** What is deployed somewhere: rows that were written since must survive every later migration. */
const DEPLOYED = 15

/** A database as the release before left it. */
export interface ReleaseBefore extends TestDatabase {
  /** Brings it to this release. */
  upgrade(): Promise<void>
}

/** Makes a database with the migrations of the release before and no later one. `drop()` it after. */
export async function releaseBefore(): Promise<ReleaseBefore> {
  const held = await testDatabase('template0')
  const apiRole = new URL((await testServer()).url).username
  const release = join(packageRoot(), 'prisma')
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-migrations-'))
  try {
    await mkdir(join(folder, 'repeatable'))
    const all = await readdir(join(release, 'migrations'))
    for (const each of all.filter((one) => Number(one.slice(0, 14)) <= DEPLOYED))
      await cp(join(release, 'migrations', each), join(folder, 'migrations', each), { recursive: true })
    await migrate(held.ownerUrl, folder, apiRole)
  } finally {
    await rm(folder, { recursive: true })
  }
  return { ...held, upgrade: async () => void (await migrate(held.ownerUrl, release, apiRole)) }
}
