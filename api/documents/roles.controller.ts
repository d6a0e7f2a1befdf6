import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { TenantDocuments } from './documents.service.js'

const kind = 'role'

/** Roles of an organisation's own over HTTP. */
@Controller()
export class RolesController {
  constructor(private readonly documents: TenantDocuments) {}

  @Endpoint('roles.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'roles.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('roles.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'roles.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('roles.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'roles.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('roles.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'roles.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('roles.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'roles.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('roles.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'roles.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }
}
