import type { Certification, Version } from '#contract/api/registry.js'
import type { Manifest } from '#contract/manifest/index.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Envelope } from './envelope.rules.js'

/** Everything that publishing writes: the extension where it is new, the bundle, the version. */
export interface Publication {
  readonly tenantId: string
  readonly publisherId: string
  readonly extensionId: string
  readonly versionId: string
  readonly manifest: Manifest
  readonly certification: Certification
  readonly digest: string
  readonly sizeBytes: number
  readonly artifactDigest: string
  /** Base64. */
  readonly artifactSignature: string
  readonly envelope: Envelope
}

/** The extension's row id: that of the one it has, or a new one's. Null where another publisher has the name. */
const ensureExtension = async (tx: GovernedTransaction, publication: Publication): Promise<string | null> => {
  const { extensionId, tenantId, publisherId, manifest } = publication
  const ensured = await tx.query<{ id: string }>(
    `INSERT INTO extension_registry (id, tenant_id, publisher_id, name, title, type, categories, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)
     ON CONFLICT (name) DO UPDATE SET title = EXCLUDED.title, type = EXCLUDED.type, categories = EXCLUDED.categories,
       decision_id = EXCLUDED.decision_id, version = extension_registry.version + 1
       WHERE extension_registry.publisher_id = EXCLUDED.publisher_id
     RETURNING id`,
    [extensionId, tenantId, publisherId, manifest.id, manifest.name, manifest.type, manifest.categories, tx.decisionId],
  )
  return ensured.rows[0]?.id ?? null
}

/** The same bytes may carry one version only, so the digest is new wherever the version is. */
const insertBundle = async (tx: GovernedTransaction, publication: Publication): Promise<void> => {
  const { digest, tenantId, publisherId, sizeBytes, envelope, artifactDigest, artifactSignature } = publication
  await tx.query(
    `INSERT INTO extension_bundle (digest, tenant_id, publisher_id, size_bytes, envelope, artifact_digest, artifact_signature, decision_id)
     VALUES ($1, $2, $3, $4, $5, $6, $7, $8)`,
    [
      digest,
      tenantId,
      publisherId,
      sizeBytes,
      JSON.stringify(envelope),
      artifactDigest,
      artifactSignature,
      tx.decisionId,
    ],
  )
}

/** Writes a publication as approved. False where another publisher has the name; a version that exists violates its key. */
export const insertPublication = async (tx: GovernedTransaction, publication: Publication): Promise<boolean> => {
  const extensionId = await ensureExtension(tx, publication)
  if (extensionId === null) return false
  await insertBundle(tx, publication)
  const { versionId, tenantId, publisherId, manifest, digest, certification } = publication
  await tx.query(
    `INSERT INTO extension_version (id, tenant_id, publisher_id, extension_id, semver, digest, manifest, channel, review_state,
       certification, decision_id) VALUES ($1, $2, $3, $4, $5, $6, $7, 'draft', 'approved', $8, $9)`,
    [
      versionId,
      tenantId,
      publisherId,
      extensionId,
      manifest.version,
      digest,
      JSON.stringify(manifest),
      JSON.stringify(certification),
      tx.decisionId,
    ],
  )
  return true
}

/** A version as it was read, to be changed only while it is still that. */
export type VersionAt = Pick<Version, 'id' | 'revision'>

/** Moves a version to a channel; false where it changed meanwhile. */
export const moveToChannel = async (
  tx: GovernedTransaction,
  { id, revision }: VersionAt,
  channel: Version['channel'],
): Promise<boolean> => {
  const moved = await tx.query(
    `UPDATE extension_version SET channel = $3, decision_id = $4, version = version + 1 WHERE id = $1 AND version = $2`,
    [id, revision, channel, tx.decisionId],
  )
  return moved.rowCount === 1
}

/** Takes a version out of circulation; false where it changed meanwhile. */
export const markYanked = async (tx: GovernedTransaction, { id, revision }: VersionAt): Promise<boolean> => {
  const yanked = await tx.query(
    `UPDATE extension_version SET yanked_at = coalesce(yanked_at, now()), decision_id = $3, version = version + 1
     WHERE id = $1 AND version = $2`,
    [id, revision, tx.decisionId],
  )
  return yanked.rowCount === 1
}
