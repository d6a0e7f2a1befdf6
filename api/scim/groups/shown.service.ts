import { Injectable } from '@nestjs/common'
import type { TenantScopedQuery } from '#contract/api/identity.js'
import type { ScimGroupShown } from '#contract/api/scim.js'
import { problem } from '#contract/problems.js'
import { Database } from '../../platform/database/database.service.js'
import { scopeOf } from '../../platform/http/caller-scope.js'
import type { Caller } from '../../platform/http/caller.js'
import { pageBy } from '../../platform/http/page.js'
import { findShownGroup, listShownGroups } from './shown.repository.js'

/** Groups as an organisation's own people look at them. */
@Injectable()
export class ShownGroups {
  constructor(private readonly database: Database) {}

  /** Groups of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.database.inScope(scopeOf(caller), (tx) => listShownGroups(tx, page, query.tenant_id ?? null)),
    )
  }

  /** One group with its people and rules. Raises `not_found`. */
  async show(caller: Caller, id: string): Promise<ScimGroupShown> {
    const group = await this.database.inScope(scopeOf(caller), (tx) => findShownGroup(tx, id))
    if (!group) throw problem('not_found')
    return group
  }
}
