import type { KillState } from '../../killswitch/kill-state.service.js'
import type { HealthIndicator } from '../indicator.js'

/** Whether this node has heard the kill list lately. Without a lease it refuses every call by itself. */
export const killLeaseIndicator = (state: Pick<KillState, 'snapshot'>): HealthIndicator => ({
  name: 'kill_lease',
  check: () => {
    const { node, epoch, live, leaseMs, engaged } = state.snapshot()
    const facts = { node, epoch: Number(epoch), lease_ms: Math.round(leaseMs), engaged: engaged.length }
    return { status: live ? 'up' : 'down', ...facts }
  },
})
