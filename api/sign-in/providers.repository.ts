import type { IdentityProvider } from '#contract/api/sign-in.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import { isoTimestamp } from '../platform/database/iso-timestamp.js'
import type { Queryable } from '../platform/database/queryable.js'
import type { IdPage } from '../platform/http/page.js'

const PROVIDER = `id, tenant_id, slug, kind, name, issuer, saml, client_id, client_auth, scopes, step_up_acr, jit, jit_roles, dpop,
  client_secret IS NOT NULL AS has_secret, enabled, version, ${isoTimestamp('created_at')}`

/** A provider with its sealed secret. */
export type KnownProvider = IdentityProvider & { readonly client_secret: Buffer | null }
/** What a row is made or changed to. */
export type ProviderRow = Omit<IdentityProvider, 'has_secret' | 'created_at'> & { readonly sealed: Buffer | null }

/** Providers that the scope can see, newest first; of one organisation where `tenantId` names it. */
export const listProviders = async (
  tx: Queryable,
  { rows, before }: IdPage,
  tenantId: string | null,
): Promise<IdentityProvider[]> =>
  (
    await tx.query<IdentityProvider>(
      `SELECT ${PROVIDER} FROM identity_provider
       WHERE ($1::uuid IS NULL OR id < $1) AND ($2::uuid IS NULL OR tenant_id = $2) ORDER BY id DESC LIMIT $3`,
      [before, tenantId, rows],
    )
  ).rows

/** One provider, where the scope can see it. */
export const findProvider = async (tx: Queryable, id: string): Promise<KnownProvider | undefined> =>
  (await tx.query<KnownProvider>(`SELECT ${PROVIDER}, client_secret FROM identity_provider WHERE id = $1`, [id]))
    .rows[0]

/** Enabled providers of an organisation by its slug; of that name where `slug` gives one. At most two: more than one is too many. */
export const providersOfTenant = async (tx: Queryable, tenant: string, slug: string | null): Promise<KnownProvider[]> =>
  (
    await tx.query<KnownProvider>(
      `SELECT ${PROVIDER}, client_secret FROM identity_provider
       WHERE tenant_id = (SELECT id FROM tenant WHERE tenant.slug = $1) AND enabled AND ($2::text IS NULL OR slug = $2)
       ORDER BY id LIMIT 2`,
      [tenant, slug],
    )
  ).rows

/** The enabled provider of whoever proved a domain. */
export const providerOfDomain = async (tx: Queryable, domain: string): Promise<KnownProvider | undefined> =>
  (
    await tx.query<KnownProvider>(
      `SELECT ${PROVIDER}, client_secret FROM identity_provider
       WHERE enabled AND id = (SELECT provider_id FROM verified_domain d WHERE d.domain = $1 AND d.verified_at IS NOT NULL)`,
      [domain],
    )
  ).rows[0]

const values = (row: ProviderRow) => [
  ...[row.id, row.name, row.client_id, row.client_auth, row.sealed, row.scopes, row.step_up_acr],
  ...[row.jit, row.jit_roles, row.enabled, row.saml && JSON.stringify(row.saml), row.dpop],
]

/** Adds a provider. */
export const insertProvider = async (tx: GovernedTransaction, row: ProviderRow): Promise<IdentityProvider> =>
  (
    await tx.query<IdentityProvider>(
      `INSERT INTO identity_provider (id, name, client_id, client_auth, client_secret, scopes, step_up_acr, jit, jit_roles,
         enabled, saml, dpop, tenant_id, slug, issuer, kind, decision_id)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17) RETURNING ${PROVIDER}`,
      [...values(row), row.tenant_id, row.slug, row.issuer, row.kind, tx.decisionId],
    )
  ).rows[0]!

/** Changes a provider as read at `version`; undefined where somebody was faster. */
export const updateProvider = async (
  tx: GovernedTransaction,
  row: ProviderRow,
): Promise<IdentityProvider | undefined> =>
  (
    await tx.query<IdentityProvider>(
      `UPDATE identity_provider SET name = $2, client_id = $3, client_auth = $4, client_secret = $5, scopes = $6,
         step_up_acr = $7, jit = $8, jit_roles = $9, enabled = $10, saml = $11, dpop = $12, version = version + 1,
         decision_id = $14
       WHERE id = $1 AND version = $13 RETURNING ${PROVIDER}`,
      [...values(row), row.version, tx.decisionId],
    )
  ).rows[0]
