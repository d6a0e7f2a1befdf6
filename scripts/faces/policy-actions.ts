import type { Action } from '#contract/actions.js'
import { endpointEntry, type EndpointId } from '#contract/endpoints.js'

type Family = Action extends infer A ? (A extends `${infer F}.${string}` ? F : never) : never

/**
 * Which actions make, try or change what decides, by the first word of their names. A new family does not compile before
 * somebody has said here which it is, and with a family every action of it counts: one without a case is missing.
 */
const MAKES_POLICY: Readonly<Record<Exclude<Family, 'decision'>, boolean>> = {
  policy: true,
  waiver: true,
  tenant_policy: true,
  // Documents that policy reads as facts.
  list: true,
  limits: true,
  role: true,
  // Programs of OPA connect by these; people see them by `policy.read`.
  agent: false,
  // What policy decides about.
  ...{ platform: false, tenant: false, person: false, key: false, whoami: false, publisher: false, extension: false },
  ...{ install: false, capability: false, execution: false, enforcement: false, kill: false, approval: false },
  ...{
    provider: false,
    domain: false,
    session: false,
    invitation: false,
    scim: false,
    account: false,
    group_rules: false,
    scim_schema: false,
    scim_mapping: false,
    service_account: false,
    service_token: false,
    access: false,
  },
  ...{ workspace: false, audit: false, call: false, runtime_token: false, event: false },
}

/** Of what is asked about decisions: whether policy itself is asked, why or what else it would say. */
const ASKS_POLICY: Readonly<Record<Extract<Action, `decision.${string}`>, boolean>> = {
  'decision.read': false,
  'decision.explain': true,
  'decision.replay': true,
}

const counts: Readonly<Record<string, boolean>> = { ...MAKES_POLICY, ...ASKS_POLICY }

/** Whether an entry of the endpoint table is something done to policy, or asked of it. */
export const isPolicyAction = (id: EndpointId): boolean => {
  const { action } = endpointEntry(id)
  return action ? (counts[action] ?? counts[action.split('.', 1)[0] ?? ''] ?? true) : false
}
