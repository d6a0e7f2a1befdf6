import type { Client } from 'pg'
import type { ArchivedTable, Manifest } from './archive/manifest.js'
import { connected } from './connected.js'
import * as load from './load.repository.js'
import { loadOrder } from './load-order.rules.js'
import { OperationRefused } from './operation-refused.js'
import * as snapshot from './snapshot.repository.js'

/** Rows that every migrated database has. */
const SEEDED = ['kill_epoch', 'ledger_head', 'pseudonym_salt']

/** Whether the leaves of the log gave the root of its head when they were hashed once more. */
export interface Loaded {
  readonly logIsWhole: boolean
}

/**
 * Fills a migrated database with the rows of an archive, in one transaction: all of them or none.
 * @param folder where the archive was unpacked to
 * Raises `OperationRefused` where the database holds rows already, is of another release than the archive, or where what
 * came in is not what the manifest says.
 */
export function loadDatabase(ownerUrl: string, folder: string, manifest: Manifest): Promise<Loaded> {
  return connected(ownerUrl, 'restore', async (client) => {
    await client.query('SET statement_timeout = 0')
    await requireRelease(client, manifest)
    const tables = await snapshot.keptTables(client)
    requireTables(tables, manifest.tables)
    await requireEmpty(client, tables)
    await client.query('BEGIN')
    await fill(client, folder, manifest)
    await client.query('COMMIT')
    return { logIsWhole: await load.logIsWhole(client) }
  })
}

async function requireEmpty(client: Client, tables: readonly snapshot.TableShape[]): Promise<void> {
  const unseeded = tables.map(({ name }) => name).filter((name) => !SEEDED.includes(name))
  if ((await load.rowsOf(client, unseeded)) > 0)
    throw new OperationRefused('the database holds data already; restore into an empty one')
}

async function fill(client: Client, folder: string, { tables, sequences, ledger }: Manifest): Promise<void> {
  const names = tables.map(({ name }) => name)
  await load.empty(client, names)
  await load.switchTriggers(client, names, 'DISABLE')
  for (const name of loadOrder(names, await snapshot.references(client))) {
    const table = tables.find((each) => each.name === name)!
    const rows = await load.loadTable(client, folder, table)
    if (rows !== table.rows)
      throw new OperationRefused(`${name} has ${rows} rows, not the ${table.rows} of the manifest`)
  }
  for (const sequence of sequences) await load.advanceSequence(client, sequence)
  await load.switchTriggers(client, names, 'ENABLE')
  const head = await snapshot.ledgerHead(client)
  if (head.size !== ledger.size || head.root !== ledger.root)
    throw new OperationRefused(`the ledger ends at ${head.size}/${head.root}, not where the manifest says`)
}

async function requireRelease(client: Client, { migrations }: Manifest): Promise<void> {
  const ours = await snapshot.appliedMigrations(client)
  const same = (of: Manifest['migrations']): string => JSON.stringify(of.map(({ name, checksum }) => [name, checksum]))
  if (same(ours) === same(migrations)) return
  throw new OperationRefused(
    `the backup is of a release whose last migration is ${migrations.at(-1)?.name}, this one's is ${ours.at(-1)?.name}: restore it with that release, then start this one on the folder`,
  )
}

function requireTables(ours: readonly snapshot.TableShape[], theirs: readonly ArchivedTable[]): void {
  const shape = (tables: readonly snapshot.TableShape[]): string =>
    JSON.stringify(tables.map(({ name, columns }) => [name, columns]).toSorted())
  if (shape(ours) !== shape(theirs)) throw new OperationRefused("the archive's tables are not those of its release")
}
