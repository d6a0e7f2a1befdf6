import { z } from 'zod'
import { text } from '../primitives.js'
import { ApprovalDemand } from './answer.js'

/** Most restrictions that one answer of a tenant's module may hold. */
export const MAX_RESTRICTIONS = 20

/** The id of a reason that a tenant's module gives: a namespace of its own, so that it never passes for a platform rule. */
export const TenantReasonId = z.string().regex(/^tenant\.[a-z][a-z0-9_]{0,59}$/)

const said = { reason: TenantReasonId, message: text(1000), remedy: text(1000) }

/** What a tenant's own policy adds to an answer. There is no effect that widens. */
export const Restriction = z.discriminatedUnion('effect', [
  z.strictObject({ ...said, effect: z.literal('deny') }),
  z.strictObject({ ...said, effect: z.literal('hold'), approval: ApprovalDemand }),
])
export type Restriction = z.infer<typeof Restriction>

/** The answer of a tenant's module. What does not parse makes the decision `unavailable`. */
export const Restrictions = z.array(Restriction).max(MAX_RESTRICTIONS)
