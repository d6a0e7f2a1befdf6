import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { TenantDocuments } from './documents.service.js'

const kind = 'list'

/** Lists of extensions over HTTP. */
@Controller()
export class ListsController {
  constructor(private readonly documents: TenantDocuments) {}

  @Endpoint('lists.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'lists.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('lists.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'lists.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('lists.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'lists.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('lists.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'lists.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('lists.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'lists.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('lists.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'lists.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }
}
