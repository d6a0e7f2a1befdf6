import type { AdminFacts } from '../admin-facts.rules.js'
import type { About, FactsFor } from '../gate.types.js'
import { FakeClock } from '../../killswitch/testing/fake-clock.js'
import { KillState } from '../../killswitch/kill-state.service.js'
import { Ledger } from '../../ledger/ledger.service.js'
import type { Database } from '../../platform/database/database.service.js'
import type { ActorFacts } from '../../platform/http/caller.js'
import { GateService } from '../gate.service.js'
import { PolicySet, type PolicySource } from '../policy-set.service.js'
import { WaiverList } from '../waiver-list.js'
import type { TenantModules } from '../tenant-modules.js'
import { FakePolicy } from './fake-policy.js'
import { noTenantPolicy } from './no-tenant-policy.js'

/** A gate on a real database with a policy and a clock that a test sets. */
export interface TestGate {
  readonly gate: GateService
  readonly policy: FakePolicy
  readonly policies: PolicySet
  readonly kills: KillState
  readonly waivers: WaiverList
  /** Time as leases see it. */
  readonly clock: FakeClock
  /** Time as the gate sees it, milliseconds since the epoch. */
  now: number
}

/** @param source the policy to decide by; a fake that the test sets where absent */
export const testGate = async (
  database: Database,
  source?: PolicySource,
  tenants: TenantModules = noTenantPolicy(),
): Promise<TestGate> => {
  const policy = new FakePolicy()
  const policies = new PolicySet(source ?? policy)
  await policies.load()
  const clock = new FakeClock()
  const kills = new KillState('test-node', clock)
  kills.extend(clock.now())
  const waivers = new WaiverList()
  const made: TestGate = { gate: undefined as never, policy, policies, kills, waivers, clock, now: Date.now() }
  const parts = {
    policies,
    tenants,
    kills,
    waivers,
    database,
    ledger: new Ledger(database.records),
    now: () => made.now,
  }
  return Object.assign(made, { gate: new GateService(parts) })
}

/** A person of an organisation without roles or scopes, but for what `part` gives. */
export const actorOf = (tenantId: string, part: Partial<ActorFacts> = {}): ActorFacts => ({
  kind: 'user',
  id: 'p_0001',
  tenant_id: tenantId,
  publisher_id: null,
  roles: [],
  scopes: [],
  platform: false,
  step_up: false,
  ...part,
})

/** Facts of the admin gate about one resource. */
export const factsOf = (tenantId: string, resourceId = 'thing', actor = actorOf(tenantId)): AdminFacts => ({
  actor,
  tenant: null,
  resource: { kind: 'thing', id: resourceId, tenant_id: tenantId, publisher_id: null },
  bootstrap: null,
  role_grant: null,
  approval: null,
  policy: null,
  waiver: null,
})

export const about: About = { correlationId: 'test' }

/** Facts of a call of one install, in order but for the scopes of the actor. */
export const callFacts = (
  tenantId: string,
  installId: string,
  publisherId = tenantId,
): FactsFor<'extension.invoke'> => ({
  ...factsCommon(tenantId, installId),
  tenant: { id: tenantId, status: 'active', standing: {} },
  extension: { id: 'com.example.one', publisher_id: publisherId, standing: {} },
  publisher_standing: {},
  version: {
    version: '1.0.0',
    digest: `sha256:${'a'.repeat(64)}`,
    channel: 'ga',
    review_state: 'approved',
    yanked: false,
    standing: {},
  },
  install: { id: installId, workspace_id: installId, status: 'active', standing: {} },
  endpoint: { id: 'run', method: 'POST', required_scope: null },
  grant: { permissions: [] },
  listed: null,
  quota: null,
  rate: null,
  signature: { state: 'valid', publisher_id: publisherId },
})

/** Facts of engaging a kill switch. */
export const killFacts = (
  actor: ActorFacts,
  kill: Partial<FactsFor<'kill.engage'>['kill']> = {},
): FactsFor<'kill.engage'> => ({
  actor,
  tenant: null,
  resource: { kind: 'kill', id: 'global', tenant_id: null, publisher_id: null },
  kill: {
    ...{ scope: 'global', target: '*', target_tenant_id: null, target_publisher_id: null },
    ...{ engaged: false, engaged_by_actor: false },
    ...kill,
  },
  reason_given: true,
  votes: [],
})

const factsCommon = (tenantId: string, id: string) => {
  const { actor, resource } = factsOf(tenantId, id)
  return { actor, resource }
}
