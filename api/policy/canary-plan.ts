import { WhatIfReport } from '#contract/api/what-if.js'
import { GATES } from '#contract/vocabulary.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { changesBetween } from '#engine/author/diff.rules.js'
import { diffAside } from '#engine/author/index.js'
import type { ReasonCatalogue } from '#engine/reasons.js'
import { foretoldRates } from '#engine/what-if/report.rules.js'
import type { CanaryPlan } from '../gate/canary-course.js'
import type { PolicySet } from '../gate/policy-set.service.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import type { PolicyTool } from './policy-tool.js'
import { sourcesOfRevision } from './source-tree.js'
import type { Turns } from './turns.js'
import { findWhatIf } from './what-ifs.repository.js'

export interface CanaryPlanParts {
  readonly database: Pick<Database, 'inScope'>
  readonly blobs: Pick<BlobStore, 'read'>
  readonly policies: Pick<PolicySet, 'at'>
  readonly tool: Pick<PolicyTool, 'open'>
  readonly turns: Turns
}

/** A canary that is planned: who would take over from whom, and the what-if that people were shown. */
export interface Planned {
  /** Null where nothing decides: then nothing begins either. */
  readonly base: string | null
  readonly revision: string
  readonly what_if: string | null
}

/** Works out what a canary is held against. */
export class CanaryPlans {
  constructor(private readonly parts: CanaryPlanParts) {}

  /** What the approved what-if foretold, and which rules differ. */
  async plan(planned: Planned): Promise<CanaryPlan> {
    return { foretold: await this.foretold(planned.what_if), changed: await this.changed(planned) }
  }

  private async foretold(whatIf: string | null): Promise<CanaryPlan['foretold']> {
    if (whatIf === null) return {}
    const run = await this.parts.database.inScope({ platform: true }, (tx) => findWhatIf(tx, whatIf))
    return Object.fromEntries(foretoldRates(WhatIfReport.parse(run?.report)))
  }

  /** By meaning where the sources of both are kept; else what reasons say of themselves must do. */
  private async changed({ base, revision }: Planned): Promise<string[]> {
    const { blobs, database, tool, turns } = this.parts
    if (base === null) return []
    try {
      const [before, after] = await Promise.all(
        [base, revision].map((each) => sourcesOfRevision(blobs, database, each)),
      )
      const { meaning } = await turns.take(PLATFORM_TENANT_ID, async () =>
        diffAside(before!, after!, { tool: await tool.open() }),
      )
      if (meaning) return rulesIn([...meaning.rules.map(({ id }) => id), ...meaning.reasons.map(({ id }) => id)])
    } catch {
      // No sources, or nothing to read them with: that is no reason not to begin.
    }
    const [before, after] = await Promise.all([base, revision].map((each) => this.parts.policies.at(each)))
    return reasonsBetween(before?.reasons ?? {}, after?.reasons ?? {})
  }
}

const REASON_OF_SET = /^governance\.\w+\.\w+\["([\w.]+)"\]$/
const PACKAGE = /^governance\.(\w+)\./

/**
 * What pairs must include, from the ids of a diff: a reason stands for itself, any other rule of a gate for that gate. What all
 * gates share stands for none: every pair includes it.
 */
export const rulesIn = (ids: readonly string[]): string[] => {
  const named = ids.flatMap((id) => {
    const reason = REASON_OF_SET.exec(id)?.[1]
    if (reason !== undefined) return [reason]
    const gate = PACKAGE.exec(id)?.[1]
    if (gate === undefined) return [id]
    return GATES.some((known) => known === gate) ? [gate] : []
  })
  return [...new Set(named)].toSorted()
}

const reasonsBetween = (before: ReasonCatalogue, after: ReasonCatalogue): string[] => {
  const [a, b] = [before, after].map((each) => new Map(Object.entries(each)))
  return changesBetween(a!, b!, () => true).map(({ id }) => id)
}
