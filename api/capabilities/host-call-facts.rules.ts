import type { ArgumentFacts } from '#runtime/host-calls/capability.js'
import { factFragment } from '../gate/canonical-input.js'
import type { FactsFor } from '../gate/gate.types.js'
import type { CallTarget } from '../installs/call-target.js'
import type { HostCall, Invocation } from './invocation.js'

type Facts = FactsFor<'capability.use'>
type TargetFacts = Pick<Facts, 'resource' | 'extension' | 'version' | 'install' | 'declared' | 'granted'>
/** What is the same for every host call of an invocation. */
export type InvocationFacts = Omit<Facts, 'capability' | keyof Required<ArgumentFacts>>

const ofTargets = new WeakMap<CallTarget, TargetFacts>()
const ofCapabilities = new WeakMap<HostCall, Facts['capability']>()

const makeTargetFacts = (target: CallTarget): TargetFacts => {
  const { installId, tenantId, publisherId, workspaceId, semver, digest, declared, granted } = target
  return {
    resource: factFragment({ kind: 'install', id: installId, tenant_id: tenantId, publisher_id: publisherId }),
    extension: factFragment(target.facts.extension),
    version: factFragment({ version: semver, digest }),
    install: factFragment({ id: installId, workspace_id: workspaceId }),
    declared: factFragment([...declared]),
    granted: factFragment([...granted]),
  }
}

/** The install's part is validated and written out once, whatever the number of its calls. */
export const invocationFacts = ({ target, caller }: Invocation): InvocationFacts => {
  let facts = ofTargets.get(target)
  if (!facts) ofTargets.set(target, (facts = makeTargetFacts(target)))
  return { ...facts, actor: factFragment(caller.actor), tenant: caller.tenant && factFragment(caller.tenant) }
}

/** A host call as the gate names it. */
export const capabilityFacts = (capability: HostCall): Facts['capability'] => {
  let facts = ofCapabilities.get(capability)
  if (!facts) {
    const { name, permission } = capability
    ofCapabilities.set(capability, (facts = factFragment({ name, permission })))
  }
  return facts
}
