import { CATEGORIES, EXTENSION_TYPES, KV_QUOTA, LIMITS, REQUEST_BYTES } from '../manifest/index.js'
import { ManifestFields } from '../manifest/manifest-v2.js'
import { jsonSchema, type JsonSchema } from './json-schema.js'
import { page, table } from './reference.js'

const isSchema = (value: unknown): value is JsonSchema =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const listed = (value: unknown): JsonSchema[] => (Array.isArray(value) ? value.filter(isSchema) : [])

/** A schema in a few words. */
function shape(schema: JsonSchema): string {
  const branches = [...listed(schema['anyOf']), ...listed(schema['oneOf'])]
  if (branches.length > 0) return [...new Set(branches.map(shape))].join(' or ')
  if (schema['const'] !== undefined) return JSON.stringify(schema['const'])
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
    ['minLength', 'at least '],
    ['maxLength', 'at most '],
    ['maxItems', 'at most '],
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

function field(schema: JsonSchema, name: string, required: boolean): Row[] {
  const notes = [
    bounds(schema),
    schema['default'] === undefined ? '' : `default ${JSON.stringify(schema['default'])}`,
    String(schema['description'] ?? ''),
  ]
  const own: Row = [`\`${name}\``, shape(schema), required ? 'yes' : '', notes.filter(Boolean).join('; ')]
  const inside = isSchema(schema['items'])
    ? [{ schema: schema['items'], name: `${name}[].` }]
    : [{ schema, name: `${name}.` }]
  const branches = listed(schema['oneOf']).map((branch) => ({ schema: branch, name: `${name}.` }))
  const seen = new Map<string, Row>()
  for (const part of [...inside, ...branches])
    for (const row of rows(part.schema, part.name)) if (!seen.has(row[0])) seen.set(row[0], row)
  return [own, ...seen.values()]
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
    `A manifest is \`extension.json\` at the root of the bundle: JSON, comments accepted, UTF-8, at most 64 KiB. Objects are closed: an
unknown field is a fault. Types: ${EXTENSION_TYPES.join(', ')}. Categories: ${CATEGORIES.join(', ')}.`,
    'What the platform does not run yet is validated, stored and shown, and an install is refused as `install.feature_unavailable`. Manifests of version 1 are accepted and upgraded without loss.',
    '## Limits',
    ceilings(),
    '## Fields',
    table(['Field', 'Shape', 'Required', 'Notes'], rows(jsonSchema(ManifestFields), '')),
  ])
