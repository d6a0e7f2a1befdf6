import type { Person } from '#contract/api/identity.js'
import type { Role } from '#contract/scopes.js'
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

/** Raised by the trigger owner_stays: somebody else took the other owner away meanwhile. */
const ORPHANED = 'GH060'

/** Turns the loss of the last owner in a race into `conflict`; gives back any other error. */
export const ownerGone = (error: unknown): unknown =>
  (error as { code?: unknown } | null)?.code === ORPHANED
    ? problem('conflict', { detail: 'Another owner went meanwhile, and this one is the last', cause: error })
    : error
