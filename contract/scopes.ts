/**
 * API scopes and the roles that bundle them. A principal's effective scopes are the union over its roles,
 * cut down to the scopes of the API key it came with. Policy sees the effective set as `actor.scopes`.
 */
export const SCOPES = {
  'tenants:read': 'See the organisation and its workspaces',
  'tenants:write': 'Create organisations and change their settings',
  'people:read': 'See people and service accounts',
  'people:write': 'Add people and service accounts, change roles',
  'keys:read': 'See API keys (never their secrets)',
  'keys:write': 'Create and revoke API keys',
  'publishers:read': 'See publishers',
  'publishers:write': 'Register a publisher and its signing keys',
  'extensions:read': 'See extensions, versions and certification',
  'extensions:publish': 'Submit versions, promote and yank them',
  'extensions:review': 'Review what others submitted',
  'installs:read': 'See installs',
  'installs:write': 'Install, update and uninstall',
  'extensions:invoke': 'Call installed extensions',
  'executions:read': 'See executions and logs of extensions',
  'approvals:read': 'See what waits for a person',
  'approvals:vote': 'Approve or deny what waits',
  'decisions:read': 'Search decisions',
  'decision:explain': 'See the facts behind a decision',
  'decisions:replay': 'Replay a decision',
  'audit:read': 'Read the ledger and its proofs',
  'audit:export': 'Export the ledger',
  'kill:read': 'See kill switches',
  'kill:engage': 'Engage a kill switch',
  'kill:release': 'Release a kill switch',
  'enforcement:write': "Set an extension's rung",
  'policy:read': 'See the active policy',
  'platform:operate': 'Act on the platform as a whole, across organisations',
} as const
export type Scope = keyof typeof SCOPES
export const SCOPE_IDS = Object.keys(SCOPES) as [Scope, ...Scope[]]

const READS: Scope[] = [
  'tenants:read',
  'people:read',
  'keys:read',
  'publishers:read',
  'extensions:read',
  'installs:read',
  'executions:read',
  'approvals:read',
  'decisions:read',
  'audit:read',
  'kill:read',
  'policy:read',
]

/** Roles people hold. `operator` and `security_lead` reach across organisations only in the platform's own tenant. */
export const ROLES = {
  owner: SCOPE_IDS.filter((scope) => scope !== 'platform:operate' && scope !== 'extensions:review'),
  admin: [
    ...READS,
    'people:write',
    'keys:write',
    'installs:write',
    'extensions:invoke',
    'approvals:vote',
    'kill:engage',
    'decision:explain',
    'decisions:replay',
  ],
  project_manager: [
    'extensions:read',
    'installs:read',
    'installs:write',
    'extensions:invoke',
    'approvals:read',
    'executions:read',
    'decisions:read',
  ],
  developer: [
    'publishers:read',
    'publishers:write',
    'extensions:read',
    'extensions:publish',
    'executions:read',
    'decisions:read',
  ],
  member: ['extensions:read', 'installs:read', 'extensions:invoke'],
  auditor: [...READS, 'decision:explain', 'decisions:replay', 'audit:export'],
  security_lead: [
    ...READS,
    'extensions:review',
    'approvals:vote',
    'kill:engage',
    'kill:release',
    'enforcement:write',
    'decision:explain',
    'decisions:replay',
    'audit:export',
    'platform:operate',
  ],
  operator: [...SCOPE_IDS],
} as const satisfies Record<string, readonly Scope[]>
export type Role = keyof typeof ROLES
export const ROLE_IDS = Object.keys(ROLES) as [Role, ...Role[]]
