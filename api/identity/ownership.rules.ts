import type { Person } from '#contract/api/identity.js'
import { ROLES, type Role, type Scope } from '#contract/scopes.js'
import { problem } from '#contract/problems.js'

type Standing = Pick<Person, 'kind' | 'roles'> & { readonly disabled: boolean }

/** Whether somebody counts as an owner: a person, active, who holds the role. */
export const isActiveOwner = ({ kind, roles, disabled }: Standing): boolean =>
  kind === 'user' && roles.includes('owner') && !disabled

/** What becomes of ownership by a change of one person, beside `others` active owners. */
export const ownershipAfter = (before: Standing, after: Standing, others: number) => ({
  takes_owner: isActiveOwner(before) && !isActiveOwner(after),
  owners_left: others + (isActiveOwner(after) ? 1 : 0),
})

/** Roles of whoever becomes an owner. */
export const withOwnership = (roles: readonly Role[]): Role[] => [...new Set<Role>([...roles, 'owner'])]

/** Roles of whoever gave ownership away: an administrator, with what else they had. */
export const withoutOwnership = (roles: readonly Role[]): Role[] => [
  ...new Set<Role>([...roles.filter((role) => role !== 'owner'), 'admin']),
]

const OF_ADMINS: ReadonlySet<Scope> = new Set(ROLES.admin)
/** What an owner may, and an administrator may not. */
export const OWNERS_ALONE: readonly Scope[] = ROLES.owner.filter((scope) => !OF_ADMINS.has(scope))

/** What is said where a new owner has nothing by which they could act as one. */
export const helpless = (name: string, id: string): string =>
  `${name} has no way to act as an owner: no identity provider signs them in, they have no password here, and none of their keys has an owner's scopes. Have another owner or an operator of the platform make them one: gatehouse keys create NAME --for ${id}`

/** Raised by the trigger owner_stays: somebody else took the other owner away meanwhile. */
const ORPHANED = 'GH060'

/** Turns the loss of the last owner in a race into `conflict`; gives back any other error. */
export const ownerGone = (error: unknown): unknown =>
  (error as { code?: unknown } | null)?.code === ORPHANED
    ? problem('conflict', { detail: 'Another owner went meanwhile, and this one is the last', cause: error })
    : error
