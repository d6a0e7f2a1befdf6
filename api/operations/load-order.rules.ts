/** A foreign key: rows of `from` name rows of `to`. */
export interface Reference {
  readonly from: string
  readonly to: string
}

/**
 * Tables so ordered that each comes after those it refers to, and otherwise as given; a table may refer to itself.
 * Throws where tables refer to each other in a circle: no order would load them.
 */
export function loadOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const ordered: string[] = []
  const open = new Set<string>()
  const visit = (table: string): void => {
    if (ordered.includes(table) || !tables.includes(table)) return
    if (open.has(table)) throw new Error(`the tables ${[...open].join(', ')} refer to each other in a circle`)
    open.add(table)
    for (const { from, to } of references) if (from === table && to !== table) visit(to)
    open.delete(table)
    ordered.push(table)
  }
  for (const table of tables) visit(table)
  return ordered
}
