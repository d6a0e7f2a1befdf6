import { CANARY_PAIRS, type CanaryBreach, type CanaryFlips, type CanaryPairs } from '#contract/api/policy-canaries.js'
import { NO_ANSWER_RULE, type FlipSample } from '#contract/api/what-if.js'
import type { CanaryCounts } from '../gate/canary-counts.rules.js'
import type { CanaryPlan } from '../gate/canary-course.js'

/** Standard deviations above what was foretold that chance is given. */
const DEVIATIONS = 3
/** Share of the pairs to which the candidate may give no answer where the base does. */
const MAX_UNAVAILABLE = 0.001
/** How much more fuel than the base the candidate may spend on average, and the pairs that it takes to say so. */
const MAX_COST_RATIO = 2
const MIN_COST_PAIRS = 50

/**
 * Flips of a rule that are taken among so many pairs. Of what flips at a foretold rate, the expected number and three standard
 * deviations of a binomial distribution above it, and one more, so that the first few pairs are no verdict. Of what was not
 * foretold, none.
 */
export const flipBound = (pairs: number, rate: number): number =>
  rate === 0 ? 0 : pairs * rate + DEVIATIONS * Math.sqrt(pairs * rate * (1 - rate)) + 1

/** Why a canary must be taken back. */
export type Breach = Pick<CanaryBreach, 'kind' | 'rule' | 'bound' | 'found'>

/** What the counts of a step come to. */
export interface CanaryVerdict {
  readonly breach: Breach | null
  /** The step has all its pairs, and nothing speaks against going on. */
  readonly complete: boolean
}

/** Holds the counts of a step against what was foretold. */
export const judgeCanary = (counts: CanaryCounts, plan: CanaryPlan): CanaryVerdict => {
  const breach = breachOf(counts, plan)
  const complete = breach === null && counts.pairs >= CANARY_PAIRS && unseen(counts, plan).length === 0
  return { breach, complete }
}

const breachOf = (counts: CanaryCounts, plan: CanaryPlan): Breach | null => {
  const most = counts.pairs * MAX_UNAVAILABLE
  if (counts.unavailable > most)
    return { kind: 'unavailable', rule: NO_ANSWER_RULE, bound: most, found: counts.unavailable }
  const over = flipsOf(counts, plan).find(({ rule, bound, found }) => rule !== NO_ANSWER_RULE && found > bound)
  if (over) return { kind: 'flips', rule: over.rule, bound: over.bound, found: over.found }
  const ratio = costRatio(counts)
  const isDear = ratio !== null && counts.pairs >= MIN_COST_PAIRS && ratio > MAX_COST_RATIO
  return isDear ? { kind: 'cost', rule: null, bound: MAX_COST_RATIO, found: ratio } : null
}

/** The counts in the form in which they are shown. */
export const shownPairs = (counts: CanaryCounts, plan: CanaryPlan): CanaryPairs => ({
  pairs: counts.pairs,
  skipped: counts.skipped,
  flips: flipsOf(counts, plan),
  unavailable: counts.unavailable,
  cost_ratio: costRatio(counts),
  unseen: unseen(counts, plan),
})

/** Rules that flipped or were foretold to, those with most flips first, and of these such as tell callers a reason. */
const flipsOf = ({ flips, pairs, samples }: CanaryCounts, { foretold }: CanaryPlan): CanaryFlips[] =>
  [...new Set([...Object.keys(flips), ...Object.keys(foretold)])]
    .map((rule) => {
      const rate = foretold[rule] ?? 0
      return { rule, foretold_rate: rate, bound: flipBound(pairs, rate), found: flips[rule] ?? 0 }
    })
    .toSorted(
      (one, other) =>
        other.found - one.found ||
        Number(isReason(samples[other.rule], other.rule)) - Number(isReason(samples[one.rule], one.rule)) ||
        (one.rule < other.rule ? -1 : 1),
    )

const isReason = (samples: readonly FlipSample[] = [], rule: string): boolean =>
  samples.some(({ before, after }) => before.reasons.includes(rule) || after.reasons.includes(rule))

const costRatio = ({ fuel, base_fuel }: CanaryCounts): number | null => (base_fuel === 0 ? null : fuel / base_fuel)

const unseen = ({ seen }: CanaryCounts, { changed }: CanaryPlan): string[] =>
  changed.filter((each) => !seen.includes(each))
