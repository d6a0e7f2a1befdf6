import { Injectable } from '@nestjs/common'
import type { Person } from '#contract/api/identity.js'
import { heldRoles } from '../identity/held-roles.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import type { CustomRoleScopes } from './answer.rules.js'

/** What roles of an organisation's own give. */
@Injectable()
export class CustomRoles {
  constructor(private readonly database: Database) {}

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
