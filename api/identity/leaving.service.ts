import { Injectable } from '@nestjs/common'
import type { Leave, Left, Person } from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import type { Caller } from '../platform/http/caller.js'
import { Callers } from './caller-resolver.service.js'
import { heldRoles } from './held-roles.js'
import { ownTenant } from './identity-rows.rules.js'
import { endMembership } from './leaving.repository.js'
import { findTenant } from './organisations.repository.js'
import { ownerGone, ownershipAfter } from './ownership.rules.js'
import { countOtherOwners, findPerson } from './people.repository.js'
import { roleGrant, scopesBeyondIn, scopesInWorkspace, scopesOf } from './scopes.rules.js'
import { rolesInWorkspaces } from './workspaces/workspaces.repository.js'

/** People who leave their organisation by themselves. */
@Injectable()
export class Leaving {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
  ) {}

  /**
   * Ends the caller's own membership. Raises `request.invalid` where the slug is another one's, `conflict`, and what the gate
   * refuses (`admin.last_owner`, `admin.role_beyond_own` for a key that carries less than its person may do, …).
   */
  async leave(caller: Caller, { slug }: Leave): Promise<Left> {
    const tenant = ownTenant(caller)
    const [person, organisation] = await this.database.read({ tenant }, async (tx) => [
      caller.principalId === null ? undefined : await findPerson(tx, caller.principalId),
      await findTenant(tx, tenant),
    ])
    if (!person || !organisation) throw problem('auth.required')
    if (slug !== organisation.slug)
      throw problem('request.invalid', {
        errors: [{ pointer: '/slug', detail: `is not the slug of ${organisation.name}` }],
      })
    const facts = await this.factsOf(caller, person)
    const about = { correlationId: caller.correlationId, tenantId: tenant }
    const permit = this.gate.requireAllow(await this.gate.decide('person.leave', facts, about))
    const leaver = { ...person, because: 'left the organisation' }
    const left = await this.gate
      .write(permit, (tx) => endMembership(tx, leaver))
      .catch((error: unknown) => Promise.reject(ownerGone(error) as Error))
    if (!left) throw problem('conflict')
    this.callers.forget()
    return left
  }

  /** What ends is weighed like what is handed out: a key that carries less than its person may do does not end all of it. */
  private async factsOf(caller: Caller, person: Person) {
    const { tenant_id, publisher_id, roles } = person
    const scope = { tenant: tenant_id }
    const others = await this.database.read(scope, (tx) => countOtherOwners(tx, person))
    const before = { ...person, disabled: person.disabled_at !== null }
    const ownership = ownershipAfter(before, { ...before, roles: [], disabled: true }, others)
    const held = await heldRoles({ database: this.database, scope }, person)
    const there = await this.database.inScope(scope, (tx) => rolesInWorkspaces(tx, person.id))
    const rights = { scopes: caller.actor.scopes, inWorkspaces: caller.inWorkspaces ?? {} }
    const beyond = there.flatMap((each) => scopesBeyondIn(each.workspace.id, scopesInWorkspace(each.roles), rights))
    const grant = roleGrant(caller, roles, scopesOf(held))
    const role_grant = { ...grant, scopes_beyond_actor: [...new Set([...grant.scopes_beyond_actor, ...beyond])] }
    const resource = { kind: 'person', id: person.pseudonym, tenant_id, publisher_id }
    return adminFacts(caller, resource, { role_grant, ownership })
  }
}
