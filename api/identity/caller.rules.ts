import type { Scope } from '#contract/scopes.js'
import type { Caller } from '../platform/http/caller.js'
import type { PrincipalRow } from './caller.repository.js'
import { actsForPlatform } from './scopes.rules.js'

/** A caller apart from the request that it came with. */
export type KnownCaller = Omit<Caller, 'correlationId'>

/** The caller that a principal is with these effective scopes; `keyId` null where it acts without a key of its own. */
export const knownCaller = (row: PrincipalRow, scopes: Scope[], keyId: string | null): KnownCaller => ({
  principalId: row.id,
  keyId,
  tenantId: row.tenant_id,
  tenant: row.tenant,
  actor: {
    kind: row.kind,
    id: row.pseudonym,
    tenant_id: row.tenant_id,
    publisher_id: row.publisher_id,
    roles: row.roles,
    scopes,
    platform: actsForPlatform(row.tenant_id, scopes),
    step_up: false,
  },
})
