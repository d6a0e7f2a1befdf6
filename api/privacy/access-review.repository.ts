import type { ReviewedAccess, ReviewedKey } from '#contract/api/privacy.js'
import type { Scope } from '#contract/scopes.js'
import { leastIdOf } from '../ledger/decision-filters.rules.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { GivenRole } from './access.rules.js'

/** Whose access is looked at: everybody of an organisation, or one of them. */
export interface Looking {
  readonly tenantId: string
  readonly principalId?: string
}

/** Somebody as the review lists them, without what they hold. */
export type Holder = Omit<ReviewedAccess, 'unused' | 'roles' | 'keys'> & { readonly created_at: string }

const ONE = '($2::uuid IS NULL OR p.id = $2)'
const values = ({ tenantId, principalId }: Looking) => [tenantId, principalId ?? null]

/** People and service accounts, by name. */
export const listHolders = async (tx: Queryable, looking: Looking): Promise<Holder[]> =>
  (
    await tx.query<Holder>(
      `SELECT p.id, p.kind, p.name, p.email, p.pseudonym, ${isoTimestamp('p.disabled_at', 'disabled_at')}, p.owner_id,
         ${isoTimestamp('p.created_at', 'created_at')},
         EXISTS (SELECT FROM scim_user s WHERE s.principal_id = p.id) AS managed,
         ${isoTimestamp('seen.at', 'last_seen_at')}
       FROM principal p CROSS JOIN LATERAL (SELECT greatest(
         (SELECT max(s.last_used_at) FROM session s WHERE s.principal_id = p.id),
         (SELECT max(u.used_at) FROM api_key k JOIN api_key_use u ON u.key_id = k.id WHERE k.principal_id = p.id),
         (SELECT max(u.used_at) FROM client_credential c JOIN client_credential_use u ON u.credential_id = c.id
          WHERE c.principal_id = p.id),
         (SELECT max(u.used_at) FROM scim_connection c JOIN scim_token t ON t.connection_id = c.id
          JOIN scim_token_use u ON u.token_id = t.id WHERE c.principal_id = p.id)) AS at) AS seen
       WHERE p.tenant_id = $1 AND ${ONE} AND p.erased_at IS NULL ORDER BY p.kind DESC, lower(p.name), p.id`,
      values(looking),
    )
  ).rows

/** Roles that people were given themselves: by hand, by an invitation, by their first sign-in. */
const givenRoles = async (tx: Queryable, looking: Looking): Promise<GivenRole[]> =>
  (
    await tx.query<GivenRole>(
      `SELECT r.principal_id, r.role, CASE WHEN r.custom THEN 'custom_role' ELSE 'role' END AS kind,
         ${isoTimestamp('r.since', 'since')}, r.action AS rule, r.given_by AS actor, r.given_under AS decision_id,
         NULL AS workspace
       FROM principal_role r JOIN principal p ON p.id = r.principal_id
       WHERE p.tenant_id = $1 AND ${ONE} ORDER BY r.custom, r.role`,
      values(looking),
    )
  ).rows

/** Roles that people have by groups of their identity provider, for as long as they are members. */
const rolesByGroup = async (tx: Queryable, looking: Looking): Promise<GivenRole[]> =>
  (
    await tx.query<GivenRole>(
      `SELECT g.principal_id, given.role, 'group' AS kind, ${isoTimestamp('min(m.created_at)', 'since')},
         min(g.group_name) AS rule, NULL AS actor, NULL AS decision_id, NULL AS workspace
       FROM group_role g JOIN principal p ON p.id = g.principal_id
       JOIN scim_group_member m ON m.group_id = g.group_id AND m.member_id = g.principal_id
       CROSS JOIN LATERAL jsonb_array_elements_text(g.rule->'roles' || (g.rule->'custom_roles')) AS given (role)
       WHERE p.tenant_id = $1 AND ${ONE} GROUP BY g.principal_id, g.group_id, given.role ORDER BY given.role, g.group_id`,
      values(looking),
    )
  ).rows

/** Roles that people have within one workspace by groups of their identity provider, for as long as they are members. */
const rolesInWorkspacesByGroup = async (tx: Queryable, looking: Looking): Promise<GivenRole[]> =>
  (
    await tx.query<GivenRole>(
      `SELECT g.principal_id, there.role, 'group' AS kind, ${isoTimestamp('min(m.created_at)', 'since')},
         min(g.group_name) AS rule, NULL AS actor, NULL AS decision_id,
         jsonb_build_object('id', there.workspace_id, 'slug', there.slug) AS workspace
       FROM group_role g JOIN principal p ON p.id = g.principal_id
       JOIN scim_group_member m ON m.group_id = g.group_id AND m.member_id = g.principal_id
       CROSS JOIN LATERAL group_rule_workspace_roles(g.tenant_id, g.rule) AS there
       WHERE p.tenant_id = $1 AND ${ONE} GROUP BY g.principal_id, g.group_id, there.workspace_id, there.slug, there.role
       ORDER BY there.slug, there.role, g.group_id`,
      values(looking),
    )
  ).rows

