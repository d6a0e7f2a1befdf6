import { createHash, randomUUID } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { Client } from 'pg'

/** The lock that Prisma's own tools take, so that they and we never migrate at once. */
const PRISMA_LOCK = 72707369

/** Prisma's own table, so that `prisma migrate deploy` can take over where its engine is to be had. */
const PRISMA_TABLE = `CREATE TABLE IF NOT EXISTS _prisma_migrations (
  id varchar(36) PRIMARY KEY NOT NULL, checksum varchar(64) NOT NULL, finished_at timestamptz,
  migration_name varchar(255) NOT NULL, logs text, rolled_back_at timestamptz,
  started_at timestamptz NOT NULL DEFAULT now(), applied_steps_count integer NOT NULL DEFAULT 0)`

const ROLES = 'gatehouse_reader, gatehouse_records, gatehouse_governed, gatehouse_extension_data'

interface Migration {
  name: string
  sql: string
  checksum: string
}

/** What a run of the migrations did. */
export interface MigrationReport {
  applied: string[]
}

/** A database whose migrations are not those of this release; the message says what to do. */
export class MigrationFault extends Error {}

/**
 * Brings the database to this release: each new `migrations/<name>/migration.sql` in a transaction of its own, then everything
 * in `repeatable/` in one. Safe to run from several nodes at once.
 * @param ownerUrl the login that owns the tables
 * @param folder `prisma/` of this release
 * @param apiRole the login that may enter the four roles
 * @throws MigrationFault where an applied migration was edited, or the database is of a later release
 */
export async function migrate(ownerUrl: string, folder: string, apiRole: string): Promise<MigrationReport> {
  const client = new Client({ connectionString: ownerUrl, application_name: 'gatehouse_migrations' })
  await client.connect()
  try {
    await client.query('SELECT pg_advisory_lock($1)', [PRISMA_LOCK])
    await client.query(PRISMA_TABLE)
    const outstanding = await outstandingMigrations(client, await readMigrations(folder))
    for (const migration of outstanding) await apply(client, migration)
    await repeat(client, folder, apiRole)
    return { applied: outstanding.map(({ name }) => name) }
  } finally {
    await client.end()
  }
}

/**
 * Names of this release's migrations that the database lacks; for a node that may not migrate.
 * @param url the login that may enter the reader's role
 * @throws MigrationFault as `migrate` does
 */
export async function missingMigrations(url: string, folder: string): Promise<string[]> {
  const all = await readMigrations(folder)
  const client = new Client({ connectionString: url, application_name: 'gatehouse_migrations' })
  await client.connect()
  try {
    // An empty database has neither the role nor the table.
    const { rowCount } = await client.query(`SELECT FROM pg_tables WHERE tablename = '_prisma_migrations'`)
    if (rowCount === 0) return all.map(({ name }) => name)
    await client.query('SET ROLE gatehouse_reader')
    return (await outstandingMigrations(client, all)).map(({ name }) => name)
  } finally {
    await client.end()
  }
}

async function readMigrations(folder: string): Promise<Migration[]> {
  const path = join(folder, 'migrations')
  const names = (await readdir(path, { withFileTypes: true })).filter((entry) => entry.isDirectory())
  return Promise.all(
    names
      .map(({ name }) => name)
      .toSorted()
      .map(async (name) => {
        const sql = await readFile(join(path, name, 'migration.sql'), 'utf8')
        return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') }
      }),
  )
}

async function outstandingMigrations(client: Client, all: Migration[]): Promise<Migration[]> {
  const { rows } = await client.query<{ migration_name: string; checksum: string }>(
    'SELECT migration_name, checksum FROM _prisma_migrations WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL',
  )
  const applied = new Map(rows.map((row) => [row.migration_name, row.checksum]))
  for (const [name, checksum] of applied) {
    const ours = all.find((migration) => migration.name === name)
    if (!ours) throw new MigrationFault(`the database has migration ${name} of a later release; start that release`)
    if (ours.checksum !== checksum)
      throw new MigrationFault(
        `migration ${name} was changed after it was applied; restore its file, or start on an empty database`,
      )
  }
  return all.filter(({ name }) => !applied.has(name))
}

async function apply(client: Client, { name, sql, checksum }: Migration): Promise<void> {
  await client.query('BEGIN')
  try {
    // Without values this is PostgreSQL's simple protocol: many statements, and bodies in $$ stay whole.
    await client.query(sql)
    await client.query(
      `INSERT INTO _prisma_migrations (id, checksum, migration_name, finished_at, applied_steps_count) VALUES ($1, $2, $3, now(), 1)`,
      [randomUUID(), checksum, name],
    )
    await client.query('COMMIT')
  } catch (cause) {
    await client.query('ROLLBACK')
    throw new MigrationFault(`migration ${name} failed: ${(cause as Error).message}`, { cause })
  }
}

async function repeat(client: Client, folder: string, apiRole: string): Promise<void> {
  const path = join(folder, 'repeatable')
  const files = (await readdir(path)).filter((name) => name.endsWith('.sql')).toSorted()
  await client.query('BEGIN')
  for (const name of files) await client.query(await readFile(join(path, name), 'utf8'))
  await client.query('GRANT SELECT ON _prisma_migrations TO gatehouse_reader')
  // Entering a role must be asked for: nothing is inherited, so a bare connection may do nothing.
  await client.query(`GRANT ${ROLES} TO ${client.escapeIdentifier(apiRole)} WITH INHERIT FALSE, SET TRUE, ADMIN FALSE`)
  await client.query('COMMIT')
}
