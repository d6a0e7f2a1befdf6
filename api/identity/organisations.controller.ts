import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Closing } from './lifecycle/closing.service.js'
import { OrganisationExport } from './lifecycle/export.service.js'
import { Sandboxes } from './lifecycle/sandboxes.service.js'
import { Ownership } from './ownership.service.js'
import { Suspension } from './suspension.service.js'

/** What becomes of an organisation, over HTTP. */
@Controller()
export class OrganisationsController {
  constructor(
    private readonly ownership: Ownership,
    private readonly suspension: Suspension,
    private readonly closing: Closing,
    private readonly archive: OrganisationExport,
    private readonly sandboxes: Sandboxes,
  ) {}

  @Endpoint('tenants.sandbox')
  sandbox(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'tenants.sandbox'>) {
    return this.sandboxes.make(caller, body)
  }

  @Endpoint('tenants.suspend')
  suspend(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.suspend'>) {
    return this.suspension.suspend(caller, params.id, body)
  }

  @Endpoint('tenants.resume')
  resume(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.resume'>) {
    return this.suspension.resume(caller, params.id, body)
  }

  @Endpoint('tenants.delete')
  delete(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.delete'>) {
    return this.closing.ask(caller, params.id, body)
  }

  @Endpoint('tenants.restore')
  restore(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.restore'>) {
    return this.closing.restore(caller, params.id, body)
  }

  @Endpoint('tenants.export')
  export(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'tenants.export'>) {
    return this.archive.page(caller, params.id, query)
  }

  @Endpoint('tenants.transfer')
  transfer(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'tenants.transfer'>) {
    return this.ownership.transfer(caller, params.id, body)
  }
}
