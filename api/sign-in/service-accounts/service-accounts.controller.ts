import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { ServiceAccounts } from './service-accounts.service.js'
import { FederatedIdentities } from './workload/identities.service.js'

/** Service accounts over HTTP. */
@Controller()
export class ServiceAccountsController {
  constructor(
    private readonly accounts: ServiceAccounts,
    private readonly federated: FederatedIdentities,
  ) {}

  @Endpoint('accounts.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'accounts.list'>) {
    return this.accounts.list(caller, query)
  }

  @Endpoint('accounts.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'accounts.create'>) {
    return this.accounts.create(caller, body)
  }

  @Endpoint('accounts.handover')
  handover(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'accounts.handover'>) {
    return this.accounts.handover(caller, params.id, body)
  }

  @Endpoint('accounts.credentials')
  credentials(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'accounts.credentials'>) {
    return this.accounts.credentials(caller, params.id, query)
  }

  @Endpoint('accounts.secret')
  secret(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'accounts.secret'>) {
    return this.accounts.addSecret(caller, params.id, body)
  }

  @Endpoint('accounts.key')
  key(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'accounts.key'>) {
    return this.accounts.addKey(caller, params.id, body)
  }

  @Endpoint('accounts.revoke')
  revoke(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'accounts.revoke'>) {
    return this.accounts.revoke(caller, params.id, params.credential_id)
  }

  @Endpoint('accounts.identities')
  identities(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'accounts.identities'>) {
    return this.federated.list(caller, params.id, query)
  }

  @Endpoint('accounts.trust')
  trust(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'accounts.trust'>) {
    return this.federated.add(caller, params.id, body)
  }

  @Endpoint('accounts.distrust')
  distrust(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'accounts.distrust'>) {
    return this.federated.remove(caller, params.id, params.identity_id)
  }
}
