import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { TenantDocuments } from './documents.service.js'
import { GroupRulesPreviews } from './group-rules-previews.service.js'

const kind = 'group_rules'

/** Which roles SCIM groups give, over HTTP. */
@Controller()
export class GroupRulesController {
  constructor(
    private readonly documents: TenantDocuments,
    private readonly previews: GroupRulesPreviews,
  ) {}

  @Endpoint('group_rules.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'group_rules.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('group_rules.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'group_rules.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('group_rules.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'group_rules.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('group_rules.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'group_rules.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('group_rules.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'group_rules.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('group_rules.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'group_rules.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('group_rules.preview')
  preview(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'group_rules.preview'>) {
    return this.previews.preview(caller, { ...params, ...query }, body.document)
  }
}
