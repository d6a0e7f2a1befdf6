import type { ChangeCount, FlipBudget, FlipVerdict, WhatIfReport, WhatIfState } from '#contract/api/what-if.js'

/** What a replay found, most flips first. */
export function reportOf(state: WhatIfState): WhatIfReport {
  const { by, samples: _samples, cursor: _cursor, ...sums } = state
  const rate = (flips: number): number => (sums.replayed === 0 ? 0 : flips / sums.replayed)
  const changes = (groups: readonly ChangeCount[]) =>
    groups.toSorted(byFlips).map((group) => ({ ...group, rate: rate(group.flips) }))
  const flips = (groups: readonly ChangeCount[]) =>
    changes(groups).map(({ appeared: _appeared, vanished: _vanished, ...group }) => group)
  return {
    ...sums,
    flip_rate: rate(sums.flips),
    flips_by_rule: changes(by.rule),
    flips_by_reason: changes(by.reason),
    flips_by_extension: flips(by.extension),
    flips_by_publisher: flips(by.publisher),
    flips_by_tenant: flips(by.tenant),
  }
}

const byFlips = (one: ChangeCount, other: ChangeCount): number =>
  other.flips - one.flips || (one.key < other.key ? -1 : 1)

/** Share of replayed decisions that flip by each rule: what a canary's live flips are held against. */
export const foretoldRates = (report: WhatIfReport): ReadonlyMap<string, number> =>
  new Map(report.flips_by_rule.map(({ key, rate }) => [key, rate]))

/** Holds a report against a budget. A replay that could replay nothing keeps no budget: it has shown nothing. */
export function weighFlips(report: WhatIfReport, budget: FlipBudget): FlipVerdict {
  const bounds: FlipVerdict['exceeded'] = [
    { bound: 'max_flips', rule: null, allowed: budget.max_flips ?? Infinity, found: report.flips },
    {
      ...{ bound: 'max_flips_percent', rule: null },
      ...{ allowed: budget.max_flips_percent ?? Infinity, found: report.flip_rate * 100 },
    },
    ...Object.entries(budget.per_rule ?? {}).map(([rule, allowed]) => ({
      ...{ bound: 'per_rule' as const, rule, allowed },
      found: report.flips_by_rule.find(({ key }) => key === rule)?.flips ?? 0,
    })),
  ]
  const exceeded = bounds.filter(({ allowed, found }) => found > allowed)
  if (report.decisions > 0 && report.replayed === 0)
    exceeded.push({ bound: 'nothing_replayed', rule: null, allowed: 1, found: 0 })
  return { within: exceeded.length === 0, exceeded }
}
