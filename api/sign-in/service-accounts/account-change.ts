import type { ServiceAccount } from '#contract/api/service-accounts.js'
import { adminFacts } from '../../gate/admin-facts.rules.js'
import type { GateService } from '../../gate/gate.service.js'
import { heldRoles } from '../../identity/held-roles.js'
import { roleGrant, scopesOf } from '../../identity/scopes.rules.js'
import type { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'

/** An account as a change of it is weighed. */
export type ChangedAccount = Pick<ServiceAccount, 'id' | 'tenant_id' | 'roles' | 'custom_roles'>
/** What can be done to an account. */
export type Change =
  | 'service_account.create'
  | 'service_account.handover'
  | 'service_account.credential_add'
  | 'service_account.credential_revoke'
  | 'service_account.identity_add'
  | 'service_account.identity_remove'

/** Asks the admin gate. Whatever changes, it is weighed like granting what the account may do. */
export const askOfAccount = async (
  { database, gate }: { readonly database: Database; readonly gate: GateService },
  asked: { readonly action: Change; readonly caller: Caller; readonly account: ChangedAccount },
) => {
  const { action, caller } = asked
  const { id, tenant_id, roles, custom_roles } = asked.account
  const held = await heldRoles({ database, scope: scopeOf(caller) }, { id, tenant_id, roles, custom_roles }, 'all')
  const role_grant = roleGrant(caller, roles, scopesOf(held))
  const resource = { kind: 'service_account', id, tenant_id, publisher_id: null }
  const about = { correlationId: caller.correlationId, tenantId: tenant_id }
  return gate.decide(action, adminFacts(caller, resource, { role_grant }), about)
}
