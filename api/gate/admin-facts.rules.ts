import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Caller } from '../platform/http/caller.js'

export type AdminFacts = DecisionFacts<'admin'>
type AdminParts = Pick<AdminFacts, 'bootstrap' | 'role_grant' | 'approval' | 'policy' | 'retention'>

/** Facts of the admin gate: who asks for what, with the one part that the action is about. */
export const adminFacts = (
  caller: Caller,
  resource: AdminFacts['resource'],
  parts: Partial<AdminParts> = {},
): AdminFacts => ({
  actor: caller.actor,
  tenant: caller.tenant,
  resource,
  bootstrap: null,
  role_grant: null,
  approval: null,
  policy: null,
  ...parts,
})
