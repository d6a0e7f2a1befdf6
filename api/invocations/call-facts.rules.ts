import { actorFactsIn } from '../gate/actor-in.rules.js'
import { factFragment } from '../gate/canonical-input.js'
import type { About, FactsFor } from '../gate/gate.types.js'
import type { CallTarget } from '../installs/call-target.js'
import { aboutCallOf } from '../installs/call-target.rules.js'
import type { QuotaState } from './call-quota.js'
import type { RateState } from './call-rate.js'
import type { Call } from './call.js'
import { tightest } from './limit-states.rules.js'

type Facts = FactsFor<'extension.invoke'>
type Endpoint = Call['endpoint']
type TargetFacts = CallTarget['facts'] & Pick<Facts, 'resource'>

const ofTargets = new WeakMap<CallTarget, TargetFacts>()
const ofEndpoints = new WeakMap<Endpoint, Facts['endpoint']>()

/** What stays the same over the calls of an install: validated and written out once. */
const targetFacts = (target: CallTarget): TargetFacts => {
  let facts = ofTargets.get(target)
  if (!facts) ofTargets.set(target, (facts = makeTargetFacts(target)))
  return facts
}

const makeTargetFacts = ({ facts, installId, tenantId, publisherId, workspaceId }: CallTarget): TargetFacts => ({
  extension: factFragment(facts.extension),
  publisher_standing: factFragment(facts.publisher_standing),
  version: factFragment(facts.version),
  install: factFragment(facts.install),
  workspace: factFragment(facts.workspace),
  grant: factFragment(facts.grant),
  signature: factFragment(facts.signature),
  listed: facts.listed && factFragment(facts.listed),
  resource: factFragment({
    ...{ kind: 'install', id: installId, tenant_id: tenantId, publisher_id: publisherId },
    workspace_id: workspaceId,
  }),
})

const endpointFacts = (endpoint: Endpoint): Facts['endpoint'] => {
  let facts = ofEndpoints.get(endpoint)
  if (!facts) {
    const { id, method, required_scope } = endpoint
    ofEndpoints.set(endpoint, (facts = factFragment({ id, method, required_scope })))
  }
  return facts
}

/** How much of its limits a call finds used. */
export interface Used {
  readonly quota: QuotaState | null
  readonly rates: readonly RateState[]
}

/** What the call gate sees of a call. The install's own part comes ready-made with the target. */
export const callFacts = (call: Call, { quota, rates }: Used): Facts => {
  const { target, endpoint, caller, trigger } = call
  // Policy asks whether there is room, so of several limits it is shown the one with the least.
  const rate = tightest(rates)
  return {
    ...targetFacts(target),
    actor: factFragment(actorFactsIn(caller, target.workspaceId)),
    tenant: caller.tenant && factFragment(caller.tenant),
    endpoint: endpointFacts(endpoint),
    quota: quota && { limit: quota.limit, used: quota.used },
    rate: rate && { limit: rate.limit, used: rate.used },
    ...(trigger && { trigger }),
  }
}

/** Where the decision on a call is filed. */
export const callAbout = ({ target, caller }: Call): About => aboutCallOf(target, caller.correlationId)
