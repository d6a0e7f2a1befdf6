import type { UnavailableCause } from '#contract/decisions/outcome.js'
import type { FactsFor } from './gate.types.js'

/** What takes a policy out of force that is in it by break-glass. */
export type FloorAction = 'policy.rollback' | 'policy.expire'

/** Causes that mean policy itself could not answer; a ledger or lease that is down is not among them. */
const POLICY_CAUSES: readonly UnavailableCause[] = [
  'policy_unavailable',
  'budget_exhausted',
  'memory_exhausted',
  'answer_invalid',
  'input_invalid',
]

/** Whether a refusal has its cause in policy itself, so that the floor counts. */
export const isPolicyDown = (cause: UnavailableCause): boolean => POLICY_CAUSES.includes(cause)

/**
 * The floor below policy: who holds `kill:engage` may stop what is in reach. The platform's people reach everything;
 * everybody else their own organisation and their own publisher, so that a broken policy gives nobody a switch over others.
 */
export const floorAllows = ({ actor, kill }: FactsFor<'kill.engage'>): boolean => {
  if (!actor.scopes.includes('kill:engage')) return false
  if (actor.platform) return true
  const isOwnTenant = kill.target_tenant_id !== null && kill.target_tenant_id === actor.tenant_id
  const isOwnPublisher = kill.target_publisher_id !== null && kill.target_publisher_id === actor.publisher_id
  return kill.scope !== 'global' && (isOwnTenant || isOwnPublisher)
}

/**
 * The floor below policy while the glass is broken and the policy before cannot answer: the platform's people who hold
 * `policy:activate` go back to what has decided in ordinary ways, and the platform writes down that a time has run out.
 */
export const policyFloorAllows = (action: FloorAction, { actor, policy }: FactsFor<FloorAction>): boolean => {
  if (policy === null) return false
  if (action === 'policy.expire') return actor.kind === 'system' && (policy.active_until?.left_s ?? 1) <= 0
  return actor.platform && actor.scopes.includes('policy:activate') && policy.was_active && !policy.active
}
