import { z } from 'zod'
import { ApprovalDemand, Reason } from '../decisions/answer.js'
import { Instant, Uuid, text } from '../primitives.js'
import { OAUTH_ERRORS } from '../vocabulary.js'
import { PROBLEMS, type ProblemCode } from '../problems.js'

const Codes = z.enum(Object.keys(PROBLEMS) as [ProblemCode, ...ProblemCode[]])

/** Body of every refusal: `application/problem+json` (RFC 9457) with Gatehouse's own members. */
export const ProblemBody = z.strictObject({
  type: text(200).describe('urn:gatehouse:problem: and the code'),
  title: text(200),
  status: z.int().min(400).max(599),
  code: Codes,
  detail: text(2000),
  remedy: text(1000).describe('What to do about it'),
  correlation_id: text(200),
  decision_id: Uuid.optional().describe('The decision that refused; GET /v1/decisions/{id} explains it'),
  reasons: z.array(Reason).optional(),
  errors: z
    .array(z.strictObject({ pointer: text(2000), detail: text(2000), remedy: text(1000).optional() }))
    .optional()
    .describe('Each wrong field by its RFC 6901 pointer'),
})
export type ProblemBody = z.infer<typeof ProblemBody>

/** Body of a refusal where OAuth says how it reads (RFC 6749 §5.2). */
export const OAuthErrorBody = z.strictObject({
  error: z.enum(OAUTH_ERRORS),
  error_description: text(2000).describe('For people who look for what went wrong'),
})

/** Body of a 202: a person must settle it first. */
export const HeldBody = z.strictObject({
  approval: z.strictObject({
    id: Uuid,
    kind: ApprovalDemand.shape.kind,
    title: text(300),
    expires_at: Instant,
    url: text(200),
  }),
  reasons: z.array(Reason),
  decision_id: Uuid,
})
export type HeldBody = z.infer<typeof HeldBody>
