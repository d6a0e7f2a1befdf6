import { Controller, Req, UseInterceptors } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ScimAnswer, ScimAnswers } from '../http/answer.js'
import { usersOf, type Ask } from '../http/ask.js'
import { ScimDoor } from '../http/door.js'
import { BulkLimits } from '../bulk/bulk.rules.js'
import { PAGE } from '../query/list-request.rules.js'
import { providerDocument, resourceTypeDocument, schemaDocument } from '../protocol/schemas/documents.js'
import { GROUPS } from '../protocol/schemas/resources.js'
import { ScimError } from '../protocol/scim-error.js'

const kindsOf = (ask: Ask) => [usersOf(ask), GROUPS]
const schemasOf = (ask: Ask) => kindsOf(ask).flatMap(({ core, extensions }) => [core, ...extensions])

interface Documented {
  readonly id: string
}

/** What can be asked about the service itself (RFC 7644, section 4). */
@Controller()
@UseInterceptors(ScimAnswers)
export class ScimDiscoveryController {
  constructor(
    private readonly door: ScimDoor,
    private readonly limits: BulkLimits,
  ) {}

  @Endpoint('scim.providerConfig')
  provider(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    const { base } = this.door.ask(caller, request)
    const { operations: maxOperations, bytes: maxPayloadSize } = this.limits
    return new ScimAnswer(200, providerDocument({ maxResults: PAGE.most, maxOperations, maxPayloadSize }, base))
  }

  @Endpoint('scim.schemas')
  schemas(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    const ask = this.door.ask(caller, request)
    return all(
      ask.query,
      schemasOf(ask).map((each) => schemaDocument(each, ask.base)),
    )
  }

  @Endpoint('scim.schema')
  schema(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params }: EndpointInput<'scim.schema'>,
  ) {
    const ask = this.door.ask(caller, request)
    return one(
      params.id,
      schemasOf(ask).map((each) => schemaDocument(each, ask.base)),
    )
  }

  @Endpoint('scim.resourceTypes')
  resourceTypes(@CurrentCaller() caller: Caller, @Req() request: FastifyRequest) {
    const ask = this.door.ask(caller, request)
    return all(
      ask.query,
      kindsOf(ask).map((each) => resourceTypeDocument(each, ask.base)),
    )
  }

  @Endpoint('scim.resourceType')
  resourceType(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Input() { params }: EndpointInput<'scim.resourceType'>,
  ) {
    const ask = this.door.ask(caller, request)
    return one(
      params.id,
      kindsOf(ask).map((each) => resourceTypeDocument(each, ask.base)),
    )
  }
}

/** These lists are given whole; a filter on them is forbidden (RFC 7644, section 4). */
const all = (query: Readonly<Record<string, unknown>>, documents: readonly Documented[]): ScimAnswer => {
  if (query['filter'] !== undefined) throw new ScimError(403, 'This list is given whole: send no filter')
  return new ScimAnswer(200, {
    schemas: ['urn:ietf:params:scim:api:messages:2.0:ListResponse'],
    ...{ totalResults: documents.length, itemsPerPage: documents.length, startIndex: 1, Resources: documents },
  })
}

const one = (id: string, documents: readonly Documented[]): ScimAnswer => {
  const found = documents.find((each) => each.id.toLowerCase() === id.toLowerCase())
  if (!found) throw new ScimError(404, `There is no ${id.slice(0, 200)} here`)
  return new ScimAnswer(200, found)
}
