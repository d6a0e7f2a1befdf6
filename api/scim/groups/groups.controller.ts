import { Controller, Req, UseInterceptors } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ScimAnswers } from '../http/answer.js'
import { ScimDoor } from '../http/door.js'
import { listRequest, searchRequest } from '../query/list-request.rules.js'
import { ScimGroups } from './groups.service.js'

/** /scim/v2/Groups. */
@Controller()
@UseInterceptors(ScimAnswers)
export class ScimGroupsController {
  constructor(
    private readonly groups: ScimGroups,
    private readonly door: ScimDoor,
  ) {}

  @Endpoint('scim.queryGroups')
  query(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    const ask = this.door.ask(caller, request)
    return this.groups.query(ask, listRequest(ask.query))
  }

  @Endpoint('scim.searchGroups')
  search(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { body }: EndpointInput<'scim.searchGroups'>,
  ) {
    return this.groups.query(this.door.ask(caller, request), searchRequest(body))
  }

  @Endpoint('scim.createGroup')
  create(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { body }: EndpointInput<'scim.createGroup'>,
  ) {
    return this.groups.create(this.door.ask(caller, request), body)
  }

  @Endpoint('scim.readGroup')
  read(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params }: EndpointInput<'scim.readGroup'>,
  ) {
    return this.groups.read(this.door.ask(caller, request), params.id)
  }

  @Endpoint('scim.replaceGroup')
  replace(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params, body }: EndpointInput<'scim.replaceGroup'>,
  ) {
    return this.groups.replace(this.door.ask(caller, request), params.id, body)
  }

  @Endpoint('scim.patchGroup')
  patch(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params, body }: EndpointInput<'scim.patchGroup'>,
  ) {
    return this.groups.patch(this.door.ask(caller, request), params.id, body)
  }

  @Endpoint('scim.deleteGroup')
  remove(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params }: EndpointInput<'scim.deleteGroup'>,
  ) {
    return this.groups.remove(this.door.ask(caller, request), params.id)
  }
}
