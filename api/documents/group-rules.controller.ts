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

  @Endpoint('grouprules.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'grouprules.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('grouprules.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'grouprules.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('grouprules.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'grouprules.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('grouprules.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'grouprules.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('grouprules.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'grouprules.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('grouprules.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'grouprules.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('grouprules.preview')
  preview(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'grouprules.preview'>) {
    return this.previews.preview(caller, { ...params, ...query }, body.document)
  }
}
