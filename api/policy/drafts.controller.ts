import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { DraftChecks } from './draft-checks.service.js'
import { Drafts } from './drafts.service.js'

/** Policy in the making over HTTP. */
@Controller()
export class DraftsController {
  constructor(
    private readonly drafts: Drafts,
    private readonly checks: DraftChecks,
  ) {}

  @Endpoint('drafts.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'drafts.list'>) {
    return this.drafts.list(caller, query)
  }

  @Endpoint('drafts.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'drafts.create'>) {
    return this.drafts.create(caller, body)
  }

  @Endpoint('drafts.show')
  show(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'drafts.show'>) {
    return this.drafts.show(caller, params.id)
  }

  @Endpoint('drafts.discard')
  discard(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'drafts.discard'>) {
    return this.drafts.discard(caller, params.id, query)
  }

  @Endpoint('drafts.push')
  push(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'drafts.push'>) {
    return this.drafts.push(caller, params.id, body)
  }

  @Endpoint('drafts.read')
  read(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'drafts.read'>) {
    return this.drafts.read(caller, params.id, params.path)
  }

  @Endpoint('drafts.write')
  write(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'drafts.write'>) {
    return this.drafts.write(caller, params, body)
  }

  @Endpoint('drafts.remove')
  remove(@CurrentCaller() caller: Caller, @Input() { params, query }: EndpointInput<'drafts.remove'>) {
    return this.drafts.remove(caller, params, query)
  }

  @Endpoint('drafts.rebase')
  rebase(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'drafts.rebase'>) {
    return this.drafts.rebase(caller, params.id, body)
  }

  @Endpoint('drafts.diff')
  diff(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'drafts.diff'>) {
    return this.checks.diff(caller, params.id)
  }

  @Endpoint('drafts.check')
  check(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'drafts.check'>) {
    return this.checks.check(caller, params.id, body)
  }

  @Endpoint('drafts.seal')
  seal(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'drafts.seal'>) {
    return this.checks.seal(caller, params.id, body)
  }
}
