import { Controller, Req, UseInterceptors } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ScimAnswers } from '../http/answer.js'
import { usersOf } from '../http/ask.js'
import { ScimDoor } from '../http/door.js'
import { listRequest, searchRequest } from '../query/list-request.rules.js'
import { ScimUsers } from './users.service.js'

/** /scim/v2/Users. */
@Controller()
@UseInterceptors(ScimAnswers)
export class ScimUsersController {
  constructor(
    private readonly users: ScimUsers,
    private readonly door: ScimDoor,
  ) {}

  @Endpoint('scim.queryUsers')
  query(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    const ask = this.door.ask(caller, request)
    return this.users.query(ask, listRequest(ask.query))
  }

  @Endpoint('scim.searchUsers')
  search(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { body }: EndpointInput<'scim.searchUsers'>,
  ) {
    return this.users.query(this.door.ask(caller, request), searchRequest(body))
  }

  @Endpoint('scim.createUser')
  create(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { body }: EndpointInput<'scim.createUser'>,
  ) {
    return this.users.create(this.door.ask(caller, request), body)
  }

  @Endpoint('scim.readUser')
  read(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params }: EndpointInput<'scim.readUser'>,
  ) {
    const ask = this.door.ask(caller, request)
    return this.users.read({ ...ask, tenantId: ask.caller.tenantId, definition: usersOf(ask) }, params.id)
  }

  @Endpoint('scim.replaceUser')
  replace(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params, body }: EndpointInput<'scim.replaceUser'>,
  ) {
    return this.users.replace(this.door.ask(caller, request), params.id, body)
  }

  @Endpoint('scim.patchUser')
  patch(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params, body }: EndpointInput<'scim.patchUser'>,
  ) {
    return this.users.patch(this.door.ask(caller, request), params.id, body)
  }

  @Endpoint('scim.deleteUser')
  remove(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params }: EndpointInput<'scim.deleteUser'>,
  ) {
    return this.users.remove(this.door.ask(caller, request), params.id)
  }
}
