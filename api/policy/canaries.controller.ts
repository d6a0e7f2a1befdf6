import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Activations } from './activations.service.js'
import { Canaries } from './canaries.service.js'

/** Policies that take over by degrees, over HTTP. */
@Controller()
export class CanariesController {
  constructor(
    private readonly canaries: Canaries,
    private readonly activations: Activations,
  ) {}

  @Endpoint('canaries.start')
  start(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'canaries.start'>) {
    return this.activations.startCanary(caller, params.revision, body)
  }

  @Endpoint('canaries.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'canaries.list'>) {
    return this.canaries.list(caller, query)
  }

  @Endpoint('canaries.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'canaries.show'>) {
    return this.canaries.show(caller, params.id)
  }

  @Endpoint('canaries.advance')
  advance(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'canaries.advance'>) {
    return this.canaries.advance(caller, params.id, body)
  }

  @Endpoint('canaries.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'canaries.revert'>) {
    return this.canaries.revert(caller, params.id, body)
  }
}
