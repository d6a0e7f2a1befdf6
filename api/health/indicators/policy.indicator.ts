import type { PolicySet } from '../../gate/policy-set.service.js'
import type { HealthIndicator } from '../indicator.js'

/** Whether there is a policy to decide by. Without one every decision is `unavailable`. */
export const policyIndicator = (policy: Pick<PolicySet, 'revision' | 'fault'>): HealthIndicator => ({
  name: 'policy',
  check: () => {
    const { revision, fault } = policy
    return fault === null ? { status: 'up', revision } : { status: 'down', revision, fault }
  },
})
