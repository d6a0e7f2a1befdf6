import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Reason } from '../decisions/answer.js'
import { UNAVAILABLE_CAUSES } from '../decisions/outcome.js'
import { Digest, DottedId, ExtensionId, Instant, Uuid, text } from '../primitives.js'
import { ANSWERS, DECIDED_BY, GATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

const OUTCOMES = [...ANSWERS, 'unavailable'] as const

/** Filters of a search in the decisions; all that are given must fit. */
export const DecisionQuery = z.strictObject({
  ...pageQuery,
  action: z.enum(ACTION_IDS).optional(),
  gate: z.enum(GATES).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  extension: ExtensionId.optional(),
  actor: text(64, 1).optional().describe('Pseudonym of who asked'),
  execution: Uuid.optional(),
  correlation_id: text(64, 1).optional(),
  after: Instant.optional().describe('Made at this moment or later'),
  before: Instant.optional().describe('Made before this moment'),
})
export type DecisionQuery = z.infer<typeof DecisionQuery>

/**
 * One decision in a list. A publisher sees those about its own extensions: `tenant` is then a pseudonym, and what
 * would tell more of that tenant is null.
 */
export const DecisionSummary = z.strictObject({
  id: Uuid,
  at: Instant,
  tenant: text(64),
  gate: z.enum(GATES),
  action: z.enum(ACTION_IDS),
  outcome: z.enum(OUTCOMES),
  decided_by: z.enum(DECIDED_BY),
  cause: z.enum(UNAVAILABLE_CAUSES).nullable(),
  actor: text(64).nullable(),
  resource: z.strictObject({ kind: text(40), id: text(200) }).nullable(),
  extension: text(200).nullable(),
  install_id: Uuid.nullable(),
  execution_id: Uuid.nullable(),
  correlation_id: text(64).nullable(),
  reasons: z.array(DottedId),
  rules: z.array(DottedId),
  revision: Digest.nullable(),
  count: z.int().positive().describe('How many identical host calls this stands for'),
})
export type DecisionSummary = z.infer<typeof DecisionSummary>
export const DecisionPage = pageOf(DecisionSummary)

/** A rule that fired, in words, and where it stands in the Rego sources. */
const FiredRule = z.strictObject({
  id: DottedId,
  title: text(1000).nullable(),
  description: text(4000).nullable(),
  location: z.strictObject({ file: text(300), line: z.int().positive() }).nullable(),
})

/** Why a decision was made as it was. `facts` are there only if they were asked for and `decision:explain` lets them be seen. */
export const DecisionExplained = z.strictObject({
  ...DecisionSummary.shape,
  reasons: z.array(Reason),
  rules: z.array(FiredRule),
  input_digest: Digest.nullable(),
  engine: text(200).nullable(),
  tenant_module: Digest.nullable().describe("The organisation's own policy that was asked as well"),
  fuel: z.int().nonnegative().nullable(),
  expires_at: Instant.nullable(),
  ledger: z.strictObject({ leaf_hash: text(64), leaf_index: z.int().nonnegative().nullable() }).nullable(),
  after: z
    .strictObject({ outcome: z.enum(ANSWERS), reasons: z.array(DottedId) })
    .nullable()
    .describe('What policy would say once every remedy that changes facts were taken; null where none does'),
  facts: z.json().optional(),
})
export type DecisionExplained = z.infer<typeof DecisionExplained>

export const DecisionShowQuery = z.strictObject({
  facts: z.enum(['true', 'false']).optional().describe('Also show the facts; needs decision:explain and is recorded'),
})

/** What evaluating the stored input bytes again gave. */
export const DecisionReplayed = z.strictObject({
  decision_id: Uuid,
  revision: Digest,
  equal: z.boolean().describe('The answer has the same bytes'),
  expected_digest: Digest,
  actual_digest: Digest,
  engine_same: z.boolean().describe('Today the same engine evaluates as then'),
  input_intact: z.boolean().describe('The stored input still has its recorded digest'),
})
export type DecisionReplayed = z.infer<typeof DecisionReplayed>
