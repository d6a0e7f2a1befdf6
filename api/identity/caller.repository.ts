import type { ScimSchemaDocument } from '#contract/api/scim-schemas.js'
import type { Role, Scope, WorkspaceRole } from '#contract/scopes.js'
import type { ScimQuirks } from '#contract/vocabulary.js'
import { customScopes, holdingDocuments } from '../documents/documents.repository.js'
import { rolesByGroups } from '../documents/group-roles.repository.js'
import { rolesInEachWorkspace } from '../documents/workspace-roles.repository.js'
import type { Database } from '../platform/database/database.service.js'
import { listen, type ChannelListener } from '../platform/database/listener.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { SessionClient, TenantFacts } from '../platform/http/caller.js'

/** A principal as a request's caller needs it. */
export interface PrincipalRow {
  readonly id: string
  readonly tenant_id: string
  readonly publisher_id: string | null
  readonly kind: 'user' | 'service_account'
  readonly roles: Role[]
  readonly custom_scopes: Scope[]
  readonly pseudonym: string
  readonly tenant: NonNullable<TenantFacts>
  /** Roles within single workspaces, by the workspace's id. */
  readonly in_workspaces: Readonly<Record<string, WorkspaceRole[]>>
}

/** A key that is neither revoked nor of a disabled person, with that person. */
export interface KeyRow extends PrincipalRow {
  readonly key_id: string
  readonly hash: Buffer
  readonly key_scopes: Scope[]
  readonly expires_at: Date | null
}

/** A runtime token that may still be used, with whoever minted it and what it is for. */
export interface TokenRow extends KeyRow {
  readonly install_id: string
  readonly workspace_id: string
  readonly extension: string
  readonly digest: string
  readonly permissions: string[]
}

/** A sandbox whose time has run out is closing, whether or not that was written down already. */
const TENANT_FACTS = `jsonb_build_object('id', t.id, 'status',
  CASE WHEN t.sandbox_until <= now() AND t.status <> 'closed' THEN 'closing' ELSE t.status END, 'standing', coalesce((
    SELECT jsonb_object_agg(s.kind, jsonb_build_object('value', s.value, 'until', (extract(epoch FROM s.until) * 1000)::bigint))
    FROM standing s WHERE s.subject_kind = 'tenant' AND s.subject_id = t.id::text), '{}'))`

/** What decisions know of an organisation, for somebody who is not a caller of it yet; null where there is none. */
export const findTenantFacts = async (tx: Queryable, id: string): Promise<TenantFacts> =>
  (
    await tx.query<{ facts: NonNullable<TenantFacts> }>(`SELECT ${TENANT_FACTS} AS facts FROM tenant t WHERE id = $1`, [
      id,
    ])
  ).rows[0]?.facts ?? null

/** A usable token of a SCIM connection that is turned on, with the connection's service account. */
export interface ScimTokenRow extends PrincipalRow {
  readonly token_id: string
  readonly connection_id: string
  readonly hash: Buffer
  readonly quirks: ScimQuirks
  readonly may_adopt: boolean
  readonly preview: boolean
  readonly schemas: ScimSchemaDocument[]
  readonly expires_at: Date
}

/** Somebody is there; a service account only while whoever answers for it is. */
const ACTIVE = `p.disabled_at IS NULL AND (p.owner_id IS NULL OR EXISTS (
  SELECT FROM principal o WHERE o.id = p.owner_id AND o.tenant_id = p.tenant_id AND o.disabled_at IS NULL))`

const PRINCIPAL = `
  p.id, p.tenant_id, p.publisher_id, p.kind, p.roles || ${rolesByGroups('p.id', 'roles', 'p.roles')} AS roles, p.pseudonym,
  ${customScopes('p.tenant_id', `(p.custom_roles || ${rolesByGroups('p.id', 'custom_roles')})`)} AS custom_scopes,
  ${rolesInEachWorkspace('p.id')} AS in_workspaces,
  ${TENANT_FACTS} AS tenant`

/** A session that may still be used, with whoever signed in. */
export interface SessionRow extends PrincipalRow {
  readonly session_id: string
  readonly client: SessionClient
  readonly hash: Buffer
  /** The hash before the last rotation, while requests under way may still carry that cookie. */
  readonly previous_hash: Buffer | null
  readonly acr: string | null
  readonly second_factor: boolean
  readonly auth_time: Date
  readonly expires_at: Date
  /** Thumbprint of the key that its token is bound to. */
  readonly jkt: string | null
}

/** A token of a service account that may be used, with the account. */
export interface ServiceTokenRow extends KeyRow {
  /** Thumbprint of the key that it is bound to. */
  readonly jkt: string | null
}

/** How long after a rotation the cookie before it is still taken: requests under way carry it. */
const ROTATION_GRACE = "interval '30 seconds'"

/** Finds who calls. Nobody's organisation is known yet, so these look-ups see the whole platform. */
export class CallerRepository {
  constructor(private readonly database: Database) {}

  /** The usable key with this prefix. */
  async key(prefix: string): Promise<KeyRow | undefined> {
    return this.first<KeyRow>(
      'caller.key',
      `SELECT k.id AS key_id, k.hash, k.scopes AS key_scopes, k.expires_at, ${PRINCIPAL}
       FROM api_key k JOIN principal p ON p.id = k.principal_id JOIN tenant t ON t.id = p.tenant_id
       WHERE k.prefix = $1 AND k.revoked_at IS NULL AND ${ACTIVE}`,
      prefix,
    )
  }

