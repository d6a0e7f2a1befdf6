import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Domains } from './domains.service.js'
import { Providers } from './providers.service.js'

/** Identity providers and domains over HTTP. */
@Controller()
export class ProvidersController {
  constructor(
    private readonly providers: Providers,
    private readonly domains: Domains,
  ) {}

  @Endpoint('providers.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'providers.list'>) {
    return this.providers.list(caller, query)
  }

  @Endpoint('providers.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'providers.create'>) {
    return this.providers.create(caller, body)
  }

  @Endpoint('providers.update')
  update(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'providers.update'>) {
    return this.providers.update(caller, params.id, body)
  }

  @Endpoint('domains.list')
  listDomains(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'domains.list'>) {
    return this.domains.list(caller, query)
  }

  @Endpoint('domains.claim')
  claim(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'domains.claim'>) {
    return this.domains.claim(caller, body)
  }

  @Endpoint('domains.verify')
  verify(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'domains.verify'>) {
    return this.domains.verify(caller, params.id)
  }

  @Endpoint('domains.release')
  release(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'domains.release'>) {
    return this.domains.release(caller, params.id)
  }
}
