import type { WhatIfRun, WhatIfStart } from '#contract/api/what-if-runs.js'
import { WhatIfReport, WhatIfState, type FlipBudget } from '#contract/api/what-if.js'
import { canonicalBytes } from '#engine/canonical.js'
import { reportOf, weighFlips } from '#engine/what-if/report.rules.js'
import { digestOf } from '#runtime/digest.js'
import type { Finished, ShownRow } from './what-ifs.repository.js'

const DAY_MS = 86_400_000

/** The bounds of a run as they are kept. What is decided while it runs is not part of it, so `until` is never open. */
export const boundsOf = ({ since, until, limit, tenant, budget, follow = false }: WhatIfStart, now: number) => ({
  follow,
  since: since === undefined ? (follow ? now : null) : Date.parse(since),
  until: until === undefined ? (follow ? now + DAY_MS : now) : Date.parse(until),
  limit: limit ?? null,
  tenant: tenant ?? null,
  budget: budget ?? null,
})

/** What a report comes to: its digest, and the verdict where a budget was set. */
export const concluded = (report: WhatIfReport, budget: FlipBudget | null): Finished => ({
  report,
  digest: digestOf(canonicalBytes(report)),
  verdict: budget && weighFlips(report, budget),
})

/** A run with its report; that of a shadow is as far as it has come. Older ones lack sums that came later. */
export const withReport = ({ shadowed, ...run }: ShownRow): WhatIfRun => {
  if (run.report !== null) return { ...run, report: WhatIfReport.parse(run.report) }
  return shadowed === null ? run : { ...run, report: reportOf(WhatIfState.parse(shadowed)) }
}

/** A run as its reader may see it: which organisations it was about, and their decisions, only operators of the platform. */
export const shownRun = (run: WhatIfRun, operates: boolean): WhatIfRun =>
  operates || run.report === null ? run : { ...run, report: withoutTenants(run.report) }

const withoutTenants = (report: WhatIfReport): WhatIfReport => {
  const bare = <G extends { samples: unknown[] }>(groups: readonly G[]): G[] =>
    groups.map((group) => ({ ...group, samples: [] }))
  return {
    ...report,
    flips_by_rule: bare(report.flips_by_rule),
    flips_by_reason: bare(report.flips_by_reason),
    flips_by_extension: bare(report.flips_by_extension),
    flips_by_publisher: bare(report.flips_by_publisher),
    flips_by_tenant: [],
  }
}
