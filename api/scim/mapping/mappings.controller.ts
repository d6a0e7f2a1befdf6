import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { TenantDocuments } from '../../documents/documents.service.js'
import { ScimMappings } from './mappings.service.js'

const kind = 'scim_mapping'

/** Which SCIM attribute becomes which field of a person, over HTTP. */
@Controller()
export class ScimMappingsController {
  constructor(
    private readonly documents: TenantDocuments,
    private readonly mappings: ScimMappings,
  ) {}

  @Endpoint('scimmappings.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scimmappings.list'>) {
    return this.documents.list(caller, kind, query)
  }

  @Endpoint('scimmappings.show')
  show(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimmappings.show'>) {
    return this.documents.show(caller, { kind, ...params, ...query }, query.revision)
  }

  @Endpoint('scimmappings.set')
  set(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'scimmappings.set'>) {
    return this.documents.set(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('scimmappings.history')
  history(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimmappings.history'>) {
    return this.documents.history(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('scimmappings.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimmappings.diff'>) {
    return this.documents.diff(caller, { kind, ...params, ...query }, query)
  }

  @Endpoint('scimmappings.revert')
  revert(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'scimmappings.revert'>) {
    return this.documents.revert(caller, { kind, ...params, ...query }, body)
  }

  @Endpoint('scimmappings.preview')
  preview(@CurrentCaller() caller: Caller, @Input() { params, query, body }: EndpointInput<'scimmappings.preview'>) {
    return this.mappings.preview(caller, { ...params, ...query }, body)
  }

  @Endpoint('scim.showPerson')
  person(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.showPerson'>) {
    return this.mappings.show(caller, params.id)
  }
}
