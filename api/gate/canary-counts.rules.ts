import { z } from 'zod'
import { FlipSample } from '#contract/api/what-if.js'

const count = z.int().nonnegative()

/** What one instance has counted in one step of a canary. */
export const CanaryCounts = z.strictObject({
  pairs: count,
  skipped: count,
  /** The candidate gave no answer, and the base did. */
  unavailable: count,
  /** Fuel of those that both answered. */
  fuel: count,
  base_fuel: count,
  /** Flips by rule. */
  flips: z.record(z.string(), count),
  /** Those of the plan's changed rules and gates that pairs have included. */
  seen: z.array(z.string()),
  /** By rule. */
  samples: z.record(z.string(), z.array(FlipSample)),
})
export type CanaryCounts = z.infer<typeof CanaryCounts>

/** Flips of a rule that are kept to be shown. */
export const MAX_SAMPLES = 5

export const NOTHING_COUNTED: CanaryCounts = {
  ...{ pairs: 0, skipped: 0, unavailable: 0, fuel: 0, base_fuel: 0 },
  ...{ flips: {}, seen: [], samples: {} },
}

/** What several instances have counted together. */
export const sumCounts = (all: readonly CanaryCounts[]): CanaryCounts => all.reduce(add, NOTHING_COUNTED)

const add = (one: CanaryCounts, other: CanaryCounts): CanaryCounts => ({
  pairs: one.pairs + other.pairs,
  skipped: one.skipped + other.skipped,
  unavailable: one.unavailable + other.unavailable,
  fuel: one.fuel + other.fuel,
  base_fuel: one.base_fuel + other.base_fuel,
  flips: merged(one.flips, other.flips, (a = 0, b = 0) => a + b),
  seen: [...new Set([...one.seen, ...other.seen])].toSorted(),
  samples: merged(one.samples, other.samples, (a = [], b = []) => [...a, ...b].slice(0, MAX_SAMPLES)),
})

const merged = <T>(
  one: Readonly<Record<string, T>>,
  other: Readonly<Record<string, T>>,
  join: (a: T | undefined, b: T | undefined) => T,
): Record<string, T> =>
  Object.fromEntries(
    [...new Set([...Object.keys(one), ...Object.keys(other)])].map((key) => [key, join(one[key], other[key])]),
  )
