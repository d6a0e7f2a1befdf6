import { ROLES, SCOPE_IDS, WORKSPACE_ROLES, type Role, type Scope, type WorkspaceRole } from '#contract/scopes.js'
import { PLATFORM_TENANT_ID } from '#contract/vocabulary.js'
import type { HeldInWorkspace } from '../platform/http/caller.js'

/** Roles as somebody holds them: those that ship, and what those of the organisation's own give now. */
export interface HeldRoles {
  readonly roles: readonly Role[]
  readonly custom_scopes: readonly Scope[]
}

/** All that roles bundle, in the contract's order, so that equal rights are equal bytes. */
export const scopesOf = ({ roles, custom_scopes }: HeldRoles): Scope[] => {
  const held = new Set<Scope>([...roles.flatMap((role) => ROLES[role]), ...custom_scopes])
  return SCOPE_IDS.filter((scope) => held.has(scope))
}

/** What a key lets its owner do: the roles' scopes, cut down to the key's own. */
export const effectiveScopes = (held: HeldRoles, keyScopes: readonly Scope[]): Scope[] =>
  scopesOf(held).filter((scope) => keyScopes.includes(scope))

/**
 * What a service account's token lets it do. Never vote: whoever made its secret holds the token too, and would be two people.
 */
export const tokenScopes = (held: HeldRoles, asked: readonly Scope[] = SCOPE_IDS): Scope[] =>
  effectiveScopes(held, asked).filter((scope) => scope !== 'approvals:vote')

/** All that roles in a workspace give there, in the contract's order. */
export const scopesInWorkspace = (roles: readonly WorkspaceRole[]): Scope[] => {
  const held = new Set<Scope>(roles.flatMap((role) => WORKSPACE_ROLES[role]))
  return SCOPE_IDS.filter((scope) => held.has(scope))
}

/** Roles in the whole organisation, and within single workspaces by their id. */
export interface AllRoles extends HeldRoles {
  readonly in_workspaces: Readonly<Record<string, readonly WorkspaceRole[]>>
}

/** What somebody may do: in the whole organisation, and within single workspaces beside that. */
export interface Rights {
  readonly scopes: Scope[]
  readonly inWorkspaces: Record<string, HeldInWorkspace>
}

/** All that roles give, cut down to a key's scopes where it came with one. */
export const rightsOf = (held: AllRoles, keyScopes: readonly Scope[] = SCOPE_IDS): Rights => ({
  scopes: effectiveScopes(held, keyScopes),
  inWorkspaces: Object.fromEntries(
    Object.entries(held.in_workspaces).map(([id, roles]) => [
      id,
      { roles, scopes: scopesInWorkspace(roles).filter((scope) => keyScopes.includes(scope)) },
    ]),
  ),
})

/** Every scope that somebody has anywhere: what a key of theirs is for, which counts wherever its owner's roles do. */
export const scopesAnywhere = (held: AllRoles): Scope[] => {
  const { scopes, inWorkspaces } = rightsOf(held)
  const all = new Set([...scopes, ...Object.values(inWorkspaces).flatMap((each) => each.scopes)])
  return SCOPE_IDS.filter((scope) => all.has(scope))
}

/** Those of `granted` that the actor lacks: nobody hands out more than they have. */
export const scopesBeyond = (granted: readonly Scope[], actorScopes: readonly Scope[]): Scope[] =>
  granted.filter((scope) => !actorScopes.includes(scope))

/** Those of `granted` in a workspace that somebody lacks there: what they have in the whole organisation counts in each. */
export const scopesBeyondIn = (
  workspaceId: string,
  granted: readonly Scope[],
  { scopes, inWorkspaces }: Readonly<{ scopes: readonly Scope[]; inWorkspaces: Readonly<Rights['inWorkspaces']> }>,
): Scope[] => scopesBeyond(granted, [...scopes, ...(inWorkspaces[workspaceId]?.scopes ?? [])])

/** Whether someone of this tenant with these scopes acts across organisations. */
export const actsForPlatform = (tenantId: string, scopes: readonly Scope[]): boolean =>
  tenantId === PLATFORM_TENANT_ID && scopes.includes('platform:operate')

/** Roles that would be handed out, and what they and those held already give that the actor lacks: how the admin gate weighs it. */
export const roleGrant = (
  { actor }: { readonly actor: { readonly scopes: readonly Scope[] } },
  roles: readonly Role[],
  scopes: readonly Scope[],
) => ({ roles: [...roles], scopes_beyond_actor: scopesBeyond(scopes, actor.scopes) })
