import type { Client } from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { ArchivedSequence, LedgerHead, Migration } from './archive/manifest.js'
import type { Reference } from './load-order.rules.js'

/** Made anew by the migrations of the release, or true only of nodes that ran then. */
const NOT_KEPT = ['_prisma_migrations', 'action_write', 'node_lease', 'policy_instance']

/** A table with the columns that it stores, in their order. */
export interface TableShape {
  readonly name: string
  readonly columns: string[]
}

/** `table (column, …)` with every name quoted, for COPY. */
export const copyTarget = (client: Client, table: TableShape): string =>
  `${client.escapeIdentifier(table.name)} (${columnsOf(client, table)})`

const columnsOf = (client: Client, { columns }: TableShape): string =>
  columns.map((column) => client.escapeIdentifier(column)).join(', ')

/** Tables that a backup holds; one in partitions as a whole. */
export async function keptTables(client: Client): Promise<TableShape[]> {
  const { rows } = await client.query<TableShape>(
    `SELECT c.relname::text AS name, array_agg(a.attname::text ORDER BY a.attnum) AS columns
     FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND NOT c.relispartition AND c.relname <> ALL($1)
     GROUP BY c.relname ORDER BY c.relname`,
    [NOT_KEPT],
  )
  return rows
}

/** Foreign keys between tables. */
export async function references(client: Client): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `SELECT f.relname::text AS "from", t.relname::text AS "to" FROM pg_constraint k
     JOIN pg_class f ON f.oid = k.conrelid JOIN pg_class t ON t.oid = k.confrelid
     WHERE k.contype = 'f' AND k.connamespace = 'public'::regnamespace`,
  )
  return rows
}

/** Migrations that the database has, in their order. */
export async function appliedMigrations(client: Client): Promise<Migration[]> {
  const { rows } = await client.query<Migration>(
    `SELECT migration_name AS name, checksum FROM _prisma_migrations
     WHERE finished_at IS NOT NULL AND rolled_back_at IS NULL ORDER BY migration_name`,
  )
  return rows
}

/** Sequences that have given out a number, with the last one. */
export async function sequences(client: Client): Promise<ArchivedSequence[]> {
  const { rows } = await client.query<ArchivedSequence>(
    `SELECT sequencename::text AS name, last_value::text AS last FROM pg_sequences
     WHERE schemaname = 'public' AND last_value IS NOT NULL ORDER BY sequencename`,
  )
  return rows
}

/** The ledger's head. */
export async function ledgerHead(client: Client): Promise<LedgerHead> {
  const { rows } = await client.query<{ size: string; root: string }>(
    `SELECT size, encode(root, 'hex') AS root FROM ledger_head WHERE id = 1`,
  )
  const { size, root } = rows[0]!
  return { size: Number(size), root }
}

/** Begins a transaction that sees one moment until it ends, however long that takes. */
export async function beginSnapshot(client: Client): Promise<void> {
  await client.query('SET statement_timeout = 0')
  await client.query('BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY')
}

/** The rows of a table in PostgreSQL's own text form; `rowCount` is there once the stream has ended. */
export const tableRows = (client: Client, table: TableShape) =>
  // As a query, since PostgreSQL copies no table in partitions by its name.
  client.query(
    copyTo(`COPY (SELECT ${columnsOf(client, table)} FROM ${client.escapeIdentifier(table.name)}) TO STDOUT`),
  )
