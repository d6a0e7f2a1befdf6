import { problem } from '#contract/problems.js'
import type { Caller } from '../platform/http/caller.js'

/** The organisation whose policy a caller looks at and changes: always the caller's own. Raises `auth.required`. */
export const tenantOfCaller = ({ tenantId }: Caller): string => {
  if (tenantId === null) throw problem('auth.required')
  return tenantId
}
