import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { RuntimeTokens } from './runtime-tokens.service.js'

/** Runtime tokens over HTTP. */
@Controller()
export class RuntimeTokensController {
  constructor(private readonly tokens: RuntimeTokens) {}

  @Endpoint('tokens.list')
  list(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'tokens.list'>) {
    return this.tokens.list(caller, params.id, query)
  }

  @Endpoint('tokens.create')
  create(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tokens.create'>) {
    return this.tokens.create(caller, params.id, body)
  }

  @Endpoint('tokens.revoke')
  revoke(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'tokens.revoke'>) {
    return this.tokens.revoke(caller, params.id)
  }
}
