import type { ExportSection } from '#contract/api/organisation-export.js'

/** Columns that order the rows of a section, each with its type; together they are unique. */
type Key = readonly (readonly [column: string, type: string])[]

/** What goes out of a table. Columns are named one by one, so that a secret goes out only where somebody writes it here. */
export interface Exported {
  readonly table: string
  readonly columns: string
  readonly key: Key
}

const ID: Key = [['id', 'uuid']]
const from = (table: string, columns: string, key: Key = ID): Exported => ({ table, columns, key })
const base64 = (column: string): string => `translate(encode(${column}, 'base64'), E'\\n', '') AS ${column}`
const MADE = 'decision_id, version, created_at'

/** The archive of an organisation: for each section its table, and what of it. */
export const EXPORTED: Readonly<Record<ExportSection, Exported>> = {
  organisation: from(
    'tenant',
    `slug, name, status, suspended_because, closes_at, closing_because, closing_by, closing_by_platform, closed_at, sandbox_until, settings, ${MADE}`,
  ),
  workspaces: from('workspace', `slug, name, archived_at, archived_because, ${MADE}`),
  workspace_members: from('workspace_member', `workspace_id, principal_id, roles, given_at, ${MADE}`),
  people: from(
    'principal',
    `publisher_id, kind, name, email, roles, custom_roles, pseudonym, made_by, made_with, owner_id, disabled_at, ${MADE}`,
  ),
  keys: from('api_key', `principal_id, name, prefix, scopes, expires_at, revoked_at, issued_by, issued_with, ${MADE}`),
  credentials: from(
    'client_credential',
    `principal_id, kind, name, jwk, kid, expires_at, revoked_at, issued_by, issued_with, ${MADE}`,
  ),
  invitations: from(
    'invitation',
    `email, name, roles, custom_roles, in_workspaces, invited_by, principal_id, expires_at, accepted_at, revoked_at, ${MADE}`,
  ),
  documents: from('tenant_document', `kind, name, revision, document, why, by, reverts_to, ${MADE}`),
  policy_drafts: from('tenant_policy_draft', `source, tests, checks, updated_by, updated_at, ${MADE}`, [
    ['tenant_id', 'uuid'],
  ]),
  policies: from(
    'tenant_policy_activation',
    `seq, module, source, tests, replaces, kind, reason, approval_id, by, ${MADE}`,
  ),
  identity_providers: from(
    'identity_provider',
    `slug, kind, name, issuer, saml, client_id, client_auth, scopes, step_up_acr, jit, jit_roles, enabled, ${MADE}`,
  ),
  accounts: from('external_account', `provider_id, principal_id, issuer, subject, ${MADE}`),
  domains: from('verified_domain', `provider_id, domain, verified_at, checked_at, ${MADE}`),
  sessions: from(
    'session',
    'principal_id, provider_id, client, label, acr, second_factor, auth_time, last_used_at, expires_at, ended_at, ended_because, created_at',
  ),
  scim_connections: from('scim_connection', `principal_id, name, quirks, settings, enabled, made_by, ${MADE}`),
  scim_users: from('scim_user', `user_name, external_id, attributes, last_modified_at, ${MADE}`, [
    ['principal_id', 'uuid'],
  ]),
  scim_groups: from('scim_group', `display_name, external_id, attributes, last_modified_at, ${MADE}`),
  scim_members: from('scim_group_member', MADE, [
    ['group_id', 'uuid'],
    ['member_id', 'uuid'],
  ]),
  scim_log: from(
    'scim_log',
    'connection_id, method, path, resource_type, resource_id, status, scim_type, detail, effects, effect_count, would, duration_ms, decision_id, correlation_id, at',
  ),
  publishers: from('publisher', `slug, name, contact, verified_at, ${MADE}`),
  publisher_keys: from('publisher_key', `publisher_id, keyid, algorithm, public_key, not_after, revoked_at, ${MADE}`),
  extensions: from('extension_registry', `publisher_id, name, title, type, categories, ${MADE}`),
  versions: from(
    'extension_version',
    `publisher_id, extension_id, semver, digest, manifest, channel, review_state, certification, yanked_at, deprecation, ${MADE}`,
  ),
  installs: from(
    'tenant_extension_install',
    `workspace_id, publisher_id, version_id, extension_id, status, permissions, config, ${MADE}`,
  ),
  consents: from('install_consent', `install_id, digest, permissions, given_by, ${MADE}`),
  secrets: from('install_secret', `install_id, name, ${MADE}`),
  subscriptions: from('extension_event_subscription', `install_id, event_type, ${MADE}`),
  runtime_tokens: from(
    'runtime_token',
    `install_id, principal_id, name, digest, permissions, expires_at, revoked_at, ${MADE}`,
  ),
  standing: from('standing', `subject_kind, subject_id, kind, value, reason, until, ${MADE}`),
  kv: from('extension_kv', `${base64('value')}, version, execution_id, updated_at, expires_at`, [
    ['install_id', 'uuid'],
    ['key', 'text'],
  ]),
  events: from(
    'extension_event',
    'workspace_id, publisher_id, install_id, extension, semver, type, data, execution_id, hops, at',
  ),
  deliveries: from(
    'extension_event_delivery',
    'event_id, install_id, extension, type, state, attempts, fault, execution_id, created_at, updated_at',
  ),
  logs: from('extension_log', 'execution_id, publisher_id, extension, level, message, shared, at', [['id', 'bigint']]),
  metrics: from(
    'extension_metric',
    'workspace_id, publisher_id, extension, count, sum, min, max, last',
    ['install_id:uuid', 'period:text', 'kind:text', 'name:text', 'labels:text'].map((each) => {
      const [column, type] = each.split(':')
      return [column!, type!] as const
    }),
  ),
  usage: from('extension_quota_usage', 'workspace_id, publisher_id, value', [
    ['install_id', 'uuid'],
    ['period', 'text'],
    ['metric', 'text'],
  ]),
  approvals: from(
    'approval',
    `kind, action, state, title, subject, subject_digest, subject_publisher_id, scope, quorum, opened_by, expires_at, settled_at, voided_because, ${MADE}`,
  ),
  votes: from(
    'approval_vote',
    `approval_id, principal_id, voter, key_id, publisher_id, scopes, verdict, comment, subject_digest, ${MADE}`,
  ),
  kills: from('kill_order', `scope, target, reason, engaged_by, epoch, released_at, release_decision_id, ${MADE}`),
  executions: from(
    'extension_execution_log',
    'workspace_id, publisher_id, install_id, extension, semver, digest, endpoint, outcome, status, fuel, memory_bytes, wall_ms, host_calls, denied_calls, output_bytes, input_digest, output_digest, slot, correlation_id, trace_id, started_at, ended_at, denied, revision, artifact, engine, decisions, recording_digest',
  ),
  agent_decisions: from(
    'agent_decision',
    `agent, principal, decision_id, path, gate, action, outcome, revision, ${base64('input')}, ${base64('answer')}, input_digest, error, masked, masked_paths, requested_by, at, received_at`,
  ),
  decisions: from(
    'decision',
    `workspace_id, publisher_id, instance, gate, action, outcome, decided_by, cause, actor, resource_kind, resource_id, extension, install_id, execution_id, reasons, rules, revision, engine, tenant_module, ${base64('input')}, ${base64('answer')}, input_digest, fuel, count, correlation_id, at, expires_at`,
  ),
}

