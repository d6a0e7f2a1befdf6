import type { Gate } from './vocabulary.js'
import type { Scope } from './scopes.js'

/** Governed tables: PostgreSQL lets a row of these change only under an allowing, unspent decision. */
export const GOVERNED_TABLES = [
  'tenant',
  'workspace',
  'workspace_member',
  'principal',
  'api_key',
  'publisher',
  'publisher_key',
  'extension_registry',
  'extension_version',
  'extension_bundle',
  'tenant_extension_install',
  'install_consent',
  'install_secret',
  'extension_event_subscription',
  'standing',
  'kill_order',
  'approval',
  'approval_vote',
  'policy_draft',
  'policy_revision',
  'policy_activation',
  'policy_waiver',
  'policy_canary',
  'tenant_document',
  'decision_retention',
  'tenant_policy_draft',
  'tenant_policy_activation',
  'runtime_token',
  'identity_provider',
  'external_account',
  'verified_domain',
  'invitation',
  'scim_connection',
  'scim_token',
  'scim_user',
  'scim_group',
  'scim_group_member',
  'scim_let_go',
  'scim_brake',
  'scim_brake_change',
  'client_credential',
  'local_password',
  'totp_secret',
  'recovery_code',
  'passkey',
  'password_token',
] as const
export type GovernedTable = (typeof GOVERNED_TABLES)[number]

/** One thing that can be done: which gate decides it, the scope its actor needs, which tables it may write. */
export interface ActionEntry {
  readonly gate: Gate
  readonly scope: Scope | null
  readonly writes: readonly GovernedTable[]
  /** A write may touch rows of tenants other than the one the decision was made for. */
  readonly crossTenant?: true
  /** Reading only: of these decisions just refusals go into the ledger, unless `recorded`. */
  readonly read?: 'refusals' | 'recorded'
}

const action = <G extends Gate>(gate: G, scope: Scope | null, writes: readonly GovernedTable[] = []) => ({
  gate,
  scope,
  writes,
})
const read = (scope: Scope | null) => ({ ...action('admin', scope), read: 'refusals' as const })
/** A read of secrets, personal data or exports: each one is kept. */
const recordedRead = (scope: Scope | null) => ({ ...action('admin', scope), read: 'recorded' as const })
const across = <E extends ActionEntry>(entry: E) => ({ ...entry, crossTenant: true as const })

