import type { About, FactsFor } from '../gate/gate.types.js'
import type { QuotaState } from './call-quota.js'
import type { Call } from './call.js'

/** What the call gate sees of a call. The install's own part comes ready-made with the target. */
export const callFacts = (
  { target, endpoint, caller }: Call,
  quota: QuotaState | null,
): FactsFor<'extension.invoke'> => ({
  ...target.facts,
  actor: caller.actor,
  tenant: caller.tenant,
  resource: { kind: 'install', id: target.installId, tenant_id: target.tenantId, publisher_id: target.publisherId },
  endpoint: { id: endpoint.id, method: endpoint.method, required_scope: endpoint.required_scope },
  quota: quota && { limit: quota.limit, used: quota.used },
})

/** Where the decision on a call is filed. */
export const callAbout = ({ target, caller }: Call): About => ({
  correlationId: caller.correlationId,
  tenantId: target.tenantId,
  workspaceId: target.workspaceId,
  publisherId: target.publisherId,
  extension: target.extension,
  semver: target.semver,
  installId: target.installId,
})
