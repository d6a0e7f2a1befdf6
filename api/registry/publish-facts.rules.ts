import type { z } from 'zod'
import type { Certification } from '#contract/api/registry.js'
import type {
  CertificationFacts,
  ExtensionFacts,
  PublisherFacts,
  SignatureFacts,
  VersionFacts,
} from '#contract/decisions/common.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Manifest } from '#contract/manifest/index.js'
import { withRisk } from '#contract/permissions.js'
import type { StandingFacts } from './standing.repository.js'

export type PublishFacts = DecisionFacts<'publish'>
export type Signature = z.infer<typeof SignatureFacts>

/** Name under which a version has standing and is decided on. */
export const versionName = (extension: string, semver: string): string => `${extension}@${semver}`

/** Findings without their words: policy weighs codes and severities. */
export const certificationFacts = ({ state, findings }: Certification): z.infer<typeof CertificationFacts> => ({
  state,
  findings: findings.map(({ check, code, severity, malware }) => ({ check, code, severity, malware })),
})

/** A publisher as policy sees it. */
export const publisherFacts = (
  publisher: { readonly id: string; readonly tenant_id: string; readonly verified_at: string | null },
  standing: StandingFacts,
): z.infer<typeof PublisherFacts> => ({
  id: publisher.id,
  tenant_id: publisher.tenant_id,
  verified: publisher.verified_at !== null,
  standing,
})

/** An extension as policy sees it. */
export const extensionFacts = (
  extension: { readonly name: string; readonly publisher_id: string },
  standing: StandingFacts,
): z.infer<typeof ExtensionFacts> => ({ id: extension.name, publisher_id: extension.publisher_id, standing })

interface VersionParts {
  readonly semver: string
  readonly digest: string
  readonly channel: PublishFacts['version']['channel']
  readonly review_state: PublishFacts['version']['review_state']
  readonly yanked_at: string | null
  readonly deprecation: string | null
}

/** A kept version as policy sees it. */
export const versionFacts = (row: VersionParts, standing: StandingFacts): z.infer<typeof VersionFacts> => ({
  version: row.semver,
  digest: row.digest,
  channel: row.channel,
  review_state: row.review_state,
  yanked: row.yanked_at !== null,
  deprecated: row.deprecation !== null,
  standing,
})

/** A version that is not kept yet. */
export const newVersion = (semver: string, digest: string): VersionParts => ({
  ...{ semver, digest, channel: 'draft', review_state: 'pending' },
  ...{ yanked_at: null, deprecation: null },
})

/** What the manifest asks for; `before` are the permissions of the newest approved version. */
export const manifestFacts = (
  manifest: Pick<Manifest, 'type' | 'permissions'>,
  before: readonly string[],
): PublishFacts['manifest'] => ({
  type: manifest.type,
  permissions: withRisk(manifest.permissions),
  permissions_added: manifest.permissions.filter((id) => !before.includes(id)),
})
