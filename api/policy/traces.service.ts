import type { DecisionTraced } from '#contract/api/explain.js'
import { problem } from '#contract/problems.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { ThreadEnded } from '#engine/apart.js'
import { OpaEnded, type PolicyFiles } from '#engine/author/index.js'
import { traceDecision, type Trace, type TraceQuestion } from '#engine/trace/trace.js'
import { BlobCorrupt, BlobMissing } from '../platform/blobs/blob-faults.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { traced } from './explain.rules.js'
import type { PastDecisions } from './past-decisions.service.js'
import type { PolicyTool } from './policy-tool.js'
import { sourcesOfRevision } from './source-tree.js'
import type { Turns } from './turns.js'

export interface TraceParts {
  readonly database: Pick<Database, 'inScope'>
  readonly blobs: Pick<BlobStore, 'read'>
  readonly past: PastDecisions
  readonly tool: Pick<PolicyTool, 'open'>
  readonly turns: Turns
}

/** Makes past decisions again by OPA's own interpreter, which shows what they read. */
export class Traces {
  constructor(private readonly parts: TraceParts) {}

  /**
   * Which rules a decision entered and which facts they read, under the revision that made it, and whether the answer is
   * the one on record. Raises `not_found`, `decision.not_replayable`, `policy.sources_missing`, `policy.revision_broken`,
   * `policy.tool_missing`, `decision.not_traceable`, `overloaded`.
   */
  async trace(caller: Caller, id: string): Promise<DecisionTraced> {
    const recorded = await this.parts.past.find(caller, id)
    const { revision, answer, gate, input } = recorded.evidence
    if (revision === null || answer === null) throw problem('decision.not_replayable')
    const files = await this.sources(revision)
    const trace = await this.parts.turns.take(caller.tenantId ?? PLATFORM_TENANT_ID, () =>
      this.run(files, { gate, input }),
    )
    return traced(recorded, { expected: answer, revision }, trace)
  }

  private async run(files: PolicyFiles, question: TraceQuestion): Promise<Trace> {
    try {
      return await traceDecision(await this.parts.tool.open(), files, question)
    } catch (error) {
      if (!(error instanceof OpaEnded || error instanceof ThreadEnded)) throw error
      throw problem('decision.not_traceable', { detail: error.message, cause: error })
    }
  }

  private async sources(revision: string): Promise<PolicyFiles> {
    try {
      return await sourcesOfRevision(this.parts.blobs, this.parts.database, revision)
    } catch (error) {
      if (!(error instanceof BlobCorrupt || error instanceof BlobMissing)) throw error
      throw problem('policy.revision_broken', { cause: error })
    }
  }
}
