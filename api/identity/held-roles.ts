import type { Person } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { readRoles } from '../documents/documents.repository.js'
import { readRolesByGroups } from '../documents/group-roles.repository.js'
import type { Database } from '../platform/database/database.service.js'
import type { Scope } from '../platform/database/scope.rules.js'
import { scopesInWorkspace, type HeldRoles } from './scopes.rules.js'
import { rolesInWorkspaces } from './workspaces/workspaces.repository.js'

/** Where roles are read: what the scope does not see is not there. */
interface Reading {
  readonly database: Pick<Database, 'inScope'>
  readonly scope: Scope
}
/** Somebody who is here already has an id, and by it the roles of their groups. */
type Holder = Pick<Person, 'tenant_id' | 'roles' | 'custom_roles'> & { readonly id?: string }

/**
 * A person's roles, their groups' among them, with what those of the organisation's own give `now`. What is handed out is weighed by `all` that they
 * say: a role that has ended may be let begin again, and roles within workspaces count.
 */
export const heldRoles = async (
  { database, scope }: Reading,
  { id, tenant_id, roles, custom_roles }: Holder,
  which: 'now' | 'all' = 'now',
): Promise<HeldRoles> => {
  if (id === undefined && custom_roles.length === 0) return { roles, custom_scopes: [] }
  return database.inScope(scope, async (tx) => {
    const byGroups = id === undefined ? { roles: [], custom_roles: [] } : await readRolesByGroups(tx, id)
    const found = await readRoles(tx, tenant_id, [...custom_roles, ...byGroups.custom_roles])
    // Locking somebody out of a workspace is weighed too.
    const inWorkspaces = id === undefined || which === 'now' ? [] : await rolesInWorkspaces(tx, id)
    const custom_scopes = [...found[which], ...inWorkspaces.flatMap((each) => scopesInWorkspace(each.roles))]
    return { roles: [...new Set([...roles, ...byGroups.roles])], custom_scopes }
  })
}

/** Raises `request.invalid` for a role that the organisation does not have. */
export const requireKnownRoles = async (
  { database, scope }: Reading,
  { tenant_id, custom_roles }: Pick<Holder, 'tenant_id' | 'custom_roles'>,
): Promise<void> => {
  if (custom_roles.length === 0) return
  const { known } = await database.inScope(scope, (tx) => readRoles(tx, tenant_id, custom_roles))
  const errors = custom_roles.flatMap((name, index) =>
    known.includes(name)
      ? []
      : [{ pointer: `/custom_roles/${index}`, detail: 'is no role of this organisation; write it first' }],
  )
  if (errors.length > 0) throw problem('request.invalid', { errors })
}
