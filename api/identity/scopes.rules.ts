import { ROLES, SCOPE_IDS, type Role, type Scope } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'

/** All that roles bundle, in the contract's order, so that equal rights are equal bytes. */
export const scopesOf = (roles: readonly Role[]): Scope[] => {
  const held = new Set<Scope>(roles.flatMap((role) => ROLES[role]))
  return SCOPE_IDS.filter((scope) => held.has(scope))
}

/** What a key lets its owner do: the roles' scopes, cut down to the key's own. */
export const effectiveScopes = (roles: readonly Role[], keyScopes: readonly Scope[]): Scope[] =>
  scopesOf(roles).filter((scope) => keyScopes.includes(scope))

/** Those of `granted` that the actor lacks: nobody hands out more than they have. */
export const scopesBeyond = (granted: readonly Scope[], actorScopes: readonly Scope[]): Scope[] =>
  granted.filter((scope) => !actorScopes.includes(scope))

/** Whether someone of this tenant with these scopes acts across organisations. */
export const actsForPlatform = (tenantId: string, scopes: readonly Scope[]): boolean =>
  tenantId === PLATFORM_TENANT_ID && scopes.includes('platform:operate')
