import type { Manifest } from '#contract/manifest/index.js'
import { runsOnPlatform, unbuiltFeatures } from '#contract/manifest/index.js'
import type { DecisionFacts } from '#contract/decisions/inputs.js'
import { withRisk } from '#contract/permissions.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Queryable } from '../platform/database/queryable.js'
import { emittedTypes } from '../registry/emitters.repository.js'
import type { VersionRow } from '../registry/catalogue.repository.js'
import {
  certificationFacts,
  extensionFacts,
  publisherFacts,
  versionFacts,
  versionName,
  type Signature,
} from '../registry/publish-facts.rules.js'
import { findPublisherFacts } from '../registry/publishers.repository.js'
import { standingOf } from '../registry/standing.repository.js'
import type { Trust } from '../registry/trust.service.js'

type InstallFacts = DecisionFacts<'install'>
/** The parts of the install gate's facts that say what would be installed. */
export type CandidateFacts = Pick<
  InstallFacts,
  'publisher' | 'extension' | 'version' | 'signature' | 'certification' | 'manifest'
>

export interface CandidatesParts {
  readonly blobs: BlobStore
  readonly trust: Trust
}

/** Looks at a version as something to be installed. */
export class Candidates {
  constructor(private readonly parts: CandidatesParts) {}

  /** Fresh facts of a version: whose it is, how it stands, and whether its signature holds over the bytes that are kept. */
  async factsOf(tx: Queryable, version: VersionRow, secretsMissing: string[]): Promise<CandidateFacts> {
    const publisher = await findPublisherFacts(tx, version.publisher_id)
    if (!publisher) throw new Error(`publisher ${version.publisher_id} has no row`)
    const [ofPublisher = {}, ofExtension = {}, ofVersion = {}] = await standingOf(tx, [
      { kind: 'publisher', id: publisher.id },
      { kind: 'extension', id: version.extension },
      { kind: 'version', id: versionName(version.extension, version.semver) },
    ])
    return {
      publisher: publisherFacts(publisher, ofPublisher),
      extension: extensionFacts({ name: version.extension, publisher_id: publisher.id }, ofExtension),
      version: versionFacts(version, ofVersion),
      signature: await this.signatureOf(tx, version),
      certification: certificationFacts(version.certification),
      manifest: {
        ...manifestParts(version.manifest, secretsMissing),
        events_undeclared: await undeclaredEvents(tx, version.manifest),
      },
    }
  }

  /** The envelope is checked over the bytes that lie in the store now: bytes that rotted or are gone verify as nothing. */
  private async signatureOf(tx: Queryable, version: VersionRow): Promise<Signature> {
    const { digest, extension, semver, envelope } = version
    try {
      await this.parts.blobs.verify(digest)
    } catch (error) {
      if (error instanceof BlobCorrupt || error instanceof BlobMissing)
        return { state: 'digest_mismatch', publisher_id: null }
      throw error
    }
    return this.parts.trust.storedSignature(tx, envelope, { digest, extension, version: semver })
  }
}

/** Events that it consumes and that neither it nor any approved version emits. */
const undeclaredEvents = async (tx: Queryable, { events }: Manifest): Promise<string[]> => {
  const own = new Set(events.emits.map(({ type }) => type))
  const foreign = events.consumes.map(({ type }) => type).filter((type) => !own.has(type))
  const emitted = new Set(foreign.length > 0 ? await emittedTypes(tx, foreign) : [])
  return foreign.filter((type) => !emitted.has(type))
}

const manifestParts = (manifest: Manifest, secrets_missing: string[]): InstallFacts['manifest'] => ({
  permissions: withRisk(manifest.permissions),
  unbuilt_features: [...new Set(unbuiltFeatures(manifest).map(({ feature }) => feature))],
  platform_compatible: runsOnPlatform(manifest),
  secrets_missing,
})