/** Roles that people were given within one workspace themselves. */
const rolesInWorkspaces = async (tx: Queryable, looking: Looking): Promise<GivenRole[]> =>
  (
    await tx.query<GivenRole>(
      `SELECT m.principal_id, given.role, 'workspace' AS kind, ${isoTimestamp('m.given_at', 'since')},
         d.action AS rule, d.actor, m.decision_id, jsonb_build_object('id', w.id, 'slug', w.slug) AS workspace
       FROM workspace_member m JOIN principal p ON p.id = m.principal_id JOIN workspace w ON w.id = m.workspace_id
       LEFT JOIN decision d ON d.id = m.decision_id CROSS JOIN LATERAL unnest(m.roles) AS given (role)
       WHERE p.tenant_id = $1 AND ${ONE} ORDER BY w.slug, given.role`,
      values(looking),
    )
  ).rows

/** Where roles come from, one entry for each; a further source of roles is added here, and to nothing else of the review. */
const SOURCES = [givenRoles, rolesByGroup, rolesInWorkspacesByGroup, rolesInWorkspaces]

/** Every role that somebody holds, by whatever gives it. */
export const listRoles = async (tx: Queryable, looking: Looking): Promise<GivenRole[]> => {
  const found: GivenRole[] = []
  // oxlint-disable-next-line no-await-in-loop -- One connection runs one statement at a time.
  for (const source of SOURCES) found.push(...(await source(tx, looking)))
  return found
}

/** What the organisation's own roles give now, by name. */
export const customRoleScopes = async (tx: Queryable, { tenantId }: Looking): Promise<Map<string, Scope[]>> => {
  const { rows } = await tx.query<{ name: string; scopes: Scope[] }>(
    `SELECT name, CASE WHEN coalesce((document->>'until')::timestamptz > now(), true)
         THEN ARRAY(SELECT jsonb_array_elements_text(document->'scopes')) ELSE '{}' END AS scopes
     FROM (SELECT DISTINCT ON (name) name, document FROM tenant_document WHERE tenant_id = $1 AND kind = 'role'
       ORDER BY name, revision DESC) AS newest`,
    [tenantId],
  )
  return new Map(rows.map(({ name, scopes }) => [name, scopes]))
}

/** A key that still lets somebody in. */
export type HeldKey = Omit<ReviewedKey, 'unused'> & { readonly principal_id: string }

/** Keys and credentials that are neither revoked nor expired. */
export const listHeldKeys = async (tx: Queryable, looking: Looking): Promise<HeldKey[]> =>
  (
    await tx.query<HeldKey>(
      `SELECT k.principal_id, k.id, 'api_key' AS kind, k.name, to_json(k.scopes) AS scopes,
         ${isoTimestamp('k.created_at', 'created_at')}, ${isoTimestamp('k.expires_at', 'expires_at')},
         ${isoTimestamp('u.used_at', 'last_used_at')}
       FROM api_key k JOIN principal p ON p.id = k.principal_id LEFT JOIN api_key_use u ON u.key_id = k.id
       WHERE p.tenant_id = $1 AND ${ONE} AND k.revoked_at IS NULL AND coalesce(k.expires_at > now(), true)
       UNION ALL
       SELECT c.principal_id, c.id, c.kind, c.name, NULL,
         ${isoTimestamp('c.created_at', 'created_at')}, ${isoTimestamp('c.expires_at', 'expires_at')},
         ${isoTimestamp('u.used_at', 'last_used_at')}
       FROM client_credential c JOIN principal p ON p.id = c.principal_id
       LEFT JOIN client_credential_use u ON u.credential_id = c.id
       WHERE p.tenant_id = $1 AND ${ONE} AND c.revoked_at IS NULL AND coalesce(c.expires_at > now(), true)
       ORDER BY id`,
      values(looking),
    )
  ).rows

/** When somebody did something of a kind last. */
export interface Deed {
  readonly actor: string
  readonly action: string
  readonly at: string
}

/** What was done last by whom since a moment (milliseconds since the epoch), of what is on record; calls of extensions apart. */
export const lastDeeds = async (tx: Queryable, { tenantId }: Looking, since: number): Promise<Deed[]> =>
  (
    await tx.query<Deed>(
      `SELECT actor, action, ${isoTimestamp('max(at)', 'at')} FROM decision
       WHERE action <> 'extension.invoke' AND action <> 'capability.use' AND id >= $2::uuid AND tenant_id = $1
         AND outcome <> 'deny' GROUP BY actor, action`,
      [tenantId, leastIdOf(since)],
    )
  ).rows
