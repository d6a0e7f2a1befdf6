import { CATEGORIES, EXTENSION_TYPES, KV_KEYS, KV_QUOTA, LIMITS, REQUEST_BYTES } from '../manifest/index.js'
import { ManifestFields } from '../manifest/manifest-v2.js'
import { MAX_MANIFEST_BYTES } from '../manifest/source.js'
import { fieldRows, fieldTable } from './field-rows.js'
import { jsonSchema } from './json-schema.js'
import { page, table } from './reference.js'

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
      ['`kv.quota_keys`', 'entries', String(KV_KEYS.default), String(KV_KEYS.ceiling)],
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
    fieldTable(fieldRows(jsonSchema(ManifestFields))),
  ])
