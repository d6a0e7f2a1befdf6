import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { TenantDocuments } from './documents.service.js'

const kind = 'limits'

/** Limits over HTTP. */
@Controller()
export class LimitsController {
  constructor(private readonly documents: TenantDocuments) {}

  @Endpoint('limits.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'limits.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('limits.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'limits.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('limits.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'limits.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('limits.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'limits.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('limits.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'limits.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('limits.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'limits.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }
}
