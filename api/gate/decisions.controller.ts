import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { DecisionsService } from './decisions.service.js'

@Controller()
export class DecisionsController {
  constructor(private readonly decisions: DecisionsService) {}

  @Endpoint('decisions.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'decisions.list'>) {
    return this.decisions.list(caller, query)
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
