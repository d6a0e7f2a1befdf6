import { join, resolve } from 'node:path'
import type { Client } from 'pg'
import { ArchiveWriter } from './archive/archive-writer.js'
import { FORMAT, partPath, type ArchivedTable, type Manifest } from './archive/manifest.js'
import { connected } from './connected.js'
import { keptFiles } from './kept-files.js'
import * as snapshot from './snapshot.repository.js'

/** Rows are cut into parts of this size, so that no table has to be held in memory or spooled to learn its length. */
const PART_BYTES = 4 * 1024 * 1024

/** Where the data lies that is to be backed up. */
export interface BackupSource {
  /** Absolute path. */
  readonly dataFolder: string
  /** Login of the tables' owner. */
  readonly ownerUrl: string
}

/** What was written. */
export interface BackupReport {
  readonly file: string
  readonly bytes: number
  readonly rows: number
  readonly files: number
  readonly ledger: Manifest['ledger']
  readonly created_at: string
}

/**
 * Writes database, blobs, keys, kept policies and the kill journal into one archive (0600), while the service runs: tables
 * as they were at one moment, files after it, since a row is written only once its blob is.
 * Raises `OperationRefused`, and the driver's or the disk's error; then no archive is left.
 */
export function backup(source: BackupSource, file: string): Promise<BackupReport> {
  const path = resolve(file)
  return connected(source.ownerUrl, 'backup', async (client) => {
    const archive = await ArchiveWriter.create(path)
    try {
      return { file: path, ...(await fill(archive, client, source.dataFolder)) }
    } catch (error) {
      await archive.abandon()
      throw error
    }
  })
}

async function fill(archive: ArchiveWriter, client: Client, dataFolder: string): Promise<Omit<BackupReport, 'file'>> {
  await snapshot.beginSnapshot(client)
  const database = await dumpDatabase(client, archive)
  await client.query('COMMIT')
  for (const kept of await keptFiles(dataFolder)) await archive.addFile(kept, join(dataFolder, kept))
  const created_at = new Date().toISOString()
  const files = [...archive.files]
  const bytes = await archive.finish({ format: FORMAT, created_at, ...database, files })
  const rows = database.tables.reduce((sum, table) => sum + table.rows, 0)
  return { bytes, rows, files: files.length, ledger: database.ledger, created_at }
}

async function dumpDatabase(
  client: Client,
  archive: ArchiveWriter,
): Promise<Pick<Manifest, 'migrations' | 'tables' | 'sequences' | 'ledger'>> {
  const migrations = await snapshot.appliedMigrations(client)
  const ledger = await snapshot.ledgerHead(client)
  const tables: ArchivedTable[] = []
  for (const table of await snapshot.keptTables(client)) tables.push(await dumpTable(client, archive, table))
  // Sequences know no transactions: read last, so that none is behind the rows.
  return { migrations, tables, sequences: await snapshot.sequences(client), ledger }
}

async function dumpTable(client: Client, archive: ArchiveWriter, table: snapshot.TableShape): Promise<ArchivedTable> {
  const rows = snapshot.tableRows(client, table)
  let parts = 0
  for await (const bytes of inParts(rows)) await archive.addBytes(partPath(table.name, ++parts), bytes)
  return { ...table, rows: rows.rowCount, parts }
}

/** Gathers chunks until there are enough for a part. */
async function* inParts(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let waiting: Buffer[] = []
  let size = 0
  for await (const chunk of chunks) {
    waiting.push(chunk)
    size += chunk.byteLength
    if (size < PART_BYTES) continue
    yield Buffer.concat(waiting)
    ;[waiting, size] = [[], 0]
  }
  if (size > 0) yield Buffer.concat(waiting)
}
