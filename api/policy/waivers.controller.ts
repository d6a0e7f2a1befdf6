import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Waivers } from './waivers.service.js'

/** Exceptions from policy over HTTP. */
@Controller()
export class WaiversController {
  constructor(private readonly waivers: Waivers) {}

  @Endpoint('waivers.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'waivers.list'>) {
    return this.waivers.list(caller, query)
  }

  @Endpoint('waivers.request')
  request(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'waivers.request'>) {
    return this.waivers.request(caller, body)
  }

  @Endpoint('waivers.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'waivers.show'>) {
    return this.waivers.show(caller, params.id)
  }

  @Endpoint('waivers.revoke')
  revoke(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'waivers.revoke'>) {
    return this.waivers.revoke(caller, params.id, body)
  }
}