  /** The usable runtime token with this prefix: it ends with its install, its minter, and the key that it was minted with. */
  async token(prefix: string): Promise<TokenRow | undefined> {
    return this.first<TokenRow>(
      'caller.token',
      `SELECT k.id AS key_id, k.hash, '{extensions:invoke}'::text[] AS key_scopes, k.expires_at,
         k.install_id, i.workspace_id, e.name AS extension, k.digest, k.permissions, ${PRINCIPAL}
       FROM runtime_token k JOIN principal p ON p.id = k.principal_id AND p.tenant_id = k.tenant_id
       JOIN tenant t ON t.id = p.tenant_id
       JOIN tenant_extension_install i ON i.id = k.install_id JOIN extension_registry e ON e.id = i.extension_id
       WHERE k.prefix = $1 AND k.revoked_at IS NULL AND ${ACTIVE} AND (k.issued_with IS NULL OR EXISTS (
         SELECT FROM api_key a WHERE a.id = k.issued_with AND a.revoked_at IS NULL
           AND (a.expires_at IS NULL OR a.expires_at > now())))`,
      prefix,
    )
  }

  /** The usable SCIM token with this prefix: it ends with its connection. */
  async scimToken(prefix: string): Promise<ScimTokenRow | undefined> {
    return this.first<ScimTokenRow>(
      'caller.scimToken',
      `SELECT k.id AS token_id, k.connection_id, k.hash, k.preview, k.expires_at, c.quirks,
         coalesce(c.settings->>'existing' = 'adopt', false) AS may_adopt,
         ${holdingDocuments('k.tenant_id', 'scim_schema')} AS schemas, ${PRINCIPAL}
       FROM scim_token k JOIN scim_connection c ON c.id = k.connection_id AND c.enabled
       JOIN principal p ON p.id = c.principal_id AND p.tenant_id = k.tenant_id JOIN tenant t ON t.id = p.tenant_id
       WHERE k.prefix = $1 AND k.revoked_at IS NULL AND ${ACTIVE}`,
      prefix,
    )
  }

  /** The usable session with this prefix: it ends with its limits, its person, and the provider or organisation that vouched for it. */
  async session(prefix: string): Promise<SessionRow | undefined> {
    return this.first<SessionRow>(
      'caller.session',
      `SELECT s.id AS session_id, s.client, s.hash, s.jkt, s.acr, s.second_factor, s.auth_time,
         CASE WHEN s.rotated_at > now() - ${ROTATION_GRACE} THEN s.previous_hash END AS previous_hash,
         least(s.access_until, s.idle_until, s.expires_at) AS expires_at, ${PRINCIPAL}
       FROM session s JOIN principal p ON p.id = s.principal_id AND p.tenant_id = s.tenant_id
       JOIN tenant t ON t.id = p.tenant_id LEFT JOIN identity_provider i ON i.id = s.provider_id
       WHERE s.prefix = $1 AND s.ended_at IS NULL AND ${ACTIVE}
         AND (i.enabled OR s.provider_id IS NULL AND t.settings->>'sign_in' = 'local_allowed')`,
      prefix,
    )
  }

  /** The usable token of a service account with this prefix: it ends with the secret or key that it was given for. */
  async serviceToken(prefix: string): Promise<ServiceTokenRow | undefined> {
    return this.first<ServiceTokenRow>(
      'caller.serviceToken',
      `SELECT c.id AS key_id, k.hash, k.jkt, k.scopes AS key_scopes, least(k.expires_at, c.expires_at) AS expires_at, ${PRINCIPAL}
       FROM service_token k JOIN principal p ON p.id = k.principal_id AND p.tenant_id = k.tenant_id
       JOIN client_credential c ON c.id = k.credential_id AND c.principal_id = k.principal_id AND c.revoked_at IS NULL
       JOIN tenant t ON t.id = p.tenant_id
       WHERE k.prefix = $1 AND ${ACTIVE}`,
      prefix,
    )
  }

  /** A service account that may be used. */
  async serviceAccount(id: string): Promise<PrincipalRow | undefined> {
    return this.first<PrincipalRow>(
      'caller.serviceAccount',
      `SELECT ${PRINCIPAL} FROM principal p JOIN tenant t ON t.id = p.tenant_id
       WHERE p.id = $1 AND p.kind = 'service_account' AND ${ACTIVE}`,
      id,
    )
  }

  /** The person or service account that decisions call by this pseudonym, unless disabled. */
  async principal(pseudonym: string): Promise<PrincipalRow | undefined> {
    return this.first<PrincipalRow>(
      'caller.principal',
      `SELECT ${PRINCIPAL} FROM principal p JOIN tenant t ON t.id = p.tenant_id WHERE p.pseudonym = $1 AND ${ACTIVE}`,
      pseudonym,
    )
  }

  /** Hears of people who were let go. Rejects where that cannot begin; gives what ends it. */
  listen(listener: ChannelListener): Promise<() => void> {
    return listen(this.database.records, 'gatehouse_callers', listener)
  }

  /** Named, since planning such a look-up costs many times what it does itself. */
  private first<Row extends object>(name: string, text: string, value: string): Promise<Row | undefined> {
    const statement = { name, text, values: [value] }
    return this.database.inScope({ platform: true }, async (tx) => (await tx.query<Row>(statement)).rows[0])
  }
}
