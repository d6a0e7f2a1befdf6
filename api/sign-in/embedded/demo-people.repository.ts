import type { IdentityProvider } from '#contract/api/sign-in.js'
import type { Queryable } from '../../platform/database/queryable.js'

/** What decisions call the person of an organisation with this address; undefined where that person is not there any more. */
export const pseudonymOf = async (tx: Queryable, tenant: string, email: string): Promise<string | undefined> =>
  (
    await tx.query<{ pseudonym: string }>(
      `SELECT p.pseudonym FROM principal p JOIN tenant t ON t.id = p.tenant_id
       WHERE t.slug = $1 AND p.email = $2 AND p.disabled_at IS NULL`,
      [tenant, email],
    )
  ).rows[0]?.pseudonym

type NamedProvider = Pick<IdentityProvider, 'id' | 'issuer' | 'version' | 'dpop'>

/** The provider of an organisation by its name, and the issuer it has. */
export const providerNamed = async (
  tx: Queryable,
  tenantId: string,
  slug: string,
): Promise<NamedProvider | undefined> =>
  (
    await tx.query<NamedProvider>(
      'SELECT id, issuer, version, dpop FROM identity_provider WHERE tenant_id = $1 AND slug = $2',
      [tenantId, slug],
    )
  ).rows[0]

/** A domain of an organisation. */
export const domainNamed = async (
  tx: Queryable,
  tenantId: string,
  domain: string,
): Promise<{ id: string } | undefined> =>
  (
    await tx.query<{ id: string }>('SELECT id FROM verified_domain WHERE tenant_id = $1 AND domain = $2', [
      tenantId,
      domain,
    ])
  ).rows[0]
