import { Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Gateway } from './gateway.service.js'

/** `/api/ext/{id}/{path}`, any method. */
@Controller()
export class GatewayController {
  constructor(private readonly gateway: Gateway) {}

  @Endpoint('gateway.call')
  async call(
    @CurrentCaller() caller: Caller,
    @Input() { params }: EndpointInput<'gateway.call'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const answer = await this.gateway.call(caller, params.id, request, reply)
    // What went out piece by piece is sent already.
    if (!reply.sent) await reply.status(answer.status).headers(answer.headers).send(answer.body)
  }
}
