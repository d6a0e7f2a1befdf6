import { createReadStream } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import type { Client } from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { GrowingTree } from '#sdk/audit/growing-tree.js'
import { partPath, type ArchivedSequence, type ArchivedTable, type LedgerHead } from './archive/manifest.js'
import { copyTarget, ledgerHead } from './snapshot.repository.js'

const PAGE = 10_000

/** How many rows of tables there are that no fresh database has: 0 where nothing would be overwritten. */
export async function rowsOf(client: Client, tables: readonly string[]): Promise<number> {
  const counts = tables.map((table) => `(SELECT count(*) FROM ${client.escapeIdentifier(table)})`)
  const { rows } = await client.query<{ rows: string }>(`SELECT ${counts.join(' + ')} AS rows`)
  return Number(rows[0]!.rows)
}

/** Takes out what the migrations put in, so that the rows of the archive are the only ones. */
export async function empty(client: Client, tables: readonly string[]): Promise<void> {
  await client.query(`TRUNCATE ${tables.map((table) => client.escapeIdentifier(table)).join(', ')}`)
}

/**
 * Switches our own triggers of tables off or on; only their owner may. Foreign keys are held all the same. Inside a
 * transaction: one that fails leaves every trigger on.
 */
export async function switchTriggers(
  client: Client,
  tables: readonly string[],
  to: 'ENABLE' | 'DISABLE',
): Promise<void> {
  for (const table of tables) await client.query(`ALTER TABLE ${client.escapeIdentifier(table)} ${to} TRIGGER USER`)
}

/** Loads a table from its parts in the folder that the archive was unpacked to. Gives how many rows came. */
export async function loadTable(client: Client, folder: string, table: ArchivedTable): Promise<number> {
  const rows = client.query(copyFrom(`COPY ${copyTarget(client, table)} FROM STDIN`))
  await pipeline(Readable.from(partsOf(folder, table)), rows)
  return rows.rowCount
}

async function* partsOf(folder: string, { name, parts }: ArchivedTable): AsyncGenerator<Buffer> {
  for (let part = 1; part <= parts; part++) yield* createReadStream(join(folder, partPath(name, part)))
}

/** Lets a sequence go on after the last number that it gave out. */
export async function advanceSequence(client: Client, { name, last }: ArchivedSequence): Promise<void> {
  await client.query(`SELECT setval($1::regclass, $2::bigint)`, [client.escapeIdentifier(name), last])
}

/** Hashes the whole log once more. True where its leaves give the root that its head says. */
export async function logIsWhole(client: Client): Promise<boolean> {
  const head: LedgerHead = await ledgerHead(client)
  const tree = new GrowingTree()
  for (let from = 0; from < head.size; from += PAGE) {
    const { rows } = await client.query<{ leaf_hash: Buffer }>(
      'SELECT leaf_hash FROM ledger_entry WHERE leaf_index >= $1 AND leaf_index < $2 ORDER BY leaf_index',
      [from, Math.min(from + PAGE, head.size)],
    )
    for (const { leaf_hash } of rows) tree.append(leaf_hash)
  }
  return tree.size === head.size && Buffer.from(tree.root).toString('hex') === head.root
}
