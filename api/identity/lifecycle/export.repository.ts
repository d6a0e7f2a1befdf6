import type { Queryable } from '../../platform/database/queryable.js'
import type { Exported } from './export.sections.js'

/** A row of an archive, and the values of its key as text. */
export interface ExportedRow {
  readonly row: Record<string, unknown>
  readonly key: readonly string[]
}

/** Rows of a section after a key, in the order of their keys, of one organisation whatever else the scope sees. */
export const readSection = async (
  tx: Queryable,
  { table, columns, key }: Exported,
  { tenantId, after, limit }: { tenantId: string; after: readonly string[] | null; limit: number },
): Promise<ExportedRow[]> => {
  const names = key.map(([column]) => column)
  const own = table === 'tenant' ? 'id' : 'tenant_id'
  const given = key.map(([, type], index) => `$${index + 3}::${type}`)
  const text = `SELECT to_jsonb(part) AS row, ARRAY[${names.map((name) => `part.${name}::text`).join(', ')}] AS key FROM (
      SELECT ${names.filter((name) => name !== 'tenant_id').join(', ')}${names[0] === 'tenant_id' ? own : ''}, ${columns} FROM ${table}
      WHERE ${own} = $1 ${after ? `AND (${names.join(', ')}) > (${given.join(', ')})` : ''}
      ORDER BY ${names.join(', ')} LIMIT $2) part`
  return (await tx.query<ExportedRow>(text, [tenantId, limit, ...(after ?? [])])).rows
}
