import { Injectable } from '@nestjs/common'
import { Database } from '../platform/database/database.service.js'
import type { Queryable } from '../platform/database/queryable.js'
import { findExtension, findVersion, listVersions, type ExtensionRow, type VersionRow } from './catalogue.repository.js'
import { extensionFacts, publisherFacts, versionFacts, versionName, type PublishFacts } from './publish-facts.rules.js'
import { findPublisherFacts } from './publishers.repository.js'
import { standingOf, type StandingFacts } from './standing.repository.js'

/** Names of the one version that is decided on. */
export interface VersionKey {
  readonly publisherId: string
  readonly extension: string
  readonly semver: string
}

/** What is known of a publisher, an extension and one version of it, as policy wants it. */
export interface Dossier {
  readonly publisher: PublishFacts['publisher']
  readonly extension: PublishFacts['extension']
  /** The kept version, where there is one. */
  readonly version: VersionRow | null
  readonly versionStanding: StandingFacts
  /** Permissions of the newest approved version; none where there is no such version. */
  readonly approvedPermissions: readonly string[]
}

/** Collects fresh facts about what publishing is decided on. */
@Injectable()
export class Dossiers {
  constructor(private readonly database: Database) {}

  /** Null where there is no such publisher. Facts are read across organisations: a name is taken whoever has it. */
  async of(key: VersionKey): Promise<Dossier | null> {
    return this.database.inScope({ platform: true }, async (tx) => {
      const publisher = await findPublisherFacts(tx, key.publisherId)
      if (!publisher) return null
      const extension = (await findExtension(tx, key.extension)) ?? null
      const version = (await findVersion(tx, key.extension, key.semver)) ?? null
      const [ofPublisher = {}, ofExtension = {}, versionStanding = {}] = await standingOf(tx, [
        { kind: 'publisher', id: publisher.id },
        { kind: 'extension', id: key.extension },
        { kind: 'version', id: versionName(key.extension, key.semver) },
      ])
      return {
        publisher: publisherFacts(publisher, ofPublisher),
        extension: extension && extensionFacts(extension, ofExtension),
        ...{ version, versionStanding },
        approvedPermissions: extension ? await approvedPermissions(tx, extension) : [],
      }
    })
  }
}

const approvedPermissions = async (tx: Queryable, extension: ExtensionRow): Promise<readonly string[]> =>
  (await listVersions(tx, [extension.id])).find(({ review_state }) => review_state === 'approved')?.manifest
    .permissions ?? []

/** The version's part of the facts as it is kept. */
export const keptVersion = ({ version, versionStanding }: Dossier & { version: VersionRow }) => ({
  ...versionFacts(version, versionStanding),
  exists: true,
})
