import type { GroupRule } from '#contract/api/documents.js'
import { ROLE_IDS, ROLES, WORKSPACE_ROLES, type Role, type Scope, type WorkspaceRole } from '#contract/scopes.js'

const BY = ['display_name', 'external_id', 'id'] as const

/** What a rule is about, in words: `group display_name gatehouse-*`. */
export const ruleWords = (rule: GroupRule): string =>
  `group ${BY.flatMap((name) => (rule[name] === undefined ? [] : [`${name} ${rule[name]}`])).join(', ')}`

/** Scopes within single workspaces, by what these are called. */
export type ScopesThere = ReadonlyMap<string, readonly Scope[]>

/** Scopes in the whole organisation, and within single workspaces by their id. */
export interface ScopesByPlace {
  readonly scopes: readonly Scope[]
  readonly there: ScopesThere
}

/** What rules give; workspaces are called as the rules do. */
export interface HandedOut {
  readonly roles: Role[]
  readonly custom_roles: string[]
  readonly scopes: Scope[]
  readonly there: ScopesThere
}

/** All that roles within one workspace give there. */
export const scopesThere = (roles: readonly WorkspaceRole[]): Scope[] => [
  ...new Set(roles.flatMap((role): readonly Scope[] => WORKSPACE_ROLES[role])),
]

/**
 * All that rules would give somebody who is in every group. To say who has which role in a workspace is given with any role there,
 * as whoever gives one by hand needs it.
 */
export const handedOut = (rules: readonly GroupRule[]): HandedOut => {
  const roles = ROLE_IDS.filter((role) => rules.some((rule) => rule.roles.includes(role)))
  const custom_roles = [...new Set(rules.flatMap((rule) => rule.custom_roles))]
  const places = Map.groupBy(
    rules.flatMap((rule) => rule.in_workspaces ?? []),
    ({ workspace }) => workspace,
  )
  const there = new Map(
    [...places].map(([workspace, given]): [string, Scope[]] => [
      workspace,
      [...new Set<Scope>(['workspace_members:write', ...scopesThere(given.flatMap((each) => each.roles))])],
    ]),
  )
  return { roles, custom_roles, scopes: [...new Set(roles.flatMap((role): readonly Scope[] => ROLES[role]))], there }
}

/** What rules give under the ids of their workspaces; one that is called twice has all of it, and one that is not there nothing. */
export const underIds = (there: ScopesThere, ids: ReadonlyMap<string, string>): ScopesThere => {
  const found = new Map<string, Scope[]>()
  for (const [name, scopes] of there) {
    const id = ids.get(name)
    if (id !== undefined) found.set(id, [...new Set([...(found.get(id) ?? []), ...scopes])])
  }
  return found
}

/** What somebody lacks of what is given: what they have in the whole organisation counts in each workspace. */
export const beyondPlaces = (given: ScopesByPlace, has: ScopesByPlace): ScopesByPlace => {
  const lacked = (scopes: readonly Scope[], id?: string) =>
    scopes.filter((scope) => !has.scopes.includes(scope) && !(id !== undefined && has.there.get(id)?.includes(scope)))
  const there = [...given.there].map(([id, scopes]): [string, Scope[]] => [id, lacked(scopes, id)])
  return { scopes: lacked(given.scopes), there: new Map(there.filter(([, scopes]) => scopes.length > 0)) }
}

/** All scopes, wherever they are; each once. */
export const anywhere = ({ scopes, there }: ScopesByPlace): Scope[] => [
  ...new Set([...scopes, ...[...there.values()].flat()]),
]
