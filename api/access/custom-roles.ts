import { Injectable } from '@nestjs/common'
import type { Person } from '#contract/api/identity.js'
import { Uuid } from '#contract/primitives.js'
import { readRolesByGroups } from '../documents/group-roles.repository.js'
import { readRolesInWorkspace } from '../documents/workspace-roles.repository.js'
import { heldRoles } from '../identity/held-roles.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { findWorkspaceBySlug } from '../identity/workspaces/workspaces.repository.js'
import type { CustomRoleScopes, RolesWhere } from './answer.rules.js'

/** What people hold by their groups, and what roles of an organisation's own give. */
@Injectable()
export class CustomRoles {
  constructor(private readonly database: Database) {}

  /** A person with the roles of their groups beside their own. */
  async withGroups(asker: Caller, person: Person): Promise<Person> {
    const given = await this.database.inScope(scopeOf(asker), (tx) => readRolesByGroups(tx, person.id))
    return {
      ...person,
      roles: [...new Set([...person.roles, ...given.roles])],
      custom_roles: [...new Set([...person.custom_roles, ...given.custom_roles])],
    }
  }

  /** The id of a workspace that is named by id or by slug; null where none is named, or none in the organisation is called so. */
  async workspaceId(asker: Caller, tenantId: string | null, named: string | undefined): Promise<string | null> {
    if (named === undefined || Uuid.safeParse(named).success) return named ?? null
    if (tenantId === null) return null
    const found = await this.database.inScope(scopeOf(asker), (tx) => findWorkspaceBySlug(tx, tenantId, named))
    return found?.id ?? null
  }

  /** A person's roles in a workspace, their own and by their groups; null where no workspace is named. */
  async where(asker: Caller, { id }: Person, workspaceId: string | null): Promise<RolesWhere | null> {
    if (workspaceId === null) return null
    const roles = await this.database.inScope(scopeOf(asker), (tx) => readRolesInWorkspace(tx, workspaceId, id))
    return { id: workspaceId, roles }
  }

  /** What the custom roles of people of one organisation give now, each by itself. */
  async of(asker: Caller, people: readonly Person[]): Promise<CustomRoleScopes> {
    const reading = { database: this.database, scope: scopeOf(asker) }
    const given = new Map<string, CustomRoleScopes extends ReadonlyMap<string, infer Scopes> ? Scopes : never>()
    for (const { tenant_id, custom_roles } of people)
      for (const name of custom_roles)
        if (!given.has(name))
          given.set(name, (await heldRoles(reading, { tenant_id, roles: [], custom_roles: [name] })).custom_scopes)
    return given
  }
}
