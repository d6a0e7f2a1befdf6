import type { Queryable } from '../platform/database/queryable.js'

/** Every extension id that a type could be named after: `a.b.c` for `a.b` and `a`. */
const namesBefore = (type: string): string[] => {
  const words = type.split('.')
  return words.slice(1).map((_, index) => words.slice(0, index + 1).join('.'))
}

/** Which of these events an approved version declares to emit, as far as the scope can see. */
export const emittedTypes = async (tx: Queryable, types: readonly string[]): Promise<string[]> => {
  const found = await tx.query<{ type: string }>(
    `SELECT DISTINCT emitted->>'type' AS type
     FROM extension_registry e JOIN extension_version v ON v.extension_id = e.id,
       jsonb_array_elements(v.manifest->'events'->'emits') AS emitted
     WHERE e.name = ANY($1) AND v.review_state = 'approved' AND emitted->>'type' = ANY($2)`,
    [types.flatMap(namesBefore), types],
  )
  return found.rows.map(({ type }) => type)
}
