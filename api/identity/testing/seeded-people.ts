import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { testDatabase, type TestDatabase } from '../../testing/test-database.js'
import { shippedGate, type ShippedGate } from '../../gate/testing/shipped-gate.js'
import type { Caller } from '../../platform/http/caller.js'
import { Bootstrap } from '../bootstrap.service.js'
import { Callers } from '../caller-resolver.service.js'
import { CallerRepository } from '../caller.repository.js'
import { Pseudonyms } from '../pseudonyms.service.js'

/** A platform with the demo's people on real PostgreSQL, decided by the policy that ships. */
export interface SeededPeople {
  readonly postgres: TestDatabase
  readonly shipped: ShippedGate
  readonly pseudonyms: Pseudonyms
  readonly callers: Callers
  readonly bootstrap: Bootstrap
  readonly folder: string
  /** The caller that a seeded key such as `acme_admin` resolves to. */
  as(label: string): Promise<Caller>
  drop(): Promise<void>
}

/** The demo's people on a fresh database. */
export const seededPeople = async (profile: 'embedded' | 'external' = 'embedded'): Promise<SeededPeople> => {
  const postgres = await testDatabase()
  const { database } = postgres
  const shipped = await shippedGate(database)
  const folder = await mkdtemp(join(tmpdir(), 'gatehouse-people-'))
  const pseudonyms = new Pseudonyms()
  const callers = new Callers(new CallerRepository(database))
  const bootstrap = new Bootstrap({ database, gate: shipped.gate, pseudonyms, profile, dataFolder: folder })
  await bootstrap.onApplicationBootstrap()
  const as = async (label: string): Promise<Caller> => {
    const keys = JSON.parse(await readFile(bootstrap.demoKeysFile, 'utf8')) as Record<string, string>
    return callers.resolve(`Bearer ${keys[label]}`, 'test')
  }
  const drop = async (): Promise<void> => {
    await postgres.drop()
    await rm(folder, { recursive: true, force: true })
  }
  return { postgres, shipped, pseudonyms, callers, bootstrap, folder, as, drop }
}
