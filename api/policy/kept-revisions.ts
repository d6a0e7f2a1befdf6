import type { PolicyFiles } from '../gate/policy-files.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { contentsOf, type NewRevision } from './revisions.repository.js'
import type { Sealing } from './sealing.service.js'

export interface KeptRevisionsParts {
  readonly database: Pick<Database, 'inScope'>
  readonly files: Pick<PolicyFiles, 'files'>
  readonly sealing: Pick<Sealing, 'prepared'>
}

/** Of revisions that are to decide, those that every instance must be able to load and that were not sealed here, such as the policy that ships. */
export class KeptRevisions {
  constructor(private readonly parts: KeptRevisionsParts) {}

  /** The rows to write for them. */
  async missing(caller: Caller, revisions: readonly (string | null)[]): Promise<NewRevision[]> {
    const { database, files, sealing } = this.parts
    const made: NewRevision[] = []
    for (const revision of revisions) {
      if (revision === null) continue
      const isKept = await database.inScope({ platform: true }, (tx) => contentsOf(tx, revision))
      const bundle = isKept ? null : await files.files(revision)
      const about = { base_revision: revision, draft_id: null, source_commit: null, tree: {} }
      if (bundle) made.push(await sealing.prepared(caller, { files: bundle, ...about }))
    }
    return made
  }
}
