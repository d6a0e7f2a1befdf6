import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ShownGroups } from './shown.service.js'

/** Groups that identity providers keep in step, as the organisation sees them. */
@Controller()
export class ShownGroupsController {
  constructor(private readonly groups: ShownGroups) {}

  @Endpoint('scim.listGroups')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scim.listGroups'>) {
    return this.groups.list(caller, query)
  }

  @Endpoint('scim.showGroup')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.showGroup'>) {
    return this.groups.show(caller, params.id)
  }
}
