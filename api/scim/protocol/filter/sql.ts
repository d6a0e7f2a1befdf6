import type { Comparison, Condition } from './condition.js'
import type { Found } from '../schemas/resources.js'

/** How the value of a column is compared: as it is, folded to lower case already, a moment, or a boolean. */
export interface Column {
  /** An SQL expression. */
  readonly sql: string
  readonly kind: 'exact' | 'folded' | 'text' | 'moment' | 'boolean'
}

/** Where the values of a resource lie. */
export interface Layout {
  /** JSONB expression with everything that has no column, as the resource is spelled. */
  readonly json: string
  /** Columns by path, joined by dots, such as `userName` and `meta.created`. */
  readonly columns: Readonly<Record<string, Column>>
  /** Lists that lie in a table of their own, by path: the FROM and WHERE of their entries, and the columns of an entry. */
  readonly lists?: Readonly<
    Record<string, { readonly from: string; readonly columns: Readonly<Record<string, Column>> }>
  >
}

/** A condition as SQL; every value is a parameter. */
export interface SqlCondition {
  readonly text: string
  readonly values: readonly unknown[]
}

const quoted = (name: string): string => `'${name.replaceAll("'", "''")}'`

/** What `like` would need escaped is no pattern here: strings are looked for as they are. */
const STRING: Record<Comparison, (left: string, right: string) => string> = {
  eq: (left, right) => `${left} = ${right}`,
  ne: (left, right) => `${left} = ${right}`,
  co: (left, right) => `strpos(${left}, ${right}) > 0`,
  sw: (left, right) => `starts_with(${left}, ${right})`,
  ew: (left, right) => `right(${left}, length(${right})) = ${right}`,
  gt: (left, right) => `${left} COLLATE "C" > ${right}`,
  ge: (left, right) => `${left} COLLATE "C" >= ${right}`,
  lt: (left, right) => `${left} COLLATE "C" < ${right}`,
  le: (left, right) => `${left} COLLATE "C" <= ${right}`,
}
const SIGN: Partial<Record<Comparison, string>> = { eq: '=', ne: '=', gt: '>', ge: '>=', lt: '<', le: '<=' }

class Writer {
  readonly values: unknown[] = []
  private aliases = 0

  constructor(private readonly first: number) {}

  parameter(value: unknown, type: string): string {
    return `$${this.first + this.values.push(value) - 1}::${type}`
  }

  alias(): string {
    this.aliases += 1
    return `v${this.aliases}`
  }
}

type Compare = Extract<Condition, { kind: 'compare' }>

const ofColumn = ({ sql, kind }: Column, { op, value }: Compare, writer: Writer): string => {
  if (kind === 'boolean') return `${sql} = ${writer.parameter(value, 'boolean')}`
  if (kind === 'moment' && SIGN[op] !== undefined)
    return `date_trunc('milliseconds', ${sql}) ${SIGN[op]} ${writer.parameter(value, 'timestamptz')}`
  const text = String(value)
  if (kind === 'text') return STRING[op](`lower(${sql})`, `lower(${writer.parameter(text, 'text')})`)
  return STRING[op](sql, writer.parameter(kind === 'folded' ? text.toLowerCase() : text, 'text'))
}

const ofJson = (json: string, { attribute: { definition }, op, value }: Compare, writer: Writer): string => {
  const text = `(${json} #>> '{}')`
  const is = (type: string): string => `jsonb_typeof(${json}) = '${type}'`
  if (typeof value === 'boolean') return `${json} = to_jsonb(${writer.parameter(value, 'boolean')})`
  if (typeof value === 'number')
    return `CASE WHEN ${is('number')} THEN ${text}::numeric ${SIGN[op]} ${writer.parameter(value, 'numeric')} ELSE false END`
  if (definition.type === 'dateTime' && SIGN[op] !== undefined)
    return `CASE WHEN ${is('string')} THEN ${text}::timestamptz ${SIGN[op]} ${writer.parameter(value, 'timestamptz')} ELSE false END`
  const isExact = definition.caseExact || definition.type === 'binary'
  const said = writer.parameter(value, 'text')
  // Both sides by the same folding: that of the database knows other letters than ours.
  const right = isExact ? said : `lower(${said})`
  return `(${is('string')} AND ${STRING[op](isExact ? text : `lower(${text})`, right)})`
}

/** Rows of all values at a path within a JSONB expression: lists are spread on the way. */
const spread = (json: string, path: readonly string[], writer: Writer): { from: string; value: string } => {
  let [from, value] = ['(SELECT) AS one', json]
  for (const name of path) {
    const alias = writer.alias()
    const step = `${value} -> ${quoted(name)}`
    from += ` CROSS JOIN LATERAL jsonb_array_elements(CASE jsonb_typeof(${step}) WHEN 'array' THEN ${step} WHEN 'null' THEN '[]'::jsonb ELSE CASE WHEN ${step} IS NULL THEN '[]'::jsonb ELSE jsonb_build_array(${step}) END END) AS ${alias}(value)`
    value = `${alias}.value`
  }
  return { from, value }
}

