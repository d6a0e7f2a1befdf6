import { Readable } from 'node:stream'
import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { SCIM_TYPE } from '#contract/api/scim-protocol.js'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { bodyBytes } from '../../platform/http/fastify.js'
import { ScimDoor } from '../http/door.js'
import { ScimError } from '../protocol/scim-error.js'
import { BulkLimits } from './bulk.rules.js'
import { ScimBulk } from './bulk.service.js'

const HEAD = '{"schemas":["urn:ietf:params:scim:api:messages:2.0:BulkResponse"],"Operations":['

/** /scim/v2/Bulk. */
@Controller()
export class ScimBulkController {
  constructor(
    private readonly bulk: ScimBulk,
    private readonly door: ScimDoor,
    private readonly limits: BulkLimits,
  ) {}

  /** Answers each hundred as it is done. */
  @Endpoint('scim.bulk')
  async run(
    @CurrentCaller() caller: Caller,
    @Input() { body }: EndpointInput<'scim.bulk'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { bytes } = this.limits
    if (bodyBytes(request.raw) > bytes) throw new ScimError(413, `A Bulk request has at most ${bytes} bytes`, 'tooMany')
    const chunks = await this.bulk.begin(this.door.ask(caller, request), body)
    await reply
      .status(200)
      .type(SCIM_TYPE)
      .send(Readable.from(messageOf(chunks)))
  }
}

async function* messageOf(chunks: AsyncIterable<object[]>): AsyncGenerator<string> {
  let before = HEAD
  for await (const operations of chunks)
    if (operations.length > 0) {
      yield before + operations.map((each) => JSON.stringify(each)).join(',')
      before = ','
    }
  yield before === HEAD ? `${HEAD}]}` : ']}'
}
