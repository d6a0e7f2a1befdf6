import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Sessions } from './sessions.service.js'

/** Sessions over HTTP. */
@Controller()
export class SessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Endpoint('sessions.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'sessions.list'>) {
    return this.sessions.own(caller, query)
  }

  @Endpoint('sessions.of')
  of(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'sessions.of'>) {
    return this.sessions.of(caller, params.id, query)
  }

  @Endpoint('sessions.end')
  end(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'sessions.end'>) {
    return this.sessions.end(caller, params.id)
  }

  @Endpoint('sessions.revoke')
  revoke(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'sessions.revoke'>) {
    return this.sessions.revoke(caller, params.id)
  }
}
