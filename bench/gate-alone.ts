import { GateService, type GateParts } from '#api/gate/gate.service.js'
import { PolicySet } from '#api/gate/policy-set.service.js'
import { noTenantPolicy } from '#api/gate/testing/no-tenant-policy.js'
import { WaiverList } from '#api/gate/waiver-list.js'
import { monotonicClock } from '#api/killswitch/clock.js'
import { KillState } from '#api/killswitch/kill-state.service.js'
import type { PolicyEngine } from '#engine/load.js'

/** Nothing renews the lease here, and a benchmark takes longer than it lasts. */
const LEASE_AHEAD_MS = 3_600_000

/** A gate that weighs by one policy, at the time that `now` tells (milliseconds). Weighing records and writes nothing, so ledger and database are not there to be reached. */
export const gateAlone = async (
  engine: PolicyEngine,
  now: () => number = Date.now,
): Promise<{ gate: GateService; kills: KillState }> => {
  const kills = new KillState('bench', monotonicClock)
  kills.extend(monotonicClock.now() + LEASE_AHEAD_MS)
  const policies = new PolicySet({ active: async () => engine, past: async () => null })
  await policies.load()
  const parts = { policies, tenants: noTenantPolicy(), kills, waivers: new WaiverList(), now }
  return { gate: new GateService(parts as unknown as GateParts), kills }
}
