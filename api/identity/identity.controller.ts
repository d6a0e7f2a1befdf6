import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Bootstrap } from './bootstrap.service.js'
import { ApiKeys } from './keys.service.js'
import { Leaving } from './leaving.service.js'
import { Organisations } from './organisations.service.js'
import { People } from './people.service.js'

/** Organisations, people and keys over HTTP. */
@Controller()
export class IdentityController {
  constructor(
    private readonly organisations: Organisations,
    private readonly people: People,
    private readonly keys: ApiKeys,
    private readonly bootstrap: Bootstrap,
    private readonly leaving: Leaving,
  ) {}

  @Endpoint('whoami.show')
  whoami(@CurrentCaller() caller: Caller) {
    return this.organisations.whoami(caller)
  }

  @Endpoint('whoami.leave')
  leave(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'whoami.leave'>) {
    return this.leaving.leave(caller, body)
  }

  @Endpoint('bootstrap.create')
  firstOwner(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'bootstrap.create'>) {
    return this.bootstrap.firstOwner(caller.correlationId, body)
  }

  @Endpoint('tenants.list')
  tenants(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'tenants.list'>) {
    return this.organisations.list(caller, query)
  }

  @Endpoint('tenants.create')
  createTenant(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'tenants.create'>) {
    return this.organisations.create(caller, body)
  }

  @Endpoint('tenants.update')
  updateTenant(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.update'>) {
    return this.organisations.update(caller, params.id, body)
  }

  @Endpoint('people.list')
  listPeople(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'people.list'>) {
    return this.people.list(caller, query)
  }

  @Endpoint('people.roles')
  rolesOf(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'people.roles'>) {
    return this.people.roles(caller, params.id)
  }

  @Endpoint('people.byGroups')
  byGroups(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'people.byGroups'>) {
    return this.people.byGroups(caller, query)
  }

  @Endpoint('people.create')
  createPerson(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'people.create'>) {
    return this.people.create(caller, body)
  }

  @Endpoint('people.update')
  updatePerson(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'people.update'>) {
    return this.people.update(caller, params.id, body)
  }

  @Endpoint('keys.list')
  listKeys(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'keys.list'>) {
    return this.keys.list(caller, query)
  }

  @Endpoint('keys.create')
  createKey(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'keys.create'>) {
    return this.keys.create(caller, body)
  }

  @Endpoint('keys.revoke')
  revokeKey(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'keys.revoke'>) {
    return this.keys.revoke(caller, params.id)
  }
}
