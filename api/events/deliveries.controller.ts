import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { DeliveryViews } from './delivery-views.service.js'

/** Deliveries of events over HTTP. */
@Controller()
export class DeliveriesController {
  constructor(private readonly deliveries: DeliveryViews) {}

  @Endpoint('deliveries.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'deliveries.list'>) {
    return this.deliveries.list(caller, query)
  }

  @Endpoint('deliveries.redeliver')
  redeliver(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'deliveries.redeliver'>) {
    return this.deliveries.redeliver(caller, params.id)
  }
}
