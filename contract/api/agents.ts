import { z } from 'zod'
import { ACTION_IDS } from '../actions.js'
import { Digest, Instant, Uuid, text } from '../primitives.js'
import { ANSWERS, GATES } from '../vocabulary.js'
import { pageOf, pageQuery } from './page.js'

/** Content type of a bundle; an agent that sees it in an answer knows that it may ask for long polling. */
export const OPA_BUNDLE_TYPE = 'application/vnd.openpolicyagent.bundles'
/** The bundle's name in an agent's configuration and reports. */
export const OPA_BUNDLE = 'gatehouse'

/** What an agent calls itself: `id` is its own for as long as it runs, the others come from its configuration. */
export const OpaLabels = z.record(z.string().max(100), z.string().max(500)).refine(({ id = '' }) => id.length > 0, {
  error: 'must have an id',
})

const ReportedBundle = z.looseObject({
  active_revision: z.string().max(200).optional(),
  code: z.string().max(200).optional(),
  message: z.string().max(4000).optional(),
  errors: z.array(z.unknown()).max(10_000).optional(),
})

/** A status report as OPA sends it: https://www.openpolicyagent.org/docs/management-status. What is not read here may be anything. */
export const OpaStatusReport = z.looseObject({
  labels: OpaLabels,
  bundles: z.record(z.string().max(200), ReportedBundle).optional(),
  discovery: ReportedBundle.optional(),
})
export type OpaStatusReport = z.infer<typeof OpaStatusReport>

export const OpaStatusTaken = z.strictObject({ agent: z.string() })

/** How many events of a decision log are on record now; what was there already counts too. */
export const OpaLogsTaken = z.strictObject({
  kept: z.int().nonnegative(),
  refused: z.int().nonnegative().describe('Events that are no decisions in the form of OPA, and are not kept'),
})
export type OpaLogsTaken = z.infer<typeof OpaLogsTaken>

/** An OPA agent that is governed from here. */
export const OpaAgent = z.strictObject({
  id: z.string().describe('Its own id, which it makes when it starts'),
  tenant: Uuid,
  principal: text(64).describe('Pseudonym of the service account that it comes with'),
  version: z.string().nullable(),
  labels: z.record(z.string(), z.string()),
  active_revision: z.string().nullable().describe('The policy that it says it decides by'),
  follows: z.boolean().describe('That is the one in force'),
  errors: z.array(z.string()).describe('What went wrong with its bundles, in its own words'),
  refused_events: z.int().nonnegative().describe('Events of its decision log that were not in the form of OPA'),
  reported_at: Instant.nullable().describe('When its last status came; null while it only sent decisions'),
  seen_at: Instant,
})
export type OpaAgent = z.infer<typeof OpaAgent>
export const OpaAgentPage = pageOf(OpaAgent)
export const OpaAgentQuery = z.strictObject(pageQuery)
export type OpaAgentQuery = z.infer<typeof OpaAgentQuery>

export const AgentDecisionQuery = z.strictObject({
  ...pageQuery,
  agent: z.string().min(1).max(100).optional(),
  gate: z.enum(GATES).optional(),
})
export type AgentDecisionQuery = z.infer<typeof AgentDecisionQuery>

/** A decision that an agent made and told of. It permits nothing here. */
export const AgentDecision = z.strictObject({
  id: Uuid,
  source: z.literal('agent'),
  at: Instant.describe('By the clock of the agent'),
  received_at: Instant,
  tenant: Uuid,
  agent: z.string(),
  principal: text(64),
  decision_id: z.string().describe('The id that the agent gave it'),
  path: z.string().nullable().describe('The rule that was asked; null for an ad-hoc query'),
  gate: z.enum(GATES).nullable().describe('Null where the rule is none of our entrypoints'),
  action: z.enum(ACTION_IDS).nullable(),
  outcome: z.enum(ANSWERS).nullable().describe('Null where the answer is not one of ours'),
  revision: Digest.nullable().describe('The policy of ours by which it was made'),
  error: z.string().nullable(),
  masked: z.boolean().describe('The agent took parts out before it sent the decision'),
  masked_paths: z.array(z.string()),
  replayable: z.boolean().describe('Whole, and made at one of our entrypoints by a policy of ours'),
})
export type AgentDecision = z.infer<typeof AgentDecision>
export const AgentDecisionPage = pageOf(AgentDecision)
