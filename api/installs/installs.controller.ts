import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Installs } from './installs.service.js'

/** Installs over HTTP. */
@Controller()
export class InstallsController {
  constructor(private readonly installs: Installs) {}

  @Endpoint('installs.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'installs.list'>) {
    return this.installs.list(caller, query)
  }

  @Endpoint('installs.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'installs.create'>) {
    return this.installs.create(caller, body)
  }

  @Endpoint('installs.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'installs.show'>) {
    return this.installs.show(caller, params.id)
  }

  @Endpoint('installs.update')
  update(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'installs.update'>) {
    return this.installs.update(caller, { id: params.id, body })
  }

  @Endpoint('installs.uninstall')
  uninstall(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'installs.uninstall'>) {
    return this.installs.uninstall(caller, params.id)
  }
}
