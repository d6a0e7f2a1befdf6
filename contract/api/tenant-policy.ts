import { z } from 'zod'
import { MAX_RESTRICTIONS, TenantReasonId } from '../decisions/restrictions.js'
import { Digest, Instant, RowVersion, Uuid, text } from '../primitives.js'
import { PolicyChecks } from './policy-drafts.js'

/** Most UTF-16 units of the rules, and of their tests. */
const MAX_SOURCE = 64 * 1024

/** Rego of the package `tenant`, and its tests in the package `tenant_test`. */
const Sources = { source: text(MAX_SOURCE, 1), tests: text(MAX_SOURCE) }

/** Writes the draft. `version` says what was read of it; null where there was none yet. */
export const TenantDraftWrite = z.strictObject({ ...Sources, version: RowVersion.nullable() })
export type TenantDraftWrite = z.infer<typeof TenantDraftWrite>

/** Which state of the draft an action is about. */
export const TenantDraftVersion = z.strictObject({ version: RowVersion })
export type TenantDraftVersion = z.infer<typeof TenantDraftVersion>

/** Puts the draft in force; the reason goes on record. */
export const TenantActivationRequest = z.strictObject({ version: RowVersion, reason: text(500, 3) })
export type TenantActivationRequest = z.infer<typeof TenantActivationRequest>

/** Back to what was in force before; to the change of number `to`, or with 0 to none at all. */
export const TenantRollbackRequest = z.strictObject({ to: z.int().nonnegative().optional(), reason: text(500, 3) })
export type TenantRollbackRequest = z.infer<typeof TenantRollbackRequest>

/** What one restriction would have done to past decisions of the organisation. */
const Effect = z.strictObject({
  reason: TenantReasonId,
  effect: z.enum(['deny', 'hold']),
  decisions: z.int().positive(),
  example: Uuid.describe('The newest of them'),
})

/** What the draft would have done to the newest decisions of the organisation that the platform did not deny anyway. */
export const TenantWhatIf = z.strictObject({
  decisions: z.int().nonnegative().describe('How many were asked again'),
  denied: z.int().nonnegative().describe('Those that it would have denied'),
  held: z.int().nonnegative().describe('Those that passed and would have waited for a person'),
  effects: z.array(Effect).max(1000),
})
export type TenantWhatIf = z.infer<typeof TenantWhatIf>

/** Restrictions in the making; an organisation has one draft. */
export const TenantDraft = z.strictObject({
  source: z.string(),
  tests: z.string(),
  checks: PolicyChecks.nullable().describe('The last run'),
  checked: z.boolean().describe('The last run was on exactly this'),
  module: Digest.nullable().describe('What it compiled to in the last run'),
  what_if: TenantWhatIf.nullable(),
  updated_by: text(64),
  decision_id: Uuid,
  version: RowVersion,
  updated_at: Instant,
})
export type TenantDraft = z.infer<typeof TenantDraft>

/** One change of what an organisation has in force. */
export const TenantActivation = z.strictObject({
  seq: z.int().positive().describe("Grows by one with each of the organisation's"),
  module: Digest.nullable().describe('Null where nothing was in force from then on'),
  replaces: Digest.nullable(),
  kind: z.enum(['activate', 'rollback']),
  reason: z.string(),
  by: text(64),
  approval_id: Uuid.nullable(),
  decision_id: Uuid,
  at: Instant,
})
export type TenantActivation = z.infer<typeof TenantActivation>

/** The changes, newest first; at most a hundred. */
export const TenantHistory = z.strictObject({ activations: z.array(TenantActivation) })

/** One change with what came in force by it; null where that was nothing. */
export const TenantActivationShown = TenantActivation.extend({
  source: z.string().nullable(),
  tests: z.string().nullable(),
})
export type TenantActivationShown = z.infer<typeof TenantActivationShown>

/** What an organisation adds to the platform's policy, and how that stands here. */
export const TenantPolicyStatus = z.strictObject({
  in_force: TenantActivationShown.nullable().describe('Null where nothing is'),
  follows: z.boolean().describe('The instance that answers decides by it'),
  draft: z
    .strictObject({ version: RowVersion, checked: z.boolean(), passed: z.boolean(), updated_at: Instant })
    .nullable(),
  limits: z.strictObject({
    fuel: z.int().positive().describe('Most units of one evaluation'),
    memory_bytes: z.int().positive(),
    restrictions: z.literal(MAX_RESTRICTIONS).describe('Most restrictions of one answer'),
  }),
})
export type TenantPolicyStatus = z.infer<typeof TenantPolicyStatus>
