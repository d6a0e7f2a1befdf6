import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Access } from './access.service.js'

/** Questions of access over HTTP. */
@Controller()
export class AccessController {
  constructor(private readonly access: Access) {}

  @Endpoint('access.explain')
  explain(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'access.explain'>) {
    return this.access.explain(caller, body)
  }

  @Endpoint('access.whoCan')
  whoCan(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'access.whoCan'>) {
    return this.access.whoCan(caller, body)
  }
}
