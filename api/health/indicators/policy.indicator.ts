import type { PolicyFollower } from '../../gate/policy-follower.service.js'
import type { PolicySet } from '../../gate/policy-set.service.js'
import type { HealthIndicator } from '../indicator.js'

/**
 * Whether there is a policy to decide by. Without one every decision is `unavailable`; one that was put in force by
 * break-glass decides, and nobody shall overlook that.
 */
export const policyIndicator = (
  policy: Pick<PolicySet, 'revision' | 'fault'>,
  follower: Pick<PolicyFollower, 'breakGlassUntil'>,
): HealthIndicator => ({
  name: 'policy',
  check: () => {
    const { revision, fault } = policy
    const { breakGlassUntil } = follower
    const glass = breakGlassUntil === null ? {} : { break_glass_until: breakGlassUntil }
    if (fault !== null) return { status: 'down', revision, fault, ...glass }
    return { status: breakGlassUntil === null ? 'up' : 'degraded', revision, ...glass }
  },
})
