import type { Action } from '#contract/actions.js'
import type { AnyFacts } from './gate.types.js'

/** Actions by which a policy could make itself, or an exception from itself, outlast the time that it was given. */
const ACTIONS_ABOUT_POLICY: readonly Action[] = [
  'policy.seal',
  'policy.activate',
  'policy.advance',
  'policy.revert',
  'policy.rollback',
  'policy.expire',
  'waiver.grant',
]
/** Kinds of approvals that the same is agreed on by. */
const KINDS_ABOUT_POLICY = ['policy', 'waiver']

/**
 * Whether a decision is about what policy is in force, or what it does not count for. While a policy is in force by
 * break-glass, the policy before it decides these: fewer people agreed to what decides then, and none for good.
 */
export const isAboutPolicy = (action: Action, facts: AnyFacts): boolean => {
  if (action !== 'approval.vote') return ACTIONS_ABOUT_POLICY.includes(action)
  const kind = 'approval' in facts ? facts.approval?.kind : undefined
  return kind !== undefined && KINDS_ABOUT_POLICY.includes(kind)
}
