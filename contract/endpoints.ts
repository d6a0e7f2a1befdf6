import type { EndpointEntry, InputOf } from './endpoint.js'
import { accessEndpoints } from './endpoints/access.js'
import { eventEndpoints } from './endpoints/events.js'
import { decisionEndpoints } from './endpoints/decisions.js'
import { explainEndpoints } from './endpoints/explain.js'
import { hostCallEndpoints } from './endpoints/host-calls.js'
import { healthEndpoints } from './endpoints/health.js'
import { invocationEndpoints } from './endpoints/invocations.js'
import { ledgerEndpoints } from './endpoints/ledger.js'
import { openApiEndpoints } from './endpoints/openapi.js'
import { approvalEndpoints } from './endpoints/approvals.js'
import { documentEndpoints } from './endpoints/documents.js'
import { invitationEndpoints } from './endpoints/invitations.js'
import { identityEndpoints } from './endpoints/identity.js'
import { installEndpoints } from './endpoints/installs.js'
import { killEndpoints } from './endpoints/kills.js'
import { runtimeTokenEndpoints } from './endpoints/runtime-tokens.js'
import { policyEndpoints } from './endpoints/policy.js'
import { agentEndpoints } from './endpoints/agents.js'
import { policyCanaryEndpoints } from './endpoints/policy-canaries.js'
import { policyDraftEndpoints } from './endpoints/policy-drafts.js'
import { policyWaiverEndpoints } from './endpoints/policy-waivers.js'
import { policyWhatIfEndpoints } from './endpoints/policy-what-ifs.js'
import { tenantPolicyEndpoints } from './endpoints/tenant-policy.js'
import { serviceAccountEndpoints } from './endpoints/service-accounts.js'
import { localAccountEndpoints } from './endpoints/local-accounts.js'
import { signInEndpoints } from './endpoints/sign-in.js'
import { privacyEndpoints } from './endpoints/privacy.js'
import { scimEndpoints } from './endpoints/scim.js'
import { scimProtocolEndpoints } from './endpoints/scim-protocol.js'
import { registryEndpoints } from './endpoints/registry.js'
import { workspaceEndpoints } from './endpoints/workspaces.js'

/** The one endpoint table, by feature. */
export const ENDPOINTS = {
  ...killEndpoints,
  ...identityEndpoints,
  ...workspaceEndpoints,
  ...invitationEndpoints,
  ...accessEndpoints,
  ...signInEndpoints,
  ...localAccountEndpoints,
  ...privacyEndpoints,
  ...scimEndpoints,
  ...scimProtocolEndpoints,
  ...serviceAccountEndpoints,
  ...documentEndpoints,
  ...approvalEndpoints,
  ...decisionEndpoints,
  ...explainEndpoints,
  ...healthEndpoints,
  ...invocationEndpoints,
  ...eventEndpoints,
  ...ledgerEndpoints,
  ...openApiEndpoints,
  ...policyEndpoints,
  ...policyCanaryEndpoints,
  ...policyDraftEndpoints,
  ...agentEndpoints,
  ...policyWhatIfEndpoints,
  ...policyWaiverEndpoints,
  ...tenantPolicyEndpoints,
  ...registryEndpoints,
  ...installEndpoints,
  ...runtimeTokenEndpoints,
  ...hostCallEndpoints,
} as const satisfies Record<string, EndpointEntry>

export type EndpointId = keyof typeof ENDPOINTS
export type EndpointInput<Id extends EndpointId> = InputOf<(typeof ENDPOINTS)[Id]>
/** The entry of an endpoint, as its general type. */
export const endpointEntry = (id: EndpointId): EndpointEntry => ENDPOINTS[id]
