import type { Outcome } from '#contract/decisions/outcome.js'
import { problem, type Problem } from '#contract/problems.js'
import { limitHeaders, retryAfter, type LimitState } from './limit-states.rules.js'

type Denied = Extract<Outcome, { kind: 'deny' }>

/** Reasons that pass by themselves with time. */
const LIMITS = new Set(['call.quota_exceeded', 'call.rate_exceeded'])

/** Whether nothing speaks against a call but that too many came before it. */
export const isLimitReached = ({ hidden, reasons }: Denied): boolean =>
  !hidden && reasons.length > 0 && reasons.every(({ id }) => LIMITS.has(id))

/** The 429 for it: when to come again, and where the limits stand. */
export const limitReached = ({ decisionId, reasons }: Denied, states: readonly LimitState[]): Problem =>
  problem('execution.limit_reached', {
    decisionId,
    reasons,
    ...(reasons[0] && { detail: reasons[0].message }),
    retryAfter: retryAfter(states),
    headers: limitHeaders(states),
  })
