import type { DecisionFacts } from '#contract/decisions/inputs.js'
import type { Caller } from '../platform/http/caller.js'

/** Facts of the admin gate. */
export type AdminFacts = DecisionFacts<'admin'>
type AdminParts = Pick<
  AdminFacts,
  | 'bootstrap'
  | 'role_grant'
  | 'approval'
  | 'policy'
  | 'waiver'
  | 'retention'
  | 'runtime_token'
  | 'sign_in'
  | 'domain'
  | 'ownership'
  | 'erasure'
  | 'organisation'
  | 'sandbox'
  | 'invitation'
  | 'workload'
  | 'scim'
  | 'local_account'
  | 'sign_in_setting'
  | 'scim_connection'
  | 'scim_brake'
  | 'scim_verdict'
  | 'workspace'
  | 'workspace_grant'
>

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
  waiver: null,
  ...parts,
})

type PolicyPart = NonNullable<AdminFacts['policy']>

/** The part of the facts about a draft or a revision; what is not given says nothing for it. */
export const policyPart = (part: Partial<PolicyPart>): PolicyPart => ({
  checks_passed: false,
  active: false,
  was_active: false,
  active_until: null,
  break_glass: null,
  canary: null,
  votes: [],
  ...part,
})
