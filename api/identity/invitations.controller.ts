import { Controller } from '@nestjs/common'
import type { EndpointInput } from '#contract/endpoints.js'
import type { Caller } from '../platform/http/caller.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Invitations } from './invitations.service.js'
import { Invited } from './invited.service.js'

/** Invitations over HTTP. */
@Controller()
export class InvitationsController {
  constructor(
    private readonly invitations: Invitations,
    private readonly invited: Invited,
  ) {}

  @Endpoint('invitations.list')
  list(@CurrentCaller() caller: Caller, @Input() { query }: EndpointInput<'invitations.list'>) {
    return this.invitations.list(caller, query)
  }

  @Endpoint('invitations.create')
  create(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'invitations.create'>) {
    return this.invitations.create(caller, body)
  }

  @Endpoint('invitations.accept')
  accept(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'invitations.accept'>) {
    return this.invited.accept(caller, body)
  }

  @Endpoint('invitations.resend')
  resend(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'invitations.resend'>) {
    return this.invitations.resend(caller, params.id)
  }

  @Endpoint('invitations.revoke')
  revoke(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'invitations.revoke'>) {
    return this.invitations.revoke(caller, params.id)
  }
}
