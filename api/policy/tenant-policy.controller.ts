import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { TenantActivations } from './tenant-activations.service.js'
import { TenantDrafts } from './tenant-drafts.service.js'
import { TenantPolicyOverview } from './tenant-policy-overview.service.js'

/** An organisation's own restrictions over HTTP. */
@Controller()
export class TenantPolicyController {
  constructor(
    private readonly overview: TenantPolicyOverview,
    private readonly drafts: TenantDrafts,
    private readonly activations: TenantActivations,
  ) {}

  @Endpoint('restrictions.show')
  show(@CurrentCaller() caller: Caller) {
    return this.overview.status(caller)
  }

  @Endpoint('restrictions.history')
  history(@CurrentCaller() caller: Caller) {
    return this.overview.history(caller)
  }

  @Endpoint('restrictions.activation')
  activation(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'restrictions.activation'>) {
    return this.overview.activation(caller, params.seq)
  }

  @Endpoint('restrictions.draft')
  draft(@CurrentCaller() caller: Caller) {
    return this.drafts.show(caller)
  }

  @Endpoint('restrictions.write')
  write(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'restrictions.write'>) {
    return this.drafts.write(caller, body)
  }

  @Endpoint('restrictions.check')
  check(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'restrictions.check'>) {
    return this.drafts.check(caller, body)
  }

  @Endpoint('restrictions.activate')
  activate(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'restrictions.activate'>) {
    return this.activations.activate(caller, body)
  }

  @Endpoint('restrictions.rollback')
  rollback(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'restrictions.rollback'>) {
    return this.activations.rollBack(caller, body)
  }
}
