/**
 * What validating takes at most: each value is held against `nodes` schemas, each string against `patterns`. Infinite where a
 * schema refers to itself, or to a place that is not a plain pointer.
 */
export interface SchemaCost {
  readonly nodes: number
  readonly patterns: number
}

const ENDLESS: SchemaCost = { nodes: Infinity, patterns: Infinity }
/** `uniqueItems` compares items with each other. */
const UNIQUE_COST = 50

const add = (one: SchemaCost, other: SchemaCost): SchemaCost => ({
  nodes: one.nodes + other.nodes,
  patterns: one.patterns + other.patterns,
})

type Visit = (schema: unknown) => SchemaCost

/** Where a reference inside the schema leads; undefined where nothing plain is there. */
const target = (root: unknown, reference: string): unknown => {
  if (reference === '#') return root
  if (!reference.startsWith('#/')) return undefined
  return reference
    .slice(2)
    .split('/')
    .map((part) => decodeURIComponent(part).replaceAll('~1', '/').replaceAll('~0', '~'))
    .reduce<unknown>(
      (at, part) =>
        typeof at === 'object' && at !== null && Object.hasOwn(at, part) ? at[part as keyof typeof at] : undefined,
      root,
    )
}

/** The cost of a schema with all that it refers to, counted as often as it is referred to. */
export const costOf = (root: unknown): SchemaCost => {
  const known = new Map<unknown, SchemaCost>()
  const underWay = new Set<unknown>()
  const visit: Visit = (schema) => {
    if (typeof schema !== 'object' || schema === null) return { nodes: 0, patterns: 0 }
    if (underWay.has(schema)) return ENDLESS
    const before = known.get(schema)
    if (before) return before
    underWay.add(schema)
    const cost = Object.entries(schema).reduce(
      (sum, [key, value]) => add(sum, costOfMember(key, value, { root, visit })),
      { nodes: 1, patterns: 0 },
    )
    underWay.delete(schema)
    known.set(schema, cost)
    return cost
  }
  return visit(root)
}

const costOfMember = (key: string, value: unknown, { root, visit }: { root: unknown; visit: Visit }): SchemaCost => {
  if (key === '$dynamicRef' || key === '$recursiveRef') return ENDLESS
  if (key === '$ref' && typeof value === 'string') {
    const place = target(root, value)
    return place === undefined ? ENDLESS : visit(place)
  }
  // What it defines costs where it is referred to.
  if (key === '$defs' || key === 'definitions' || key === 'enum' || key === 'const' || key === 'default')
    return { nodes: 0, patterns: 0 }
  if (key === 'uniqueItems') return { nodes: UNIQUE_COST, patterns: 0 }
  if (key === 'pattern') return { nodes: 0, patterns: 1 }
  if (key === 'patternProperties') return add(visit(value), { nodes: 0, patterns: Object.keys(value as object).length })
  return visit(value)
}
