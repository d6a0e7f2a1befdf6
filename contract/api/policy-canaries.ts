import { z } from 'zod'
import { Digest, Instant, Uuid, text } from '../primitives.js'
import { pageOf, pageQuery } from './page.js'
import { FlipSample } from './what-if.js'

/** Where a canary stands. One is overtaken where any other change of the policy in force comes meanwhile. */
export const CANARY_STATES = ['running', 'finished', 'reverted', 'overtaken'] as const

/** Shares of what is decided, in percent, that the candidate takes over one after another. */
export const CANARY_STEPS = [1, 10, 100] as const

/** Pairs that a step takes at least, before it ends by itself. */
export const CANARY_PAIRS = 500

/** What is put into one cohort or the other as a whole: organisations, or, where there are few, their installs. */
export const CANARY_UNITS = ['tenant', 'install'] as const

/** Why, for the record. */
export const CanaryRequest = z.strictObject({ reason: text(500, 3) })
export type CanaryRequest = z.infer<typeof CanaryRequest>

/** Why, and which step is meant: one that the canary has left meanwhile is not ended in its place. */
export const CanaryAdvance = CanaryRequest.extend({
  from: z
    .literal(CANARY_STEPS)
    .optional()
    .describe(
      'Percent of the step to end; `conflict` where the canary is at another one by now. Absent: whichever it is at',
    ),
})
export type CanaryAdvance = z.infer<typeof CanaryAdvance>

/** Flips of one rule within a step: what the approved what-if foretold for so many pairs, and what came. */
export const CanaryFlips = z.strictObject({
  rule: z.string(),
  foretold_rate: z
    .number()
    .nonnegative()
    .describe('Share of past decisions that flipped by this rule; 0 where none did'),
  bound: z.number().nonnegative().describe('Flips that are taken among so many pairs'),
  found: z.int().nonnegative(),
})
export type CanaryFlips = z.infer<typeof CanaryFlips>

/** What the decisions of the present step have shown, over all instances. */
export const CanaryPairs = z.strictObject({
  pairs: z.int().nonnegative().describe('Decisions of the candidate that were held against an answer of the base'),
  skipped: z
    .int()
    .nonnegative()
    .describe('Decisions of the candidate that were held against nothing: too many waited, or the base had no answer'),
  flips: z.array(CanaryFlips),
  unavailable: z.int().nonnegative().describe('The candidate gave no answer, and the base did'),
  cost_ratio: z
    .number()
    .nonnegative()
    .nullable()
    .describe('Fuel of the candidate over that of the base; null before the first pair'),
  unseen: z.array(z.string()).describe('Changed rules, or gates whose rules changed, that no pair has included yet'),
})
export type CanaryPairs = z.infer<typeof CanaryPairs>

/** Why a canary was taken back, with what shows it. */
export const CanaryBreach = z.strictObject({
  kind: z.enum(['flips', 'unavailable', 'cost']),
  rule: z.string().nullable(),
  bound: z.number().nonnegative(),
  found: z.number().nonnegative(),
  step: CanaryPairs,
  samples: z.array(FlipSample).describe('Some of the flips; only for the platform’s own'),
  seen_by: text(128).describe('The instance that saw it first'),
})
export type CanaryBreach = z.infer<typeof CanaryBreach>

/** A candidate that takes over by degrees, each of its decisions held against the base. */
export const PolicyCanary = z.strictObject({
  id: Uuid,
  state: z.enum(CANARY_STATES),
  revision: Digest.describe('The candidate'),
  base_revision: Digest.describe('What decides otherwise, and again where the candidate is taken back'),
  percent: z.union([z.literal(1), z.literal(10), z.literal(100)]),
  unit: z.enum(CANARY_UNITS),
  reason: z.string(),
  by: text(64),
  approval_id: Uuid.nullable(),
  what_if: Uuid.nullable().describe('The approved what-if that foretells its flips; null: none are foretold'),
  changed: z
    .array(z.string())
    .describe('Changed rules, or gates whose rules changed: each step must include all of them'),
  pairs: CanaryPairs.describe('Of the present or last step'),
  breach: CanaryBreach.nullable(),
  ended_by: text(64).nullable(),
  ended_because: z.string().nullable(),
  started_at: Instant,
  step_at: Instant.describe('When the present step began'),
  ended_at: Instant.nullable(),
  decision_id: Uuid,
})
export type PolicyCanary = z.infer<typeof PolicyCanary>

export const CanaryPage = pageOf(PolicyCanary)
export const CanaryQuery = z.strictObject({ ...pageQuery })
export type CanaryQuery = z.infer<typeof CanaryQuery>
