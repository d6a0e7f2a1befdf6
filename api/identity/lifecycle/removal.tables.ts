/** How the rows of a table go: by the right of whoever writes governed rows, or by a function; where only some of them go, which. */
export interface Removed {
  readonly table: string
  readonly how: 'governed' | 'record'
  readonly only?: string
}

const record = (table: string): Removed => ({ table, how: 'record' })
const governed = (table: string, only?: string): Removed => ({ table, how: 'governed', ...(only && { only }) })

const OWNS = `FROM group_role WHERE rule->'roles' ? 'owner'`

/** All that goes with an organisation, in the order in which it can go. Its owners go last, with its name and with what makes them owners. */
export const REMOVED: readonly Removed[] = [
  ...['kept_call', 'execution_recording', 'extension_log', 'extension_metric', 'extension_quota_usage'].map(record),
  ...['extension_event_delivery', 'extension_event', 'runtime_token_use', 'scim_token_use', 'scim_log'].map(record),
  ...['session', 'sign_in_attempt', 'service_token', 'client_credential_use', 'api_key_use'].map(record),
  ...['local_sign_in', 'recovery_code_use', 'passkey_use'].map(record),
  ...['opa_agent', 'agent_decision', 'policy_what_if'].map(record),
  governed('extension_kv'),
  governed('runtime_token'),
  governed('extension_event_subscription'),
  governed('install_secret'),
  governed('install_consent'),
  governed('tenant_extension_install'),
  governed('standing', "subject_kind IN ('tenant', 'install')"),
  governed('approval_vote'),
  governed('approval'),
  // No other decision deletes these, so nobody has the right to.
  record('tenant_policy_draft'),
  record('scim_brake_change'),
  record('scim_brake'),
  governed('scim_let_go'),
  governed('scim_group_member', `(group_id, member_id) NOT IN (SELECT group_id, principal_id ${OWNS})`),
  governed('scim_group', `id NOT IN (SELECT group_id ${OWNS})`),
  governed('scim_user', `principal_id NOT IN (SELECT principal_id ${OWNS})`),
  governed('scim_token'),
  governed('scim_connection'),
  governed('local_password'),
  governed('totp_secret'),
  governed('recovery_code'),
  governed('passkey'),
  governed('password_token'),
  governed('external_account'),
  governed('identity_provider'),
  governed('verified_domain'),
  governed('invitation'),
  governed('api_key'),
  governed('client_credential'),
  record('principal_role'),
  governed('workspace_member'),
  governed('principal', `NOT (kind = 'user' AND ('owner' = ANY (roles) OR id IN (SELECT principal_id ${OWNS})))`),
  governed('workspace'),
  record('outbox'),
]

/**
 * What goes with the last batch: by it somebody may be the owner who asked for the end, and each batch is decided on their behalf.
 */
export const LAST: readonly Removed[] = [
  record('tenant_document'),
  governed('scim_group_member'),
  governed('scim_group'),
  governed('scim_user'),
]

/**
 * What stays, and why: decisions, executions and what they were decided by are leaves of the log or what its proofs are held
 * against, and name people by pseudonym alone; what was published others have installed; what was stopped stays stopped.
 */
export const KEPT: readonly string[] = [
  ...['decision', 'permit_spend', 'extension_execution_log', 'tenant_policy_activation', 'decision_retention'],
  ...['publisher', 'publisher_key', 'extension_registry', 'extension_version', 'extension_bundle'],
  ...['kill_order', 'standing'],
  // Of the platform's own organisation alone, which stays.
  ...['policy_draft', 'policy_revision', 'policy_activation', 'policy_waiver', 'policy_canary'],
]
