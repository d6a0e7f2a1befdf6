import { readBundleFiles, readShippedBundle, shippedBundleFolder, type BundleFiles } from '#engine/bundle.js'
import { problem } from '#contract/problems.js'
import type { SealedPoliciesRepository } from '../gate/sealed-policies.repository.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import type { DraftChecks } from './draft-checks.service.js'
import { contentsOf, type SourceTree } from './revisions.repository.js'
import { readSources } from './source-tree.js'

/** Sources of a draft, or the name of a revision. */
interface Candidate {
  readonly tree: SourceTree | null
  readonly revision: string | null
}

export interface CandidateParts {
  readonly database: Pick<Database, 'inScope'>
  readonly blobs: Pick<BlobStore, 'read'>
  readonly sealed: Pick<SealedPoliciesRepository, 'read'>
  readonly checks: Pick<DraftChecks, 'compile'>
}

/** Policies that could come in force: sealed ones, the one that ships, and what a draft's sources compile to. */
export class Candidates {
  constructor(private readonly parts: CandidateParts) {}

  /** Whether there is such a revision here. */
  async has(revision: string): Promise<boolean> {
    const kept = await this.parts.database.inScope({ platform: true }, (tx) => contentsOf(tx, revision))
    return kept !== undefined || (await isShipped(revision))
  }

  /**
   * The files of a candidate's bundle. Raises `not_found` where there is no such revision, `policy.tool_missing` where
   * nothing compiles here, OpaRefused where the sources don't compile, the
   * signal's reason once it is aborted.
   */
  async files({ tree, revision }: Candidate, signal: AbortSignal): Promise<BundleFiles> {
    const { blobs, checks, sealed } = this.parts
    if (tree !== null) return checks.compile(await readSources(blobs, tree), signal)
    const kept = revision === null ? null : await sealed.read(revision)
    if (kept) return kept
    if (revision !== null && (await isShipped(revision))) return readBundleFiles(shippedBundleFolder())
    throw problem('not_found')
  }
}

const isShipped = async (revision: string): Promise<boolean> => (await readShippedBundle()).revision === revision
