import { readShippedBundle } from '#engine/bundle.js'
import { loadPolicy } from '#engine/load.js'
import { monotonicClock, type Clock } from '../../killswitch/clock.js'
import { KillState } from '../../killswitch/kill-state.service.js'
import { Ledger } from '../../ledger/ledger.service.js'
import type { Database } from '../../platform/database/database.service.js'
import { GateService } from '../gate.service.js'
import { PolicySet } from '../policy-set.service.js'
import { WaiverList } from '../waiver-list.js'
import type { TenantModules } from '../tenant-modules.js'
import { noTenantPolicy } from './no-tenant-policy.js'

/** A gate on a real database that decides by the policy that ships, under a kill list that was just heard. */
export interface ShippedGate {
  readonly gate: GateService
  readonly kills: KillState
  readonly policies: PolicySet
  readonly waivers: WaiverList
  /** Takes policy away, or brings it back. */
  breakPolicy(broken: boolean): Promise<void>
}

/** Nothing renews the lease here, and specs take longer than it lasts. */
const LEASE_AHEAD_MS = 3_600_000

/** A gate on the shipped policy and a real database; its kill list is empty, and live by the real clock as long as any spec takes. */
export const shippedGate = async (
  database: Database,
  clock: Clock = monotonicClock,
  tenants: TenantModules = noTenantPolicy(),
): Promise<ShippedGate> => {
  let isBroken = false
  const policies = new PolicySet({
    active: async () => {
      if (isBroken) throw new Error('the bundle is corrupt')
      return loadPolicy(await readShippedBundle())
    },
    past: async () => null,
  })
  await policies.load()
  const kills = new KillState('test-node', clock)
  kills.extend(clock.now() + (clock === monotonicClock ? LEASE_AHEAD_MS : 0))
  const waivers = new WaiverList()
  const ledger = new Ledger(database.records)
  const gate = new GateService({ policies, tenants, kills, waivers, database, ledger, now: Date.now })
  return {
    gate,
    kills,
    policies,
    waivers,
    breakPolicy: async (broken) => {
      isBroken = broken
      await policies.load()
    },
  }
}
