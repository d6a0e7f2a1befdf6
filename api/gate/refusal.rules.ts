import type { Outcome, Permit, UnavailableCause } from '#contract/decisions/outcome.js'
import type { Reason } from '#contract/decisions/answer.js'
import { problem, type Problem, type ProblemCode } from '#contract/problems.js'
import { unavailableReason } from './reasons.rules.js'

const UNAVAILABLE_PROBLEMS: Record<UnavailableCause, ProblemCode> = {
  policy_unavailable: 'policy.unavailable',
  budget_exhausted: 'policy.unavailable',
  memory_exhausted: 'policy.unavailable',
  answer_invalid: 'policy.unavailable',
  input_invalid: 'policy.unavailable',
  ledger_unavailable: 'ledger.unavailable',
  kill_lease_stale: 'kill.lease_stale',
  tenant_policy_unavailable: 'tenant_policy.unavailable',
}

/**
 * The problem that tells a caller of a refusal. A denial whose reason is a secret becomes `not_found`; a hold, where
 * the one who asked has no way to wait for a person, is refused like a denial.
 */
export const refusalOf = (outcome: Exclude<Outcome, { kind: 'allow' }>): Problem => {
  const { decisionId } = outcome
  switch (outcome.kind) {
    case 'unavailable': {
      const reason = unavailableReason(outcome.cause)
      return problem(UNAVAILABLE_PROBLEMS[outcome.cause], { decisionId, reasons: [reason], detail: reason.message })
    }
    case 'deny': {
      if (asksForStepUp(outcome.reasons)) return problem('auth.step_up_required', stepUpChallenge(outcome))
      if (outcome.hidden) return problem('not_found', { decisionId })
      return problem(outcome.decidedBy === 'kill' ? 'kill.engaged' : 'policy.denied', inWords(outcome))
    }
    case 'hold':
      return problem('policy.denied', inWords(outcome))
  }
}

/** Nothing else speaks against it than that the sign-in is old, or was by one factor. */
const asksForStepUp = (reasons: readonly Reason[]): boolean =>
  reasons.length > 0 && reasons.every(({ id }) => id.endsWith('.step_up_required'))

/** The challenge of RFC 9470 §3. Which acr a provider understands is known at /auth/login, so none is named. */
const stepUpChallenge = (outcome: Extract<Outcome, { kind: 'deny' }>) => ({
  ...inWords(outcome),
  headers: {
    'www-authenticate':
      'Bearer realm="gatehouse", error="insufficient_user_authentication", error_description="A fresh sign-in with a second factor is needed", max_age="900"',
  },
})

const inWords = ({ decisionId, reasons }: Extract<Outcome, { kind: 'deny' | 'hold' }>) => ({
  decisionId,
  reasons,
  ...(reasons[0] && { detail: reasons[0].message }),
})

/** The permit of an allow; throws the problem of anything else. */
export const requireAllow = (outcome: Outcome): Permit => {
  if (outcome.kind !== 'allow') throw refusalOf(outcome)
  return outcome.permit
}
