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

  @Endpoint('scim.listConnections')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'scim.listConnections'>) {
    return this.connections.list(caller, query)
  }

  @Endpoint('scim.createConnection')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'scim.createConnection'>) {
    return this.connections.create(caller, body)
  }

  @Endpoint('scim.showConnection')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.showConnection'>) {
    return this.connections.show(caller, params.id)
  }

  @Endpoint('scim.updateConnection')
  update(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'scim.updateConnection'>) {
    return this.connections.update(caller, params.id, body)
  }

  @Endpoint('scim.deleteConnection')
  remove(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.deleteConnection'>) {
    return this.connections.remove(caller, params.id)
  }

  @Endpoint('scim.listTokens')
  listTokens(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'scim.listTokens'>) {
    return this.tokens.list(caller, params.id, query)
  }

  @Endpoint('scim.createToken')
  createToken(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'scim.createToken'>) {
    return this.tokens.create(caller, params.id, body)
  }

  @Endpoint('scim.revokeToken')
  revokeToken(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'scim.revokeToken'>) {
    return this.tokens.revoke(caller, params.id)
  }
}
