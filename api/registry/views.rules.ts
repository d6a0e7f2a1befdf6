import type { Extension, PermissionWords, Version } from '#contract/api/registry.js'
import { runsOnPlatform, unbuiltFeatures } from '#contract/manifest/index.js'
import { permissionEntry, type Permission } from '#contract/permissions.js'
import type { Rung } from '#contract/vocabulary.js'
import type { ExtensionRow, VersionRow } from './catalogue.repository.js'
import type { StandingFacts } from './standing.repository.js'

/** Permissions in the words that people read before they grant them. */
export const inWords = (ids: readonly Permission[]): PermissionWords[] =>
  ids.map((id) => {
    const { risk, title, words } = permissionEntry(id)
    return { id, risk, title, words }
  })

/** A version as the API shows it. */
export const versionView = (row: VersionRow): Version => ({
  id: row.id,
  extension: row.extension,
  version: row.semver,
  publisher_id: row.publisher_id,
  digest: row.digest,
  artifact_digest: row.artifact_digest,
  size_bytes: row.size_bytes,
  channel: row.channel,
  review_state: row.review_state,
  yanked_at: row.yanked_at,
  deprecation: row.deprecation,
  permissions: inWords(row.manifest.permissions),
  unbuilt_features: unbuiltFeatures(row.manifest).map(({ feature, pointer }) => ({ feature, pointer })),
  platform_compatible: runsOnPlatform(row.manifest),
  certification: row.certification,
  signed_by: row.envelope.signatures.map(({ keyid }) => keyid),
  manifest: row.manifest as Version['manifest'],
  revision: row.revision,
  created_at: row.created_at,
  decision_id: row.decision_id,
})

const summary = (row: VersionRow): Extension['versions'][number] => ({
  version: row.semver,
  digest: row.digest,
  channel: row.channel,
  review_state: row.review_state,
  yanked_at: row.yanked_at,
  platform_compatible: runsOnPlatform(row.manifest),
  created_at: row.created_at,
})

/** The rung that a standing says; `none` where it says nothing. */
export const rungOf = (standing: StandingFacts): Rung => (standing.rung?.value ?? 'none') as Rung

/** An extension as the API shows it. `versions` are its own, newest first, at least one. */
export const extensionView = (
  row: ExtensionRow,
  versions: readonly VersionRow[],
  standing: StandingFacts,
): Extension => {
  const newest = versions[0]
  if (newest === undefined) throw new Error(`${row.name} has no version that can be shown`)
  const { description, permissions, billing, author, compatibility } = newest.manifest
  return {
    id: row.id,
    name: row.name,
    title: row.title,
    description,
    type: row.type,
    categories: row.categories,
    publisher: {
      id: row.publisher_id,
      slug: row.publisher_slug,
      name: row.publisher_name,
      verified: row.publisher_verified,
    },
    rung: rungOf(standing),
    permissions: inWords(permissions),
    pricing: billing.model,
    author: author?.name ?? null,
    compatibility: compatibility.platform,
    versions: versions.map(summary),
    created_at: row.created_at,
  }
}
