/** The closed word lists of Gatehouse. A word is spelled here once; everything else imports it. */

/** The seven gates; each is one Rego package `governance.<gate>` with one entrypoint `decision`. */
export const GATES = ['publish', 'install', 'call', 'capability', 'enforcement', 'killswitch', 'admin'] as const
export type Gate = (typeof GATES)[number]

/** What policy may answer. `unavailable` is never an answer: it is the absence of one. */
export const ANSWERS = ['allow', 'hold', 'deny'] as const

/** Who made a decision: policy, the kill switch below it, the floor that engages without policy, or nobody. */
export const DECIDED_BY = ['policy', 'kill', 'floor', 'unavailable'] as const
export type DecidedBy = (typeof DECIDED_BY)[number]

/** Rungs of the enforcement ladder, mildest first. */
export const RUNGS = ['none', 'notice', 'warn', 'throttle', 'delist', 'suspend', 'terminate'] as const
export type Rung = (typeof RUNGS)[number]

/** What a kill order can stop, widest first. */
export const KILL_SCOPES = ['global', 'tenant', 'publisher', 'extension', 'version', 'install'] as const
export type KillScope = (typeof KILL_SCOPES)[number]

export const REVIEW_STATES = ['pending', 'in_review', 'approved', 'denied', 'quarantined'] as const
export const CHANNELS = ['draft', 'beta', 'ga'] as const
export const INSTALL_STATUSES = ['active', 'disabled', 'uninstalled'] as const
export const ACTOR_KINDS = ['user', 'service_account', 'system', 'anonymous'] as const
export const SEVERITIES = ['info', 'low', 'medium', 'high', 'critical'] as const
export const RISKS = ['low', 'medium', 'high', 'critical'] as const

/** State of a bundle's DSSE envelope against the trust bundle (D06). */
export const SIGNATURE_STATES = [
  'valid',
  'unsigned',
  'unknown_signer',
  'bad_signature',
  'revoked',
  'expired',
  'digest_mismatch',
] as const

/** Kinds of standing row a subject can have; absent means nothing is known against or for it. */
export const STANDING_KINDS = ['rung', 'health', 'advisory', 'entitlement', 'terms', 'verified'] as const
export const STANDING_SUBJECTS = ['tenant', 'publisher', 'extension', 'version', 'install'] as const

/** What a waiver can be for. */
export const WAIVER_SUBJECTS = ['tenant', 'extension'] as const
export const WAIVER_STATES = ['in_force', 'expired', 'revoked'] as const

/** States of an approval. */
export const APPROVAL_STATES = ['open', 'approved', 'denied', 'expired', 'voided'] as const
/** States of an organisation. `closing`: until a date it can be called off; `closed`: its row is all that is left of it. */
export const TENANT_STATES = ['active', 'suspended', 'closing', 'closed'] as const

/** Slug of the workspace in which is what names none. */
export const DEFAULT_WORKSPACE = 'default'
/** States of a workspace. `archived`: nothing is called or installed in it until it is restored. */
export const WORKSPACE_STATES = ['active', 'archived'] as const

/** What an approval is about; each kind has one owning module that acts once it is settled. */
export const APPROVAL_KINDS = [
  'review',
  'consent',
  'kill_release',
  'policy',
  'waiver',
  'tenant_policy',
  'scim_brake',
  'erasure',
  'organisation',
] as const

/** What an organisation lays down for itself, each kind a document with revisions. */
export const DOCUMENT_KINDS = ['list', 'limits', 'role', 'group_rules', 'scim_schema', 'scim_mapping'] as const

/** What a look-up in an organisation's lists came to; absent where no list says anything. `unlisted`: a closed list leaves it out. */
export const LISTED_EFFECTS = ['allow', 'deny', 'pin', 'unlisted'] as const

/** How an execution ended. Everything but `ok` is an error code of the same name under `execution.`. */
export const EXECUTION_OUTCOMES = [
  'ok',
  'guest_error',
  'fuel_exhausted',
  'memory_exhausted',
  'time_exceeded',
  'output_exceeded',
  'host_calls_exhausted',
  'exited',
  'trap',
  'killed',
  'crashed',
  'client_gone',
  'input_exceeded',
] as const
export type ExecutionOutcome = (typeof EXECUTION_OUTCOMES)[number]

