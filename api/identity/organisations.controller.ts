import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Ownership } from './ownership.service.js'
import { Suspension } from './suspension.service.js'

/** What becomes of an organisation, over HTTP. */
@Controller()
export class OrganisationsController {
  constructor(
    private readonly ownership: Ownership,
    private readonly suspension: Suspension,
  ) {}

  @Endpoint('tenants.suspend')
  suspend(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.suspend'>) {
    return this.suspension.suspend(caller, params.id, body)
  }

  @Endpoint('tenants.resume')
  resume(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.resume'>) {
    return this.suspension.resume(caller, params.id, body)
  }

  @Endpoint('tenants.transfer')
  transfer(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.transfer'>) {
    return this.ownership.transfer(caller, params.id, body)
  }
}
