import { TenantSettings } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import type { Caller } from '../platform/http/caller.js'
import { violatedConstraint } from '../platform/database/unique-violation.js'

/** Who makes a person or issues a key, by pseudonym, and the key used for it: what four eyes are held against. */
export interface Maker {
  readonly person: string
  readonly key: string | null
}

/** The caller as the maker of what a request adds. */
export const makerOf = ({ actor, keyId }: Caller): Maker => ({ person: actor.id, key: keyId })

/** The organisation that a caller acts in. Raises `auth.required` for an anonymous caller. */
export const ownTenant = (caller: Caller): string => {
  if (caller.tenantId === null) throw problem('auth.required')
  return caller.tenantId
}

const TAKEN: Record<string, { pointer: string; detail: string }> = {
  tenant_slug_key: { pointer: '/slug', detail: 'is taken by another organisation' },
  workspace_tenant_id_slug_key: { pointer: '/slug', detail: 'is taken by another workspace of this organisation' },
  invitation_waits: { pointer: '/email', detail: 'is invited already: send that invitation again, or revoke it' },
  principal_tenant_id_email_key: { pointer: '/email', detail: 'belongs to another person of this organisation' },
}

/** Turns the violation of a unique name into `already_exists`; gives back any other error. */
export const nameTaken = (error: unknown): unknown => {
  const taken = TAKEN[violatedConstraint(error) ?? '']
  return taken ? problem('already_exists', { errors: [taken] }) : error
}

/** What an organisation chose, as kept; where it chose nothing, certification warns and passwords are refused. */
export const chosenSettings = (kept: unknown): TenantSettings => {
  const { certification_mode = 'warn', sign_in = 'sso_only' } = TenantSettings.partial().parse(kept)
  return { certification_mode, sign_in }
}

/** Raises `request.invalid` for an end that is over already. */
export const requireFuture = (expires_at: string | undefined): void => {
  if (expires_at !== undefined && Date.parse(expires_at) <= Date.now())
    throw problem('request.invalid', { errors: [{ pointer: '/expires_at', detail: 'must lie in the future' }] })
}
