import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Traces } from './traces.service.js'
import { Tries } from './tries.service.js'

/** What policy read and would answer, over HTTP. */
@Controller()
export class ExplainController {
  constructor(
    private readonly traces: Traces,
    private readonly tries: Tries,
  ) {}

  @Endpoint('decisions.trace')
  trace(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'decisions.trace'>) {
    return this.traces.trace(caller, params.id)
  }

  @Endpoint('policy.try')
  try(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'policy.try'>) {
    return this.tries.try(caller, body)
  }
}
