import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ScimConnections } from './connections.service.js'
import { ScimTokens } from './tokens.service.js'

/** SCIM connections and their tokens over HTTP. */
@Controller()
export class ScimConnectionsController {
  constructor(
    private readonly connections: ScimConnections,
    private readonly tokens: ScimTokens,
  ) {}

  @Endpoint('scimConnections.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scimConnections.list'>) {
    return this.connections.list(caller, query)
  }

  @Endpoint('scimConnections.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'scimConnections.create'>) {
    return this.connections.create(caller, body)
  }

  @Endpoint('scimConnections.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scimConnections.show'>) {
    return this.connections.show(caller, params.id)
  }

  @Endpoint('scimConnections.update')
  update(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'scimConnections.update'>) {
    return this.connections.update(caller, params.id, body)
  }

  @Endpoint('scimTokens.list')
  listTokens(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scimTokens.list'>) {
    return this.tokens.list(caller, params.id, query)
  }

  @Endpoint('scimTokens.create')
  createToken(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'scimTokens.create'>) {
    return this.tokens.create(caller, params.id, body)
  }

  @Endpoint('scimTokens.revoke')
  revokeToken(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scimTokens.revoke'>) {
    return this.tokens.revoke(caller, params.id)
  }
}
