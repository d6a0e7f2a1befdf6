import { Controller, Req } from '@nestjs/common'
import type { FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import { addressOf } from '../platform/attempts/attempts.rules.js'
import { Attempts } from '../platform/attempts/attempts.service.js'
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
    private readonly attempts: Attempts,
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
  async accept(
    @CurrentCaller() caller: Caller,
    @Input() { body }: EndpointInput<'invitations.accept'>,
    @Req() { ip }: FastifyRequest,
  ) {
    const attempt = await this.attempts.begin([{ kind: 'address', of: addressOf(ip) }])
    const accepted = await this.invited.accept(caller, body)
    await attempt.succeeded()
    return accepted
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
