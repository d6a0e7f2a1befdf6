import { randomUUIDv7 } from 'node:crypto'
import { Injectable } from '@nestjs/common'
import type {
  PeopleQuery,
  Person,
  PersonCreate,
  PersonRoles,
  PersonUpdate,
  TenantScopedQuery,
} from '#contract/api/identity.js'
import { problem } from '#contract/problems.js'
import { listGivenByGroups, readGivenByGroups } from '../documents/group-roles.repository.js'
import { adminFacts } from '../gate/admin-facts.rules.js'
import { GateService } from '../gate/gate.service.js'
import { Database } from '../platform/database/database.service.js'
import { scopeOf } from '../platform/http/caller-scope.js'
import type { Caller } from '../platform/http/caller.js'
import { pageBy } from '../platform/http/page.js'
import { Callers } from './caller-resolver.service.js'
import { heldRoles, requireKnownRoles } from './held-roles.js'
import { makerOf, nameTaken, ownTenant } from './identity-rows.rules.js'
import { ownerGone, ownershipAfter } from './ownership.rules.js'
import {
  countOtherOwners,
  findPerson,
  insertPerson,
  listPeople,
  tenantOfPublisher,
  updatePerson,
} from './people.repository.js'
import { Pseudonyms } from './pseudonyms.service.js'
import { roleGrant, scopesOf } from './scopes.rules.js'
import { ownRolesInWorkspaces } from './workspaces/workspaces.repository.js'

/** People and service accounts. Every change is decided by the admin gate. */
@Injectable()
export class People {
  constructor(
    private readonly database: Database,
    private readonly gate: GateService,
    private readonly callers: Callers,
    private readonly pseudonyms: Pseudonyms,
  ) {}

  /** People of the caller's organisation; platform operators see all or those of the named one. */
  list(caller: Caller, query: PeopleQuery) {
    return pageBy(query, (page) => this.database.read(scopeOf(caller), (tx) => listPeople(tx, page, query)))
  }

  /** One person, where the caller can see them. */
  find(caller: Caller, id: string): Promise<Person | undefined> {
    return this.database.read(scopeOf(caller), (tx) => findPerson(tx, id))
  }

  /** Adds a person. Raises `already_exists` for an address in use, and what the gate refuses. */
  async create(caller: Caller, body: PersonCreate): Promise<Person> {
    const tenantId = body.tenant_id ?? ownTenant(caller)
    const id = randomUUIDv7()
    await this.requireOwnPublisher(caller, tenantId, body.publisher_id)
    const given = { tenant_id: tenantId, roles: body.roles, custom_roles: body.custom_roles }
    const reading = { database: this.database, scope: scopeOf(caller) }
    await requireKnownRoles(reading, given)
    const role_grant = roleGrant(caller, body.roles, scopesOf(await heldRoles(reading, given, 'all')))
    const resource = { kind: 'person', id, tenant_id: tenantId, publisher_id: body.publisher_id ?? null }
    const facts = adminFacts(caller, resource, { role_grant })
    const about = { correlationId: caller.correlationId, tenantId }
    const permit = this.gate.requireAllow(await this.gate.decide('person.create', facts, about))
    return this.gate
      .write(permit, (tx) =>
        insertPerson(tx, {
          id,
          tenant_id: tenantId,
          publisher_id: body.publisher_id ?? null,
          kind: body.kind,
          name: body.name,
          email: body.email ?? null,
          roles: body.roles,
          custom_roles: body.custom_roles,
          ...this.pseudonyms.of(id),
          maker: makerOf(caller),
        }),
      )
      .catch((error: unknown) => Promise.reject(nameTaken(error) as Error))
  }

  /** Changes name, address, roles or access. Raises `not_found`, `conflict`, `already_exists`, and what the gate refuses. */
  async update(caller: Caller, id: string, body: PersonUpdate): Promise<Person> {
    const person = await this.find(caller, id)
    if (!person) throw problem('not_found')
    // Whatever changes, it is weighed like granting the roles that the person has: locking out, or turning the mail of,
    // somebody who may do more would be a way around them.
    const role_grant = await this.weighed(caller, person, body)
    const resource = { kind: 'person', id, tenant_id: person.tenant_id, publisher_id: person.publisher_id }
    const ownership = await this.ownership(caller, person, body)
    const facts = adminFacts(caller, resource, { role_grant, ownership })
    const about = { correlationId: caller.correlationId, tenantId: person.tenant_id }
    const permit = this.gate.requireAllow(await this.gate.decide('person.update', facts, about))
    const changes = {
      id,
      version: body.version,
      name: body.name ?? person.name,
      email: body.email === undefined ? person.email : body.email,
      roles: body.roles ?? person.roles,
      custom_roles: body.custom_roles ?? person.custom_roles,
      disabled: body.disabled ?? person.disabled_at !== null,
    }
    const changed = await this.gate
      .write(permit, (tx) => updatePerson(tx, changes))
      .catch((error: unknown) => Promise.reject(nameTaken(ownerGone(error)) as Error))
    if (!changed) throw problem('conflict')
    this.callers.forget()
    return changed
  }

  /** Which roles a person has, and by which group and rule. Raises `not_found`. */
  async roles(caller: Caller, id: string): Promise<PersonRoles> {
    const scope = scopeOf(caller)
    const person = await this.database.read(scope, (tx) => findPerson(tx, id))
    if (!person) throw problem('not_found')
    const [by_groups, in_workspaces] = await this.database.inScope(
      scope,
      async (tx) => [await readGivenByGroups(tx, id), await ownRolesInWorkspaces(tx, id)] as const,
    )
    return { id, own: { roles: person.roles, custom_roles: person.custom_roles }, by_groups, in_workspaces }
  }

  /** People who have roles by groups, with group and rule; platform operators see all or those of the named organisation. */
  byGroups(caller: Caller, query: TenantScopedQuery) {
    return pageBy(query, (page) =>
      this.database.inScope(scopeOf(caller), (tx) => listGivenByGroups(tx, page, query.tenant_id ?? null)),
    )
  }

  private async ownership(caller: Caller, person: Person, { roles, disabled }: PersonUpdate) {
    const others = await this.database.read(scopeOf(caller), (tx) => countOtherOwners(tx, person))
    const before = { ...person, disabled: person.disabled_at !== null }
    return ownershipAfter(
      before,
      { ...before, roles: roles ?? before.roles, disabled: disabled ?? before.disabled },
      others,
    )
  }

  private async weighed(caller: Caller, person: Person, { roles, custom_roles }: PersonUpdate) {
    const { tenant_id } = person
    const reading = { database: this.database, scope: scopeOf(caller) }
    await requireKnownRoles(reading, { tenant_id, custom_roles: custom_roles ?? [] })
    const both = {
      ...{ id: person.id, tenant_id },
      roles: [...(roles ?? []), ...person.roles],
      custom_roles: [...(custom_roles ?? []), ...person.custom_roles],
    }
    return roleGrant(caller, roles ?? person.roles, scopesOf(await heldRoles(reading, both, 'all')))
  }

  /** A person works only for a publisher of the own organisation. */
  private async requireOwnPublisher(caller: Caller, tenantId: string, publisherId: string | undefined): Promise<void> {
    if (publisherId === undefined) return
    const owner = await this.database.read(scopeOf(caller), (tx) => tenantOfPublisher(tx, publisherId))
    if (owner !== tenantId)
      throw problem('request.invalid', {
        errors: [{ pointer: '/publisher_id', detail: 'must be a publisher of the same organisation' }],
      })
  }
}
