import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { TenantDocuments } from './documents.service.js'

const kind = 'scim_schema'

/** SCIM schemas of an organisation's own, over HTTP. */
@Controller()
export class ScimSchemasController {
  constructor(private readonly documents: TenantDocuments) {}

  @Endpoint('scimschemas.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scimschemas.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('scimschemas.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimschemas.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('scimschemas.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'scimschemas.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('scimschemas.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimschemas.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('scimschemas.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimschemas.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('scimschemas.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'scimschemas.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }
}
