import { Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { NEXT_CURSOR_HEADER } from '#contract/api/decisions.js'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { goneSignal } from '../platform/http/gone-signal.js'
import { packedLines } from '../platform/http/packed-lines.js'
import { DecisionFeed } from './decision-feed.service.js'
import { DecisionsService } from './decisions.service.js'

@Controller()
export class DecisionsController {
  constructor(
    private readonly decisions: DecisionsService,
    private readonly feed: DecisionFeed,
  ) {}

  @Endpoint('decisions.list')
  list(
    @CurrentCaller() caller: Caller,
    @Input() { query }: EndpointInput<'decisions.list'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { after } = query
    if (after === undefined) return this.decisions.list(caller, query)
    return this.feed.page(caller, { ...query, after }, goneSignal(reply))
  }

  @Endpoint('decisions.export')
  async export(
    @CurrentCaller() caller: Caller,
    @Input() { query }: EndpointInput<'decisions.export'>,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const { lines, next } = await this.feed.export(caller, query, goneSignal(reply))
    reply.header(NEXT_CURSOR_HEADER, next)
    return packedLines(reply, lines)
  }

  @Endpoint('decisions.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'decisions.show'>) {
    return this.decisions.show(caller, params.id, query.facts === 'true')
  }

  @Endpoint('decisions.replay')
  replay(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'decisions.replay'>) {
    return this.decisions.replay(caller, params.id)
  }
}
