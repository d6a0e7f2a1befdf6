import { WhatIfReport } from '#contract/api/what-if.js'
import { GATES, PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import { Problem } from '#contract/problems.js'
import { diffAside, SourcesUnreadable, type Meaning } from '#engine/author/index.js'
import { foretoldRates } from '#engine/what-if/report.rules.js'
import type { CanaryPlan } from '../gate/canary-course.js'
import type { BlobStore } from '../platform/blobs/blob-store.js'
import type { Database } from '../platform/database/database.service.js'
import type { PolicyTool } from './policy-tool.js'
import { sourcesOfRevision } from './source-tree.js'
import type { Turns } from './turns.js'
import { findWhatIf } from './what-ifs.repository.js'

export interface CanaryPlanParts {
  readonly database: Pick<Database, 'inScope'>
  readonly blobs: Pick<BlobStore, 'read'>
  readonly tool: Pick<PolicyTool, 'open'>
  readonly turns: Turns
}

/** A canary that is planned: who would take over from whom, and the what-if that people were shown. */
export interface Planned {
  readonly base: string
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

  /** What cannot be told includes everything: then a person ends the steps. */
  private async changed({ base, revision }: Planned): Promise<string[]> {
    const meaning = await this.meaningBetween(base, revision)
    if (!meaning) return [...GATES]
    const { rules, reasons, data } = meaning
    const named = [
      ...rulesIn([...rules, ...reasons].map(({ id }) => id)),
      ...data.flatMap(({ id }) => gatesOfSetting(id)),
    ]
    return [...new Set(named)].toSorted()
  }

  /** Null where the sources of either are not kept, or there is nothing to read them with. */
  private async meaningBetween(...revisions: [string, string]): Promise<Meaning | null> {
    const { blobs, database, tool, turns } = this.parts
    try {
      const [before, after] = await Promise.all(revisions.map((each) => sourcesOfRevision(blobs, database, each)))
      const { meaning } = await turns.take(PLATFORM_TENANT_ID, async () =>
        diffAside(before!, after!, { tool: await tool.open() }),
      )
      return meaning
    } catch (error) {
      if (error instanceof SourcesUnreadable || (error instanceof Problem && UNTOLD.has(error.code))) return null
      throw error
    }
  }
}

/** Why it cannot be told what differs; anything else that goes wrong is no answer at all. */
const UNTOLD: ReadonlySet<string> = new Set(['policy.sources_missing', 'policy.tool_missing'])

const SETTING = /^\/platform\/(\w+)\//

/** The gates that a setting of the platform may matter to: they are kept by gate, but for those of policies themselves. */
const gatesOfSetting = (pointer: string): readonly string[] => {
  const part = SETTING.exec(pointer)?.[1]
  if (part === 'policy') return ['admin']
  return GATES.some((gate) => gate === part) ? [part!] : GATES
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