const NOT_EMPTY = (value: string): string => `${value} NOT IN ('null'::jsonb, '""'::jsonb, '[]'::jsonb, '{}'::jsonb)`

const listAt = (attribute: Found, layout: Layout) => {
  const [head = '', ...rest] = attribute.path
  const list = layout.lists?.[head]
  return list && { list, rest: rest.join('.') }
}

const write = (condition: Condition, layout: Layout, writer: Writer): string => {
  switch (condition.kind) {
    case 'and':
    case 'or':
      return `(${condition.parts.map((part) => write(part, layout, writer)).join(` ${condition.kind.toUpperCase()} `)})`
    case 'not':
      return `NOT coalesce(${write(condition.part, layout, writer)}, false)`
    case 'some': {
      const { attribute, where } = condition
      const own = listAt(attribute, layout)
      if (own)
        return `EXISTS (SELECT FROM ${own.list.from} AND ${write(where, { json: `'{}'::jsonb`, columns: own.list.columns }, writer)})`
      const { from, value } = spread(layout.json, attribute.path, writer)
      return `EXISTS (SELECT FROM ${from} WHERE ${write(where, { json: value, columns: {} }, writer)})`
    }
    case 'present': {
      const { attribute } = condition
      const column = layout.columns[attribute.path.join('.')]
      if (column)
        return column.kind === 'boolean' || column.kind === 'moment'
          ? `${column.sql} IS NOT NULL`
          : `coalesce(${column.sql}, '') <> ''`
      const own = listAt(attribute, layout)
      if (own) return `EXISTS (SELECT FROM ${own.list.from})`
      const { from, value } = spread(layout.json, attribute.path, writer)
      return `EXISTS (SELECT FROM ${from} WHERE ${NOT_EMPTY(value)})`
    }
    case 'compare':
      return writeCompare(condition, layout, writer)
  }
}

const writeCompare = (condition: Compare, layout: Layout, writer: Writer): string => {
  const { attribute, op, value } = condition
  if (op === 'ne') return `NOT coalesce(${writeCompare({ ...condition, op: 'eq' }, layout, writer)}, false)`
  const column = layout.columns[attribute.path.join('.')]
  if (column) return value === null ? `${column.sql} IS NULL` : ofColumn(column, condition, writer)
  const own = listAt(attribute, layout)
  if (own) {
    const part = own.list.columns[own.rest]
    if (value === null) return `NOT EXISTS (SELECT FROM ${own.list.from})`
    return part ? `EXISTS (SELECT FROM ${own.list.from} AND ${ofColumn(part, condition, writer)})` : 'false'
  }
  const { from, value: json } = spread(layout.json, attribute.path, writer)
  if (value === null) return `NOT EXISTS (SELECT FROM ${from} WHERE ${json} <> 'null'::jsonb)`
  return `EXISTS (SELECT FROM ${from} WHERE ${ofJson(json, condition, writer)})`
}

/** A condition as SQL whose parameters begin at `$first`. */
export const sqlOf = (condition: Condition, layout: Layout, first: number): SqlCondition => {
  const writer = new Writer(first)
  return { text: write(condition, layout, writer), values: writer.values }
}

/** Of a list its primary entry, else the first. */
const oneOf = (json: string): string =>
  `CASE jsonb_typeof(${json}) WHEN 'array' THEN coalesce(jsonb_path_query_first(${json}, '$[*] ? (@.primary == true)'), ${json} -> 0) ELSE ${json} END`

/** What is complex is put in order by its `value`, as it is compared by it. */
const sortable = (found: Found): Found => {
  const value = found.definition.subAttributes?.find(({ name }) => name === 'value')
  return value ? { path: [...found.path, value.name], definition: value, parent: found.definition } : found
}

/** An expression to sort by; of a list its primary entry, else the first (RFC 7644, section 3.4.2.3). */
export const sortKeyOf = (asked: Found, layout: Layout): string => {
  const { path, definition, parent } = sortable(asked)
  const column = layout.columns[path.join('.')]
  if (column) return column.kind === 'text' ? `lower(${column.sql})` : column.sql
  const holders = [parent, definition].filter((each) => each !== undefined)
  let json = layout.json
  for (const [level, name] of path.entries()) {
    const step = `${json} -> ${quoted(name)}`
    const isList = holders[level - (path.length - holders.length)]?.multiValued === true
    json = isList ? `(${oneOf(step)})` : `(${step})`
  }
  const text = `(${json} #>> '{}')`
  if (definition.type === 'integer' || definition.type === 'decimal')
    return `CASE jsonb_typeof(${json}) WHEN 'number' THEN ${text}::numeric END`
  return definition.caseExact ? text : `lower(${text})`
}
