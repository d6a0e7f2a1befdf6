import { hash } from 'node:crypto'
import type { Caller } from '../platform/http/caller.js'
import type { PrincipalRow, SessionRow } from './caller.repository.js'
import { actsForPlatform, type Rights } from './scopes.rules.js'

/** A caller apart from the request that it came with. */
export type KnownCaller = Omit<Caller, 'correlationId'>

/** The caller that a principal is with these effective rights; `keyId` null where it acts without a key of its own. */
export const knownCaller = (
  row: PrincipalRow,
  { scopes, inWorkspaces }: Rights,
  keyId: string | null,
): KnownCaller => ({
  principalId: row.id,
  keyId,
  tenantId: row.tenant_id,
  tenant: row.tenant,
  inWorkspaces,
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

/** How long a second factor counts as given just now. */
const STEP_UP_MS = 15 * 60_000

/** The caller that a session makes of its person: all that the roles give. `now` in milliseconds since the epoch. */
export const sessionCaller = (row: SessionRow, rights: Rights, now: number): KnownCaller => {
  const { acr, second_factor } = row
  const auth_time = row.auth_time.getTime()
  const caller = knownCaller(row, rights, null)
  const step_up = second_factor && now - auth_time <= STEP_UP_MS
  return {
    ...caller,
    session: { id: row.session_id, client: row.client },
    actor: { ...caller.actor, step_up, session: { acr, auth_time, second_factor } },
  }
}

/** What a page must send beside its session's cookie: only a page that could read it from here knows it. */
export const csrfTokenOf = (secret: string): string => hash('sha256', `gatehouse-csrf\0${secret}`, 'base64url')
