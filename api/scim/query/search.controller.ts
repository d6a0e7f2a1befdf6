import { Controller, Req, UseInterceptors } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ScimAnswers } from '../http/answer.js'
import { ScimDoor } from '../http/door.js'
import { searchRequest } from './list-request.rules.js'
import { ScimSearch } from './search.service.js'

/** /scim/v2/.search. */
@Controller()
@UseInterceptors(ScimAnswers)
export class ScimSearchController {
  constructor(
    private readonly search: ScimSearch,
    private readonly door: ScimDoor,
  ) {}

  @Endpoint('scim.search')
  query(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { body }: EndpointInput<'scim.search'>,
  ) {
    return this.search.query(this.door.ask(caller, request), searchRequest(body))
  }
}
