import type { Client } from 'pg'

/** A row of any table, as text; bytes are there as text as well. */
export interface AnyRow {
  readonly table: string
  readonly text: string
}

const HEX = /\\\\x([0-9a-f]*)/g
const spelt = (row: string): string =>
  row + row.replaceAll(HEX, (_, hex: string) => Buffer.from(hex, 'hex').toString('utf8'))

/** Every row of every table, as the owner of the tables reads them. */
export const everyRow = async (owner: Client): Promise<AnyRow[]> => {
  const { rows: tables } = await owner.query<{ name: string }>(
    `SELECT c.relname AS name FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     WHERE n.nspname = 'public' AND c.relkind IN ('r', 'p') AND NOT c.relispartition ORDER BY 1`,
  )
  const found: AnyRow[] = []
  for (const { name } of tables) {
    const { rows } = await owner.query<{ text: string }>(
      `SELECT row_to_json(t)::text AS text FROM ${owner.escapeIdentifier(name)} t`,
    )
    found.push(...rows.map(({ text }) => ({ table: name, text: spelt(text) })))
  }
  return found
}

/** In which tables one of these words stands, in whatever case. */
export const tablesWith = (rows: readonly AnyRow[], words: readonly string[]): string[] => [
  ...new Set(
    rows
      .filter(({ text }) => words.some((word) => text.toLowerCase().includes(word.toLowerCase())))
      .map(({ table }) => table),
  ),
]
