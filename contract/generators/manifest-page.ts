import { CATEGORIES, EXTENSION_TYPES, KV_QUOTA, LIMITS, REQUEST_BYTES } from '../manifest/index.js'
import { ManifestFields } from '../manifest/manifest-v2.js'
import { MAX_MANIFEST_BYTES } from '../manifest/source.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'
import { page, table } from './reference.js'

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

type Row = readonly [field: string, shape: string, required: string, notes: string]

function rows(schema: JsonSchema, prefix: string): Row[] {
  const required = Array.isArray(schema['required']) ? schema['required'] : []
  return Object.entries((schema['properties'] ?? {}) as Record<string, JsonSchema>).flatMap(([name, inner]) =>
    field(inner, `${prefix}${name}`, required.includes(name)),
  )
}

/** One row where several branches of a union have the same field: shapes joined, required only where it is in all. */
function merged(all: readonly Row[], branches: number): Row[] {
  const byName = Map.groupBy(all, ([name]) => name)
  return [...byName.values()].map((same) => {
    const [name, , , notes] = same[0] as Row
    const shapes = [...new Set(same.map(([, words]) => words))].join(', ')
    return [name, shapes, same.length === branches && same.every(([, , required]) => required) ? 'yes' : '', notes]
  })
}

function inside(schema: JsonSchema, name: string): Row[] {
  if (isSchema(schema['items'])) return rows(schema['items'], `${name}[].`)
  const branches = listed(schema['oneOf'])
  if (branches.length === 0) return rows(schema, `${name}.`)
  return merged(
    branches.flatMap((branch) => rows(branch, `${name}.`)),
    branches.length,
  )
}

function field(schema: JsonSchema, name: string, required: boolean): Row[] {
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

const ceilings = (): string =>
  table(
    ['Limit', 'Unit', 'Unasked', 'Most'],
    [
      ...Object.entries(LIMITS).map(([name, limit]) => [
        `\`limits.${name}\``,
        limit.unit,
        String(limit.default),
        String(limit.ceiling),
      ]),
      ['`kv.quota_bytes`', 'bytes', String(KV_QUOTA.default), String(KV_QUOTA.ceiling)],
      ['`api.endpoints[].max_request_bytes`', 'bytes', String(REQUEST_BYTES.default), String(REQUEST_BYTES.ceiling)],
    ],
  )

/** docs/reference/manifest.md: every field of version 2, from its schema. */
export const manifestPage = (): string =>
  page('Extension manifest, version 2', 'contract/manifest', [
    `A manifest is \`extension.json\` at the root of the bundle: JSON, comments accepted, UTF-8, at most ${MAX_MANIFEST_BYTES} bytes. Objects are closed: an
unknown field is a fault. Types: ${EXTENSION_TYPES.join(', ')}. Categories: ${CATEGORIES.join(', ')}.`,
    'What the platform does not run yet is validated, stored and shown, and an install is refused as `install.feature_unavailable`. Manifests of version 1 are accepted and upgraded without loss.',
    '## Limits',
    ceilings(),
    '## Fields',
    table(['Field', 'Shape', 'Required', 'Notes'], rows(jsonSchema(ManifestFields), '')),
  ])
