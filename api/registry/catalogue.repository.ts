import type { Certification, Extension, ExtensionQuery, Version } from '#contract/api/registry.js'
import type { Manifest } from '#contract/manifest/index.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'
import type { Envelope } from './envelope.rules.js'

/** An extension as it is kept, with its publisher. */
export interface ExtensionRow {
  readonly id: string
  readonly tenant_id: string
  readonly publisher_id: string
  readonly name: string
  readonly title: string
  readonly type: Extension['type']
  readonly categories: Extension['categories']
  readonly publisher_slug: string
  readonly publisher_name: string
  readonly publisher_verified: boolean
  readonly created_at: string
}

/** A version as it is kept, with its bundle. `manifest` is version 2, as parsed when it was published. */
export interface VersionRow {
  readonly id: string
  readonly tenant_id: string
  readonly publisher_id: string
  readonly extension_id: string
  readonly publisher_slug: string
  readonly extension: string
  readonly semver: string
  readonly digest: string
  readonly artifact_digest: string | null
  readonly artifact_signature: string | null
  readonly size_bytes: number
  readonly envelope: Envelope
  readonly manifest: Manifest
  readonly channel: Version['channel']
  readonly review_state: Version['review_state']
  readonly certification: Certification
  readonly yanked_at: string | null
  readonly deprecation: string | null
  readonly decision_id: string
  readonly revision: number
  readonly created_at: string
}

const EXTENSION = `e.id, e.tenant_id, e.publisher_id, e.name, e.title, e.type, e.categories, p.slug AS publisher_slug,
  p.name AS publisher_name, p.verified_at IS NOT NULL AS publisher_verified, ${isoTimestamp('e.created_at', 'created_at')}`
const EXTENSIONS = `extension_registry e JOIN publisher p ON p.id = e.publisher_id`
const VERSION = `v.id, v.tenant_id, v.publisher_id, p.slug AS publisher_slug, v.extension_id, e.name AS extension, v.semver, v.digest, b.artifact_digest, b.artifact_signature,
  b.size_bytes, b.envelope, v.manifest, v.channel, v.review_state, v.certification, ${isoTimestamp('v.yanked_at', 'yanked_at')},
  v.deprecation, v.decision_id, v.version AS revision, ${isoTimestamp('v.created_at', 'created_at')}`
const VERSIONS = `extension_version v JOIN extension_registry e ON e.id = v.extension_id JOIN extension_bundle b ON b.digest = v.digest
  JOIN publisher p ON p.id = v.publisher_id`
const MAX_VERSIONS = 100

const containing = (part: string): string => `%${part.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** Platform ranges that the newest versions of visible extensions declare. */
export const listPlatformRanges = async (tx: Queryable): Promise<string[]> => {
  const found = await tx.query<{ range: string }>(
    `SELECT DISTINCT manifest->'compatibility'->>'platform' AS range FROM extension_version`,
  )
  return found.rows.map(({ range }) => range)
}

/** Filters of the catalogue; `ranges` are the platform ranges to keep, null for all. */
export type CatalogueFilter = Pick<ExtensionQuery, 'q' | 'category' | 'type' | 'without_permission' | 'publisher'> & {
  readonly ranges: readonly string[] | null
}

/** Extensions with at least one version that the scope can see, newest first; filters hold for their newest version. */
export const listExtensions = async (
  tx: Queryable,
  { rows, before }: IdPage,
  filter: CatalogueFilter,
): Promise<ExtensionRow[]> => {
  const found = await tx.query<ExtensionRow>(
    `SELECT ${EXTENSION} FROM ${EXTENSIONS}
     CROSS JOIN LATERAL (SELECT manifest FROM extension_version v WHERE v.extension_id = e.id ORDER BY v.id DESC LIMIT 1) newest
     WHERE ($2::uuid IS NULL OR e.id < $2)
       AND ($3::text IS NULL OR e.name ILIKE $3 OR e.title ILIKE $3 OR newest.manifest->>'description' ILIKE $3)
       AND ($4::text IS NULL OR $4 = ANY (e.categories))
       AND ($5::text IS NULL OR e.type = $5)
       AND ($6::text IS NULL OR NOT newest.manifest->'permissions' ? $6)
       AND ($7::text IS NULL OR p.slug = $7)
       AND ($8::text[] IS NULL OR newest.manifest->'compatibility'->>'platform' = ANY ($8))
     ORDER BY e.id DESC LIMIT $1`,
    [
      rows,
      before,
      filter.q === undefined ? null : containing(filter.q),
      filter.category ?? null,
      filter.type ?? null,
      filter.without_permission ?? null,
      filter.publisher ?? null,
      filter.ranges,
    ],
  )
  return found.rows
}

/** One extension by name, where the scope can see it. */
export const findExtension = async (tx: Queryable, name: string): Promise<ExtensionRow | undefined> =>
  (await tx.query<ExtensionRow>(`SELECT ${EXTENSION} FROM ${EXTENSIONS} WHERE e.name = $1`, [name])).rows[0]

/** The newest versions of these extensions that the scope can see, newest first. */
export const listVersions = async (tx: Queryable, extensionIds: readonly string[]): Promise<VersionRow[]> => {
  const found = await tx.query<VersionRow>(
    `SELECT found.* FROM unnest($1::uuid[]) AS wanted (id)
     CROSS JOIN LATERAL (
       SELECT ${VERSION} FROM ${VERSIONS} WHERE v.extension_id = wanted.id ORDER BY v.id DESC LIMIT ${MAX_VERSIONS}
     ) found`,
    [extensionIds],
  )
  return found.rows
}

/** One version by the extension's name, where the scope can see it. */
export const findVersion = async (tx: Queryable, name: string, semver: string): Promise<VersionRow | undefined> =>
  (await tx.query<VersionRow>(`SELECT ${VERSION} FROM ${VERSIONS} WHERE e.name = $1 AND v.semver = $2`, [name, semver]))
    .rows[0]

/** The version that an install stands on. */
export const findVersionById = async (tx: Queryable, id: string): Promise<VersionRow | undefined> =>
  (await tx.query<VersionRow>(`SELECT ${VERSION} FROM ${VERSIONS} WHERE v.id = $1`, [id])).rows[0]
