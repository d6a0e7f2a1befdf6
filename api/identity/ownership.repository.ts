import type { Person } from '#contract/api/identity.js'
import type { Scope } from '#contract/scopes.js'
import type { GovernedTransaction } from '../gate/gate.types.js'
import type { Queryable } from '../platform/database/queryable.js'

/** By what somebody can act as what they are. */
export interface WaysToAct {
  readonly by_provider: boolean
  readonly by_password: boolean
  readonly by_key: boolean
}

/** Whether somebody is signed in by a provider or a password of their organisation, or has a key that counts with these scopes. */
export const waysToAct = async (
  tx: Queryable,
  { id, tenant_id }: Pick<Person, 'id' | 'tenant_id'>,
  scopes: readonly Scope[],
): Promise<WaysToAct> => {
  const found = await tx.query<WaysToAct>(
    `SELECT p.email IS NOT NULL AND EXISTS (SELECT FROM identity_provider i WHERE i.tenant_id = p.tenant_id AND i.enabled) AS by_provider,
       t.settings->>'sign_in' = 'local_allowed' AND (EXISTS (SELECT FROM local_password l WHERE l.principal_id = p.id)
         OR EXISTS (SELECT FROM passkey k WHERE k.principal_id = p.id)) AS by_password,
       EXISTS (SELECT FROM api_key k WHERE k.principal_id = p.id AND k.revoked_at IS NULL
         AND (k.expires_at IS NULL OR k.expires_at > now()) AND k.scopes @> $3::text[]) AS by_key
     FROM principal p JOIN tenant t ON t.id = p.tenant_id WHERE p.id = $1 AND p.tenant_id = $2`,
    [id, tenant_id, scopes],
  )
  return found.rows[0]!
}

/** Asks at once what is otherwise asked on commit: whether an owner is left. Raises GH060 where none is. */
export const requireOwnerLeft = async (tx: GovernedTransaction): Promise<void> => {
  await tx.query('SET CONSTRAINTS owner_stays IMMEDIATE; SET CONSTRAINTS owner_stays DEFERRED')
}
