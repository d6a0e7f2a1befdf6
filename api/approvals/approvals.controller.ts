import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Approvals } from './approvals.service.js'

/** What waits for people, over HTTP. */
@Controller()
export class ApprovalsController {
  constructor(private readonly approvals: Approvals) {}

  @Endpoint('approvals.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'approvals.list'>) {
    return this.approvals.list(caller, query)
  }

  @Endpoint('approvals.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'approvals.show'>) {
    return this.approvals.show(caller, params.id)
  }

  @Endpoint('approvals.vote')
  vote(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'approvals.vote'>) {
    return this.approvals.vote(caller, params.id, body)
  }
}