/** Every action. A gate decides it, PostgreSQL holds `writes`, and an endpoint or a module names it. */
export const ACTIONS = {
  'platform.bootstrap': across(
    action('admin', null, ['tenant', 'workspace', 'principal', 'api_key', 'publisher', 'publisher_key']),
  ),
  'platform.status': read(null),
  'tenant.create': across(action('admin', 'tenants:write', ['tenant', 'workspace', 'principal'])),
  'tenant.update': action('admin', 'tenants:write', ['tenant']),
  'tenant.suspend': action('admin', 'platform:operate', ['tenant']),
  'tenant.resume': action('admin', 'platform:operate', ['tenant']),
  'tenant.sandbox': across(
    action('admin', 'tenants:write', ['tenant', 'workspace', 'principal', 'api_key', 'tenant_document']),
  ),
  // It only begins to close; what it has goes once its time has come, in as many decisions as that takes.
  'tenant.delete': action('admin', 'tenants:write', ['tenant']),
  'tenant.restore': action('admin', 'tenants:write', ['tenant']),
  'tenant.remove': action('admin', 'tenants:write', [
    'tenant',
    'workspace',
    'workspace_member',
    'principal',
    'api_key',
    'publisher',
    'extension_version',
    'tenant_extension_install',
    'install_consent',
    'install_secret',
    'extension_event_subscription',
    'standing',
    'approval',
    'approval_vote',
    'tenant_document',
    'tenant_policy_draft',
    'runtime_token',
    'identity_provider',
    'external_account',
    'verified_domain',
    'invitation',
    'scim_connection',
    'scim_token',
    ...(['scim_let_go', 'scim_brake', 'scim_brake_change'] as const),
    ...(['local_password', 'totp_secret', 'recovery_code', 'passkey', 'password_token'] as const),
    'scim_user',
    'scim_group',
    'scim_group_member',
    'client_credential',
  ]),
  'tenant.transfer': action('admin', 'tenants:write', ['principal']),
  // All that an organisation has, personal data among it.
  'tenant.export': recordedRead('tenants:write'),
  'tenant.read': read('tenants:read'),
  'workspace.read': read('workspaces:read'),
  'workspace.create': action('admin', 'workspaces:write', ['workspace']),
  'workspace.update': action('admin', 'workspaces:write', ['workspace']),
  'workspace.archive': action('admin', 'workspaces:write', ['workspace']),
  'workspace.restore': action('admin', 'workspaces:write', ['workspace']),
  'workspace.set_member': action('admin', 'workspace_members:write', ['workspace_member']),
  'workspace.remove_member': action('admin', 'workspace_members:write', ['workspace_member']),
  'person.create': action('admin', 'people:write', ['principal']),
  'person.update': action('admin', 'people:write', ['principal']),
  'person.read': read('people:read'),
  // Votes are of the organisation whose matter it was.
  'person.erase': across(
    action('admin', 'people:write', [
      ...(['principal', 'api_key', 'runtime_token', 'external_account', 'invitation'] as const),
      ...(['scim_user', 'scim_group_member', 'scim_let_go', 'scim_brake_change'] as const),
      ...(['local_password', 'totp_secret', 'recovery_code', 'passkey', 'password_token'] as const),
      ...(['approval', 'approval_vote', 'install_consent', 'workspace_member'] as const),
    ]),
  ),
  'person.leave': action('admin', null, ['principal', 'api_key', 'runtime_token', 'workspace_member']),
  'person.export': recordedRead('people:write'),
  'person.export_own': recordedRead(null),
  'access.review': recordedRead('audit:export'),
  'invitation.read': read('people:read'),
  'invitation.create': action('admin', 'people:write', ['invitation']),
  'invitation.resend': action('admin', 'people:write', ['invitation']),
  'invitation.revoke': action('admin', 'people:write', ['invitation']),
  'invitation.accept': action('admin', null, [
    ...(['invitation', 'principal', 'api_key', 'local_password', 'workspace_member'] as const),
  ]),
  'key.create': action('admin', 'keys:write', ['api_key']),
  'key.revoke': action('admin', 'keys:write', ['api_key']),
  'key.read': read('keys:read'),
  'service_account.read': read('people:read'),
  'service_account.create': action('admin', 'people:write', ['principal']),
  'service_account.handover': action('admin', 'people:write', ['principal']),
  'service_account.credential_add': action('admin', 'keys:write', ['client_credential']),
  'service_account.credential_revoke': action('admin', 'keys:write', ['client_credential']),
  'service_account.identity_add': action('admin', 'keys:write', ['client_credential']),
  'service_account.identity_remove': action('admin', 'keys:write', ['client_credential']),
  // Tokens are records; that one is given is decided.
  'service_token.create': action('admin', null),
  'service_token.exchange': action('admin', null),
  'role.read': read('people:read'),
  'role.write': action('admin', 'people:write', ['tenant_document']),
  'list.read': read('lists:read'),
  'list.write': action('admin', 'lists:write', ['tenant_document']),
  'limits.read': read('limits:read'),
  'limits.write': action('admin', 'limits:write', ['tenant_document']),
  'group_rules.read': read('people:read'),
  'group_rules.write': action('admin', 'people:write', ['tenant_document']),
  'scim_schema.read': read('scim:read'),
  'scim_schema.write': action('admin', 'scim:write', ['tenant_document']),
  'scim_mapping.read': read('scim:read'),
  // Everybody is as it says from the same moment on.
  'scim_mapping.write': action('admin', 'sign_in:write', ['tenant_document', 'principal', 'scim_user']),
  'whoami.read': read(null),
  // A question of what somebody may do: the gate is asked as in their request, and nothing else happens.
  'access.read': read('access:read'),
  // Whoever may say which provider vouches for people can become any of them.
  'provider.read': read('sign_in:read'),
  'provider.create': action('admin', 'sign_in:write', ['identity_provider']),
  'provider.update': action('admin', 'sign_in:write', ['identity_provider']),
  'domain.read': read('sign_in:read'),
  'domain.claim': action('admin', 'sign_in:write', ['verified_domain']),
  'domain.verify': action('admin', 'sign_in:write', ['verified_domain']),
  'domain.release': action('admin', 'sign_in:write', ['verified_domain']),
  // What its record in DNS no longer says; only the platform writes that down.
  'domain.lapse': action('admin', null, ['verified_domain']),
  // Sessions are records; whom a provider vouches for the first time is not.
  'session.create': action('admin', null, ['external_account', 'principal', 'invitation', 'workspace_member']),
  'session.read': read(null),
  'session.end': action('admin', null),
  'session.revoke': action('admin', 'people:write'),
  // What people sign in by here. Whoever knocks is nobody yet; what they enrol, the token or password that they came with speaks for.
  'account.read': read(null),
  'account.knock': read(null),
  'account.enrol': action('admin', null, ['local_password', 'password_token', 'totp_secret', 'recovery_code']),
  // Whoever forgot their password is nobody yet; what they get by mail speaks for them later.
  'account.recover': action('admin', null, ['password_token']),
  'account.change': action('admin', null, ['local_password', 'totp_secret', 'recovery_code', 'passkey']),
  'account.reset': action('admin', 'people:write', ['password_token', 'totp_secret', 'recovery_code', 'passkey']),
  'scim.read': read('scim:read'),
  'scim.configure': action('admin', 'scim:write', ['scim_connection', 'scim_token', 'principal']),
  // What an identity provider asks for: looking up, and keeping people and groups in step.
  'scim.look_up': read('scim:provision'),
  'scim.provision': action('admin', 'scim:provision', [
    'principal',
    'api_key',
    'runtime_token',
    'external_account',
    'scim_user',
    'scim_group',
    'scim_group_member',
    'scim_let_go',
  ]),
  // Whether those whom a request lets go may go, or how many have gone is for people to look at.
  'scim.let_go': action('admin', 'scim:provision'),
  'scim.hold_off': action('admin', 'scim:provision', ['scim_brake', 'scim_brake_change', 'approval']),
  'scim.release': action('admin', 'scim:write', ['scim_brake']),
  'scim.reject': action('admin', 'scim:write', ['scim_brake']),
  'scim.undo': action('admin', 'scim:write', [
    'principal',
    'scim_user',
    'scim_group',
    'scim_group_member',
    'scim_let_go',
  ]),
  'publisher.register': action('admin', 'publishers:write', ['publisher', 'publisher_key', 'principal']),
  'publisher.key_add': action('admin', 'publishers:write', ['publisher_key']),
  'publisher.key_revoke': action('admin', 'publishers:write', ['publisher_key']),
  'publisher.verify': across(action('admin', 'platform:operate', ['publisher', 'standing'])),
  'publisher.read': read('publishers:read'),
  'extension.submit': action('publish', 'extensions:publish', [
    'extension_registry',
    'extension_version',
    'extension_bundle',
  ]),
  'extension.approve': across(
    action('publish', 'extensions:review', ['extension_registry', 'extension_version', 'extension_bundle']),
  ),
  'extension.promote': action('publish', 'extensions:publish', ['extension_version']),
  'extension.yank': action('publish', 'extensions:publish', ['extension_version']),
  'extension.read': read('extensions:read'),
  'install.create': action('install', 'installs:write', [
    'tenant_extension_install',
    'install_consent',
    'install_secret',
    'extension_event_subscription',
    'approval',
  ]),
  'install.update': action('install', 'installs:write', [
    'tenant_extension_install',
    'install_consent',
    'install_secret',
    'extension_event_subscription',
    'approval',
  ]),
  'install.uninstall': action('install', 'installs:write', [
    'tenant_extension_install',
    'install_consent',
    'install_secret',
    'extension_event_subscription',
    'runtime_token',
  ]),
  // A token does at most what its install may.
  'runtime_token.create': action('admin', 'installs:write', ['runtime_token']),
  'runtime_token.revoke': action('admin', 'installs:write', ['runtime_token']),
  'install.read': read('installs:read'),
  'extension.invoke': action('call', 'extensions:invoke'),
  'capability.use': action('capability', null),
  'execution.read': read('executions:read'),
  // It writes records only, and calls an extension again.
  'event.redeliver': action('admin', 'installs:write'),
  // What an extension answered to whoever called it: theirs alone.
  'call.read': read('extensions:invoke'),
  'call.fetch': recordedRead('extensions:invoke'),
  // A recording keeps payloads and secrets, so it is asked for, decided and on record, as is each use of one.
  'execution.record': action('admin', 'executions:record'),
  'execution.replay': recordedRead('executions:record'),
  'execution.export': recordedRead('executions:record'),
  'enforcement.set_rung': across(action('enforcement', 'enforcement:write', ['standing'])),
  'kill.engage': across(action('killswitch', 'kill:engage', ['kill_order'])),
  'kill.release': across(action('killswitch', 'kill:release', ['kill_order'])),
  'kill.read': read('kill:read'),
  'approval.vote': across(action('admin', 'approvals:vote', ['approval', 'approval_vote'])),
  'approval.read': read('approvals:read'),
  'decision.read': read('decisions:read'),
  'decision.explain': recordedRead('decision:explain'),
  'decision.replay': recordedRead('decisions:replay'),
  'audit.read': read('audit:read'),
  'audit.export': recordedRead('audit:export'),
  // Old decisions go; asked by the platform itself alone.
  'audit.retain': action('admin', 'platform:operate', ['decision_retention']),
  'policy.read': read('policy:read'),
  // An edit voids what waits for an approval of what was sealed from the draft.
  'policy.draft': action('admin', 'policy:write', ['policy_draft', 'approval']),
  // It writes records only, and reads decisions of every organisation, so each one is kept.
  'policy.what_if': action('admin', 'policy:write'),
  'policy.seal': action('admin', 'policy:write', ['policy_draft', 'policy_revision']),
  'policy.activate': action('admin', 'policy:activate', [
    'policy_activation',
    'policy_canary',
    'policy_revision',
    'approval',
  ]),
  // The platform itself does these too, once the pairs of a canary say so.
  'policy.advance': action('admin', 'policy:activate', ['policy_canary', 'policy_activation', 'approval']),
  'policy.revert': action('admin', 'policy:activate', ['policy_canary', 'approval']),
  'policy.rollback': action('admin', 'policy:activate', ['policy_activation', 'policy_revision', 'approval']),
  // What was put in force by break-glass goes out of it by itself; only the platform writes that down.
  'policy.expire': action('admin', null, ['policy_activation', 'approval']),
  'waiver.grant': action('admin', 'policy:write', ['policy_waiver']),
  'waiver.revoke': action('admin', 'policy:write', ['policy_waiver']),
  // Restrictions that an organisation puts on top of the platform's policy, for itself.
  'tenant_policy.draft': action('admin', 'tenant_policy:write', ['tenant_policy_draft']),
  'tenant_policy.activate': action('admin', 'tenant_policy:activate', ['tenant_policy_activation', 'approval']),
  'tenant_policy.rollback': action('admin', 'tenant_policy:activate', ['tenant_policy_activation', 'approval']),
  // What an agent fetches and sends changes nothing governed, and comes without end: its refusals go on record.
  'agent.connect': read('opa:connect'),
  'agent.report': read('opa:connect'),
} as const satisfies Record<string, ActionEntry>
export type Action = keyof typeof ACTIONS
export const ACTION_IDS = Object.keys(ACTIONS) as [Action, ...Action[]]

/** The entry of an action, as its general type. */
export const actionEntry = (id: Action): ActionEntry => ACTIONS[id]

/** The actions that one gate decides. */
export type ActionOf<G extends Gate> = { [A in Action]: (typeof ACTIONS)[A]['gate'] extends G ? A : never }[Action]
