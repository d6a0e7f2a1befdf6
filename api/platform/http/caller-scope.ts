import type { Caller } from './caller.js'

/** The rows that a caller's reads may see: the whole platform for its operators, else the own organisation. */
export const scopeOf = ({ actor, tenantId }: Caller): { platform: true } | { tenant: string } => {
  if (actor.platform) return { platform: true }
  if (tenantId === null) throw new Error('a caller without an organisation reads nothing')
  return { tenant: tenantId }
}
