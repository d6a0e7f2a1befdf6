import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import { PolicySet } from '../gate/policy-set.service.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Activations } from './activations.service.js'
import { DraftChecks } from './draft-checks.service.js'
import { PolicyOverview } from './policy-overview.service.js'

/** The platform's policy over HTTP. */
@Controller()
export class PolicyController {
  constructor(
    private readonly policies: PolicySet,
    private readonly overview: PolicyOverview,
    private readonly activations: Activations,
    private readonly checks: DraftChecks,
  ) {}

  @Endpoint('policy.show')
  show() {
    return this.policies.show()
  }

  @Endpoint('policy.status')
  status(@CurrentCaller() caller: Caller) {
    return this.overview.status(caller)
  }

  @Endpoint('policy.history')
  history(@CurrentCaller() caller: Caller) {
    return this.overview.history(caller)
  }

  @Endpoint('policy.revisions')
  revisions(@CurrentCaller() caller: Caller) {
    return this.overview.revisions(caller)
  }

  @Endpoint('policy.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'policy.diff'>) {
    return this.checks.diffOfRevision(caller, params.revision, query)
  }

  @Endpoint('policy.activate')
  activate(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'policy.activate'>) {
    return this.activations.activate(caller, params.revision, body)
  }

  @Endpoint('policy.rollback')
  rollback(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'policy.rollback'>) {
    return this.activations.rollBack(caller, body)
  }
}
