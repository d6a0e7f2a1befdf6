import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Digest, DottedId, EpochMs, Uuid, text } from '../primitives.js'
import { ANSWERS, GATES } from '../vocabulary.js'

/**
 * Why a past decision can't be replayed: it was made below policy (`kill`, `floor`, `unavailable`), its record holds no
 * answer, its input was masked, altered or no longer fits what its gate takes, or its recorded answer can't be read.
 */
export const NOT_REPLAYABLE = [
  'kill',
  'floor',
  'unavailable',
  'no_answer',
  'masked',
  'input_altered',
  'input_unfit',
  'answer_unreadable',
] as const
export type NotReplayable = (typeof NOT_REPLAYABLE)[number]

/**
 * Why the candidate gave no answer: of its own (`budget`, `memory`, `trap`, `invalid`), or because the thread that asked
 * it was ended (`deadline`, `crashed`), or because so many were that it is asked no more (`abandoned`).
 */
export const NO_ANSWER_CAUSES = ['budget', 'memory', 'trap', 'invalid', 'deadline', 'crashed', 'abandoned'] as const
export type NoAnswerCause = (typeof NO_ANSWER_CAUSES)[number]

/**
 * What changed: the outcome, the reasons of the same refusal or hold, or what goes with the same answer: its obligations, or what a
 * hold asks for.
 */
export const FLIP_KINDS = ['outcome', 'reasons', 'duties'] as const
export type FlipKind = (typeof FLIP_KINDS)[number]

/** Stands in for the rule where the candidate gave no answer, so that such a flip is counted by rule as well. */
export const NO_ANSWER_RULE = 'policy.unavailable'
/** Stands in for the rule where the same rules gave another answer. */
export const SAME_RULES = 'policy.same_rules'

/** What was said of one decision. `cause` is set where, and only where, there was no answer. */
export const Said = z.strictObject({
  outcome: z.enum([...ANSWERS, 'unavailable']),
  rules: z.array(DottedId).max(100),
  reasons: z.array(DottedId).max(100),
  cause: z.enum(NO_ANSWER_CAUSES).nullable(),
  duties: z
    .array(z.string())
    .optional()
    .describe('Obligations, and what a hold asks for; told where nothing else differs'),
})
export type Said = z.infer<typeof Said>

/** One flip, with what tells it apart and where to read on. */
export const FlipSample = z.strictObject({
  decision_id: Uuid,
  at: EpochMs,
  gate: z.enum(GATES),
  action: z.enum(ACTION_IDS),
  revision: Digest.nullable().describe('Bundle revision that answered then'),
  kind: z.enum(FLIP_KINDS),
  before: Said,
  after: Said,
})
export type FlipSample = z.infer<typeof FlipSample>

const count = z.int().nonnegative()
const rate = z.number().min(0).max(1).describe('Share of the decisions that were replayed')

/** Flips that have one thing in common, with the first of them. */
const FlipCount = z.strictObject({
  key: text(200).describe('The rule, reason, extension, publisher or tenant'),
  flips: count,
  outcome: count.describe('Flips of the outcome'),
  reasons: count.describe('Flips of the reasons alone'),
  duties: count.default(0).describe('Flips of what goes with the same answer'),
  samples: z.array(FlipSample),
})
/** The same for a rule or reason: how often it fires in the flips now and did not, and the other way round. */
const ChangeCount = FlipCount.extend({ appeared: count, vanished: count })
export type ChangeCount = z.infer<typeof ChangeCount>

const FlipGroup = FlipCount.extend({ rate })
const ChangeGroup = ChangeCount.extend({ rate })

const totals = {
  decisions: count.describe('Past decisions that were read'),
  replayed: count,
  flips: count,
  outcome_flips: count,
  reason_flips: count,
  duty_flips: count
    .default(0)
    .describe('Same outcome and reasons, but other obligations, or a hold that asks for something else'),
  differs_otherwise: count.describe('The same in all of that, but by other rules or with other parameters'),
  not_replayable: z.partialRecord(z.enum(NOT_REPLAYABLE), count),
  no_answer: z.partialRecord(z.enum(NO_ANSWER_CAUSES), count).describe('Flips in which the candidate gave no answer'),
}

/** Where a replay stands: everything up to this decision is in the totals, nothing after it. */
export const PastCursor = z.strictObject({ at: EpochMs, id: Uuid })
export type PastCursor = z.infer<typeof PastCursor>

/** A replay that was cut, to be gone on with. */
export const WhatIfState = z.strictObject({
  candidate: Digest,
  samples: count.describe('Most samples of each group'),
  cursor: PastCursor.nullable(),
  ...totals,
  by: z.strictObject({
    rule: z.array(ChangeCount),
    reason: z.array(ChangeCount),
    extension: z.array(ChangeCount),
    publisher: z.array(ChangeCount),
    tenant: z.array(ChangeCount),
  }),
})
export type WhatIfState = z.infer<typeof WhatIfState>

/**
 * What a candidate would have changed. A flip counts under every rule (reason) that fires on one side only, so the flips
 * of all rules may be more than all flips. `flips_by_rule` is what a canary's live flips are held against.
 */
export const WhatIfReport = z.strictObject({
  candidate: Digest,
  ...totals,
  flip_rate: rate,
  flips_by_rule: z.array(ChangeGroup),
  flips_by_reason: z.array(ChangeGroup),
  flips_by_extension: z.array(FlipGroup),
  flips_by_publisher: z.array(FlipGroup),
  flips_by_tenant: z.array(FlipGroup),
})
export type WhatIfReport = z.infer<typeof WhatIfReport>

/** How many flips are taken. What is absent is not bounded. */
export const FlipBudget = z.strictObject({
  max_flips: count.optional(),
  max_flips_percent: z.number().min(0).max(100).optional().describe('Of the decisions that were replayed'),
  per_rule: z.record(DottedId, count).optional().describe('Most flips that a rule takes part in'),
})
export type FlipBudget = z.infer<typeof FlipBudget>

/** Whether a report stays within a budget, and each bound that it does not keep. */
export const FlipVerdict = z.strictObject({
  within: z.boolean(),
  exceeded: z.array(
    z.strictObject({
      bound: z.enum(['max_flips', 'max_flips_percent', 'per_rule', 'nothing_replayed']),
      rule: DottedId.nullable(),
      allowed: z.number(),
      found: z.number(),
    }),
  ),
})
export type FlipVerdict = z.infer<typeof FlipVerdict>
