import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Reason, Waived } from '../decisions/answer.js'
import { UNAVAILABLE_CAUSES } from '../decisions/outcome.js'
import { Digest, DottedId, ExtensionId, Instant, Uuid, text } from '../primitives.js'
import { ANSWERS, DECIDED_BY, GATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

/** How a decision came out. */
export const OUTCOMES = [...ANSWERS, 'unavailable'] as const

/** What decisions are searched by; all that are given must fit. */
export const DecisionFilters = z.strictObject({
  gate: z.enum(GATES).optional(),
  action: z.enum(ACTION_IDS).optional(),
  outcome: z.enum(OUTCOMES).optional(),
  decided_by: z.enum(DECIDED_BY).optional(),
  cause: z.enum(UNAVAILABLE_CAUSES).optional().describe('Why no decision could be made'),
  tenant: Uuid.optional().describe('Organisation that it was filed under'),
  workspace: Uuid.optional(),
  publisher: Uuid.optional(),
  extension: ExtensionId.optional(),
  install: Uuid.optional(),
  execution: Uuid.optional(),
  actor: text(64, 1).optional().describe('Pseudonym of who asked'),
  resource_kind: text(40, 1).optional(),
  resource: text(200, 1).optional().describe('Id of what was acted on'),
  reason: DottedId.optional().describe('Among the reasons'),
  rule: DottedId.optional().describe('Among the rules that fired'),
  revision: Digest.optional().describe('Bundle revision (policy WASM and data) that decided'),
  correlation_id: text(64, 1).optional(),
  since: Instant.optional().describe('Made at this moment or later'),
  until: Instant.optional().describe('Made before this moment'),
})
export type DecisionFilters = z.infer<typeof DecisionFilters>

/** The longest that a feed waits, in seconds: most proxies cut a request that says nothing for a minute. */
export const MAX_FEED_WAIT_S = 50

const feedQuery = {
  after: text(64, 1).optional().describe('next_cursor of a feed; begin or end for the first time'),
  wait: z.coerce
    .number()
    .int()
    .min(0)
    .max(MAX_FEED_WAIT_S)
    .optional()
    .describe('Seconds to wait for something new; goes with after'),
}

/** A search, newest first; with `after` a feed instead, in the order of the log, which is recorded as an export. */
export const DecisionQuery = z.strictObject({ ...pageQuery, ...DecisionFilters.shape, ...feedQuery })
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
  revision: Digest.nullable().describe('Bundle revision that decided; sealed revisions may share it'),
  count: z.int().positive().describe('How many identical host calls this stands for'),
})
export type DecisionSummary = z.infer<typeof DecisionSummary>
export const DecisionPage = pageOf(DecisionSummary)

/** How an export is written: our own records, or events of OPA's decision log. */
export const EXPORT_FORMATS = ['jsonl', 'opa'] as const
export type ExportFormat = (typeof EXPORT_FORMATS)[number]

/** An export from a place of the log to its end, one line for each decision. */
export const DecisionExportQuery = z.strictObject({
  format: z.enum(EXPORT_FORMATS).default('jsonl'),
  ...feedQuery,
  ...DecisionFilters.shape,
})
export type DecisionExportQuery = z.infer<typeof DecisionExportQuery>

/** Header of an export: where to go on once all of it has come. */
export const NEXT_CURSOR_HEADER = 'gatehouse-next-cursor'

/** A rule that fired, in words, and where it stands in the Rego sources. */
export const ExplainedRule = z.strictObject({
  id: DottedId,
  title: text(1000).nullable(),
  description: text(4000).nullable(),
  location: z.strictObject({ file: text(300), line: z.int().positive() }).nullable(),
})

/** Why a decision was made as it was. `facts` are there only if they were asked for and `decision:explain` lets them be seen. */
export const DecisionExplained = z.strictObject({
  ...DecisionSummary.shape,
  reasons: z.array(Reason),
  rules: z.array(ExplainedRule),
  input_digest: Digest.nullable(),
  engine: text(200).nullable(),
  tenant_module: Digest.nullable().describe("The organisation's own policy that was asked as well"),
  fuel: z.int().nonnegative().nullable(),
  expires_at: Instant.nullable(),
  waived: z.array(Waived).describe('Reasons that fired and did not count, each with the waiver that took it out'),
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
  revision: Digest.describe('Bundle revision that decided, and decides again'),
  equal: z.boolean().describe('The answer has the same bytes'),
  expected_digest: Digest,
  actual_digest: Digest,
  engine_same: z.boolean().describe('Today the same engine evaluates as then'),
  input_intact: z.boolean().describe('The stored input still has its recorded digest'),
})
export type DecisionReplayed = z.infer<typeof DecisionReplayed>
