import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { PublishedEvents } from './published-events.service.js'

/** Events of extensions over HTTP. */
@Controller()
export class EventsController {
  constructor(private readonly events: PublishedEvents) {}

  @Endpoint('events.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'events.list'>) {
    return this.events.list(caller, query)
  }
}
