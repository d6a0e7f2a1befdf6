import { z } from 'zod'
import { DottedId, Uuid, text } from '../primitives.js'
import { MAX_WAIVERS } from './common.js'
import { ANSWERS, APPROVAL_KINDS } from '../vocabulary.js'
import { SCOPE_IDS } from '../scopes.js'

/** A reason as policy gives it: the stable id; words and remedy come from the rule's metadata in the same sealed bundle. */
export const AnswerReason = z.strictObject({
  id: DottedId,
  params: z.record(text(60), z.union([text(500), z.number(), z.boolean()])).optional(),
})

/** What a hold asks for. People with `scope` may vote; those of the subject's publisher and who opened it may not. */
export const ApprovalDemand = z.strictObject({
  kind: z.enum(APPROVAL_KINDS),
  scope: z.enum(SCOPE_IDS),
  quorum: z.int().min(1).max(5),
  expires_in_s: z.int().min(60).max(2_592_000),
})

/** Something that must be done along with what was allowed, such as `warn` or `notify`. */
export const Obligation = z.strictObject({
  id: DottedId,
  params: z.record(text(60), z.union([text(500), z.number(), z.boolean()])).optional(),
})

/** A reason that fired and did not count, and the waiver that took it out. */
export const Waived = z.strictObject({ reason: DottedId, waiver: Uuid })
export type Waived = z.infer<typeof Waived>

/**
 * OPA's answer at every gate's entrypoint. Anything that does not parse is `unavailable`, never a pass.
 * `rules` are the ids of all rules that fired, sorted; `reasons` those that refuse or hold, sorted; `waived` those that
 * would have, absent where none was.
 */
export const Answer = z
  .strictObject({
    outcome: z.enum(ANSWERS),
    rules: z.array(DottedId).max(100),
    reasons: z.array(AnswerReason).max(100),
    obligations: z.array(Obligation).max(20),
    approval: ApprovalDemand.nullable(),
    waived: z.array(Waived).min(1).max(MAX_WAIVERS).optional(),
  })
  .refine((answer) => (answer.outcome === 'hold') === (answer.approval !== null), {
    error: 'a hold, and only a hold, demands an approval',
  })
  .refine((answer) => (answer.outcome === 'allow') === (answer.reasons.length === 0), {
    error: 'an allow has no reasons, a refusal at least one',
  })
export type Answer = z.infer<typeof Answer>

/** A reason as callers see it (RFC 9457 extension member `reasons`). */
export const Reason = z.strictObject({
  id: DottedId,
  message: text(1000),
  remedy: text(1000),
  params: z.record(text(60), z.union([text(500), z.number(), z.boolean()])).optional(),
})
export type Reason = z.infer<typeof Reason>
