import type { JsonSchema } from './json-schema.js'
import { table } from './reference.js'

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listed = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** A schema in a few words. */
function shape(schema: JsonSchema): string {
  const branches = [...listed(schema['anyOf']), ...listed(schema['oneOf'])]
  if (branches.length > 0) return [...new Set(branches.map(shape))].join(' or ')
  if (schema['const'] !== undefined) return JSON.stringify(schema['const']).replaceAll('"', '')
  if (Array.isArray(schema['enum']))
    return schema['enum'].length > 8 ? 'one of a list' : schema['enum'].map(String).join(', ')
  if (typeof schema['$ref'] === 'string') return 'JSON'
  if (schema['type'] === 'array') return 'list'
  return typeof schema['type'] === 'string' ? schema['type'] : 'JSON'
}

const bounds = (schema: JsonSchema): string =>
  [
    ['minimum', '≥ '],
    ['maximum', '≤ '],
    ['maxLength', 'characters ≤ '],
    ['maxItems', 'items ≤ '],
  ]
    .filter(
      ([keyword]) =>
        typeof schema[keyword ?? ''] === 'number' && Math.abs(Number(schema[keyword ?? ''])) < Number.MAX_SAFE_INTEGER,
    )
    .map(([keyword, words]) => `${words}${String(schema[keyword ?? ''])}`)
    .join(', ')

/** A field in words. */
export type FieldRow = readonly [field: string, shape: string, required: string, notes: string]

function rows(schema: JsonSchema, prefix: string): FieldRow[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([name, inner]) =>
    field(inner, `${prefix}${name}`, required.includes(name)),
  )
}

/** One row where several branches of a union have the same field: shapes joined, required only where it is in all. */
function merged(all: readonly FieldRow[], branches: number): FieldRow[] {
  const byName = Map.groupBy(all, ([name]) => name)
  return [...byName.values()].map((same) => {
    const [name, , , notes] = same[0] as FieldRow
    const shapes = [...new Set(same.map(([, words]) => words))].join(', ')
    return [name, shapes, same.length === branches && same.every(([, , required]) => required) ? 'yes' : '', notes]
  })
}

function inside(schema: JsonSchema, name: string): FieldRow[] {
  if (isSchema(schema['items'])) return rows(schema['items'], `${name}[].`)
  const branches = listed(schema['oneOf'] ?? schema['anyOf']).filter(({ type }) => type !== 'null')
  if (branches.length === 0) return rows(schema, `${name}.`)
  return merged(
    branches.flatMap((branch) => rows(branch, `${name}.`)),
    branches.length,
  )
}

function field(schema: JsonSchema, name: string, required: boolean): FieldRow[] {
  const { default: unasked, description } = schema
  const notes = [
    bounds(schema),
    unasked === undefined ? '' : `default ${JSON.stringify(unasked)}`,
    typeof description === 'string' ? description : '',
  ]
  return [
    [`\`${name}\``, shape(schema), required ? 'yes' : '', notes.filter(Boolean).join('; ')],
    ...inside(schema, name),
  ]
}

/** Every field of an object's schema, those inside others too, with its dotted name. */
export const fieldRows = (schema: JsonSchema): FieldRow[] => rows(schema, '')

/** Fields as a Markdown table. */
export const fieldTable = (fields: readonly FieldRow[]): string =>
  table(['Field', 'Shape', 'Required', 'Notes'], fields)
