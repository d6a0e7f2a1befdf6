import { randomUUIDv7 } from 'node:crypto'
import type { Permit } from '#contract/decisions/outcome.js'
import { problem } from '#contract/problems.js'
import type { GateService } from '../gate/gate.service.js'
import type { Database } from '../platform/database/database.service.js'
import { isRowSecurityViolation, violatedConstraint } from '../platform/database/unique-violation.js'
import { findVersion, type VersionRow } from './catalogue.repository.js'
import type { Submission } from './submission.js'
import type { Trust } from './trust.service.js'
import { insertPublication } from './versions.repository.js'

const VERSION_KEYS = ['extension_version_extension_id_semver_key', 'extension_bundle_pkey']

/** A version that is now in the registry; `created` is false where the same bytes were published before. */
export interface Published {
  readonly version: VersionRow
  readonly created: boolean
}

export interface PublicationsParts {
  readonly database: Database
  readonly gate: GateService
  readonly trust: Trust
}

/** Writes what was allowed in: extension, bundle and version, countersigned by the registry. */
export class Publications {
  constructor(private readonly parts: PublicationsParts) {}

  /**
   * Writes a submission under the permit that lets it in. Idempotent for the same bytes.
   * Raises `version.exists` for other bytes, `already_exists` where another publisher has the name.
   */
  async write(permit: Permit, submission: Submission): Promise<Published> {
    const { gate, trust } = this.parts
    const { manifest, digest, envelope } = submission
    const statement = { digest, extension: manifest.id, version: manifest.version }
    const publication = {
      ...{ tenantId: permit.tenantId, publisherId: submission.publisher_id },
      ...{ extensionId: randomUUIDv7(), versionId: randomUUIDv7(), manifest },
      ...{ certification: submission.certification, digest, sizeBytes: submission.size_bytes },
      artifactDigest: submission.artifact_digest,
      artifactSignature: submission.artifact_signature,
      envelope: trust.countersigned(envelope, statement),
    }
    try {
      if (!(await gate.write(permit, (tx) => insertPublication(tx, publication)))) throw nameTaken()
    } catch (error) {
      if (isRowSecurityViolation(error)) throw nameTaken()
      if (!VERSION_KEYS.includes(violatedConstraint(error) ?? '')) throw error
      return { version: await this.sameOrRefuse(submission), created: false }
    }
    return { version: await this.kept(submission), created: true }
  }

  /** The version that is kept under this name, where it has exactly these bytes. Raises `version.exists`. */
  async sameOrRefuse(submission: Pick<Submission, 'digest' | 'manifest'>): Promise<VersionRow> {
    const version = await this.kept(submission)
    if (version.digest === submission.digest) return version
    const { id, version: semver } = submission.manifest
    throw problem('version.exists', { detail: `${id} ${semver} was published as ${version.digest}` })
  }

  private async kept({ manifest }: Pick<Submission, 'manifest'>): Promise<VersionRow> {
    const found = await this.parts.database.inScope({ platform: true }, (tx) =>
      findVersion(tx, manifest.id, manifest.version),
    )
    if (!found) throw problem('conflict', { detail: 'The same bytes are published under another version' })
    return found
  }
}

const nameTaken = () =>
  problem('already_exists', { errors: [{ pointer: '/id', detail: 'is the name of another publisher’s extension' }] })