/** Tables with rows of organisations that are in no archive, and why. */
export const NOT_EXPORTED: Readonly<Record<string, string>> = {
  extension_bundle: 'signed archives, which the registry gives out by their digests',
  scim_token: 'secrets',
  service_token: 'secrets',
  client_credential_use: 'when a secret was used last',
  runtime_token_use: 'when a secret was used last',
  scim_token_use: 'when a secret was used last',
  sign_in_attempt: 'secrets, for some minutes',
  local_sign_in: 'secrets, for some minutes',
  local_password: 'secrets',
  totp_secret: 'secrets',
  recovery_code: 'secrets',
  recovery_code_use: 'of secrets',
  password_token: 'secrets',
  passkey: 'good at this service alone',
  passkey_use: 'good at this service alone',
  api_key_use: 'when a secret was used last',
  principal_role: 'the access review gives it',
  scim_let_go: 'people as they were, for some days',
  scim_brake: 'approvals, which are here, say what was shown and agreed to',
  scim_brake_change: 'approvals, which are here, say what was shown and agreed to',
  execution_recording: 'sealed, and exported one by one',
  kept_call: 'answers, of whoever asked alone, for a day',
  opa_agent: 'heartbeats',
  outbox: 'notices under way',
  permit_spend: 'that a decision, which is here, was used',
  policy_what_if: 'runs over decisions, which are here',
  decision_retention: "the platform's own",
  policy_draft: "the platform's own",
  policy_revision: "the platform's own",
  policy_activation: "the platform's own",
  policy_waiver: "the platform's own",
  policy_canary: "the platform's own",
}
