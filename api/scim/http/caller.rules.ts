import { problem } from '#contract/problems.js'
import type { Caller } from '../../platform/http/caller.js'
import type { ScimCaller } from '../provisioning/change.js'

/** The caller as a connection. Raises `auth.invalid` for anybody else. */
export const connectionOf = (caller: Caller): ScimCaller => {
  const { scim, tenantId } = caller
  if (!scim || tenantId === null) throw problem('auth.invalid')
  return { ...caller, scim, tenantId }
}
