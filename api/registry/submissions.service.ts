import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { findExtension } from './catalogue.repository.js'
import { keptVersion, type Dossier, type Dossiers } from './dossier.service.js'
import { statementOf, type Envelope } from './envelope.rules.js'
import { certificationOf, problemOf, type Inspection } from './inspection.js'
import {
  certificationFacts,
  manifestFacts,
  newVersion,
  versionFacts,
  versionName,
  type PublishFacts,
  type Signature,
} from './publish-facts.rules.js'
import { publisherOf } from './publisher-of.rules.js'
import type { Trust } from './trust.service.js'

/** An upload as it was examined. */
export interface Examined {
  readonly envelope: Envelope | null
  readonly inspection: Inspection
  readonly digest: string
}

/** Which version an upload is. */
export interface Names {
  readonly extension: string
  readonly semver: string
}

/** An upload with all that policy has to know of it. */
export interface Weighable extends Examined {
  readonly names: Names
  readonly facts: PublishFacts
}

export interface SubmissionsParts {
  readonly database: Database
  readonly dossiers: Dossiers
  readonly trust: Trust
}

/** Gathers the facts of a submission. */
export class Submissions {
  constructor(private readonly parts: SubmissionsParts) {}

  /**
   * The upload with its facts, under the names of its manifest, else of its envelope. Raises the inspection's problem
   * where nothing names it, and `publisher.required`.
   */
  async weighable(caller: Caller, examined: Examined): Promise<Weighable> {
    const names = namesOf(examined)
    const signature = await this.signatureOf(examined, names)
    const publisherId = publisherOf({
      caller: caller.actor.publisher_id,
      signer: signature.publisher_id,
      extension: await this.publisherOfExtension(names),
    })
    const dossier = await this.parts.dossiers.of({ publisherId, ...names })
    if (!dossier) throw new Error(`publisher ${publisherId} has no row`)
    return { ...examined, names, facts: factsOf(caller, { ...examined, names, signature, dossier }) }
  }

  private signatureOf({ envelope, digest }: Examined, { extension, semver }: Names): Promise<Signature> {
    const { database, trust } = this.parts
    const statement = { digest, extension, version: semver }
    return database.inScope({ platform: true }, (tx) => trust.publisherSignature(tx, envelope, statement))
  }

  private publisherOfExtension({ extension }: Names): Promise<string | null> {
    return this.parts.database.inScope(
      { platform: true },
      async (tx) => (await findExtension(tx, extension))?.publisher_id ?? null,
    )
  }
}

const namesOf = ({ inspection, envelope }: Examined): Names => {
  if (inspection.kind === 'read') return { extension: inspection.manifest.id, semver: inspection.manifest.version }
  const claimed = envelope && statementOf(envelope)
  if (!claimed) throw problemOf(inspection)
  return { extension: claimed.extension, semver: claimed.version }
}

interface Known extends Examined {
  readonly names: Names
  readonly signature: Signature
  readonly dossier: Dossier
}

/** Facts of `extension.submit`; of a bundle that could not be read nothing is claimed but what its envelope says. */
const factsOf = (caller: Caller, { names, inspection, digest, signature, dossier }: Known): PublishFacts => {
  const { publisher, extension, version, versionStanding, approvedPermissions } = dossier
  const unread = { type: 'unknown', permissions: [], permissions_added: [] }
  return {
    actor: caller.actor,
    tenant: caller.tenant,
    resource: {
      kind: 'version',
      id: versionName(names.extension, names.semver),
      tenant_id: publisher.tenant_id,
      publisher_id: publisher.id,
    },
    publisher,
    extension,
    version: version
      ? keptVersion({ ...dossier, version })
      : { ...versionFacts(newVersion(names.semver, digest), versionStanding), exists: false },
    signature,
    manifest: inspection.kind === 'read' ? manifestFacts(inspection.manifest, approvedPermissions) : unread,
    certification: certificationFacts(certificationOf(inspection)),
    votes: [],
    promotion: null,
  }
}
