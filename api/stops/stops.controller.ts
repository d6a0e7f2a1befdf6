import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Engagement } from './engagement.service.js'
import { Orders } from './orders.service.js'
import { Release } from './release.service.js'

/** Kill switches over HTTP. */
@Controller()
export class StopsController {
  constructor(
    private readonly orders: Orders,
    private readonly engagement: Engagement,
    private readonly releases: Release,
  ) {}

  @Endpoint('kills.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'kills.list'>) {
    return this.orders.list(caller, query)
  }

  @Endpoint('kills.engage')
  engage(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'kills.engage'>) {
    return this.engagement.engage(caller, body)
  }

  @Endpoint('kills.release')
  release(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'kills.release'>) {
    return this.releases.release(caller, params.id, body)
  }
}
