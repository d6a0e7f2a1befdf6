import { Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Calls } from './calls.service.js'

/** Calls that were not waited for, over HTTP. */
@Controller()
export class CallsController {
  constructor(private readonly calls: Calls) {}

  @Endpoint('calls.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'calls.show'>) {
    return this.calls.show(caller, params.id)
  }

  @Endpoint('calls.result')
  async result(
    @CurrentCaller() caller: Caller,
    @Input() { params }: EndpointInput<'calls.result'>,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { status, headers, body } = await this.calls.result(caller, params.id)
    await reply.status(status).headers(headers).send(body)
  }
}