/** The tenant that platform staff belong to. Its id is fixed so that policy, seeds and row-level security agree. */
export const PLATFORM_TENANT_ID = '00000000-0000-7000-8000-000000000000'

/** What may happen to somebody who signs in for the first time: nothing, being linked to the person of that address, being made. */
export const JIT_MODES = ['off', 'link', 'create'] as const

/** How the service proves itself to an identity provider (OpenID Connect Core, section 9). */
export const CLIENT_AUTH_METHODS = ['private_key_jwt', 'client_secret_basic', 'client_secret_post', 'none'] as const

/** How an identity provider vouches for people. */
export const PROVIDER_KINDS = ['oidc', 'saml'] as const

/** What holds a session: a browser by its cookie, a command by its token. */
export const SESSION_CLIENTS = ['browser', 'cli'] as const

/** What an extension can measure: what adds up, what stands at a value, what is spread over values. */
export const METRIC_KINDS = ['counter', 'gauge', 'histogram'] as const

/** Whose habits a SCIM connection understands besides the RFCs. */
export const SCIM_QUIRKS = ['generic', 'okta', 'entra'] as const
export type ScimQuirks = (typeof SCIM_QUIRKS)[number]

/** What `scimType` can be: RFC 7644, table 9, and RFC 9865, section 2.1. */
export const SCIM_ERRORS = [
  'invalidFilter',
  'tooMany',
  'uniqueness',
  'mutability',
  'invalidSyntax',
  'invalidPath',
  'noTarget',
  'invalidValue',
  'invalidVers',
  'sensitive',
  'invalidCursor',
  'expiredCursor',
  'invalidCount',
] as const
export type ScimType = (typeof SCIM_ERRORS)[number]

/** What a request of an identity provider does, as policy sees it. */
export const SCIM_OPERATIONS = ['create', 'adopt', 'replace', 'patch', 'delete', 'bulk'] as const
export type ScimOperation = (typeof SCIM_OPERATIONS)[number]
export const SCIM_RESOURCES = ['User', 'Group', 'Bulk'] as const

/** What a request of an identity provider can change. */
export const SCIM_EFFECTS = [
  'user.created',
  'user.adopted',
  'user.changed',
  'user.deactivated',
  'user.reactivated',
  'user.deleted',
  'sessions.ended',
  'keys.revoked',
  'service_account.disabled',
  'roles.lost',
  'group.created',
  'group.changed',
  'group.deleted',
  'member.added',
  'member.removed',
] as const

/** What a leaver would lose, as the brake of a SCIM connection lists it. */
export const SCIM_LOSSES = ['deactivated', 'deleted', 'left_group', 'lost_roles'] as const
export type ScimLoss = (typeof SCIM_LOSSES)[number]
/** How a brake stands: it waits for people, opened, stays shut for what it lists, or is over. */
export const SCIM_BRAKE_STATES = ['held', 'released', 'rejected', 'over'] as const
/** Where something happened that the audit list tells of. */
export const AUDIT_SOURCES = ['admin', 'sign_in', 'scim'] as const

/** How such a request ended: done, refused for what it asked, failed on our side. */
export const SCIM_OUTCOMES = ['done', 'refused', 'failed'] as const
export type ScimOutcome = (typeof SCIM_OUTCOMES)[number]

/** Errors that OAuth names: RFC 6749 §5.2, RFC 8628 §3.5, RFC 8693 §2.2.2, RFC 9449 §5 and §8, and OpenID Connect Back-Channel Logout 1.0 §2.8. */
export const OAUTH_ERRORS = [
  'invalid_request',
  'invalid_client',
  'invalid_grant',
  'unsupported_grant_type',
  'unauthorized_client',
  'invalid_scope',
  'invalid_target',
  'authorization_pending',
  'slow_down',
  'access_denied',
  'expired_token',
  'invalid_dpop_proof',
  'use_dpop_nonce',
] as const
export type OAuthError = (typeof OAUTH_ERRORS)[number]

/** What proofs of keys are signed with (RFC 9449, section 4.2): no algorithm under which the public key would be the secret. */
export const PROOF_ALGORITHMS = ['ES256', 'EdDSA', 'Ed25519', 'PS256', 'RS256'] as const

/** The session of a browser. `__Host-` keeps it to this host alone, and to https or loopback (RFC 6265bis, section 4.1.3.2). */
export const SESSION_COOKIE = '__Host-gatehouse'
