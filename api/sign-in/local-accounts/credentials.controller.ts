import { Controller, Inject, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import type { EndpointInput } from '#contract/endpoints.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { Callers } from '../../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../../identity/caller.rules.js'
import type { Caller } from '../../platform/http/caller.js'
import { cookieOf } from '../../platform/http/cookies.rules.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { READ_GATE, type ReadGate } from '../../platform/http/ports.js'
import { sendPage, sendTo, signedIn } from '../browser.js'
import { PublicUrl } from '../../platform/http/public-url.js'
import { OwnCredentials } from './own-credentials.service.js'
import { accountPage } from './pages.js'
import { PasswordTokens } from './password-tokens.service.js'
import { relyingPartyOf } from './relying-party-id.js'

/** What people sign in by here, over HTTP. */
@Controller()
export class CredentialsController {
  constructor(
    private readonly own: OwnCredentials,
    private readonly tokens: PasswordTokens,
    private readonly callers: Callers,
    private readonly publicUrl: PublicUrl,
    @Inject(READ_GATE) private readonly reads: ReadGate,
  ) {}

  @Endpoint('credentials.show')
  show(@CurrentCaller() caller: Caller) {
    return this.own.show(caller)
  }

  @Endpoint('credentials.password')
  password(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'credentials.password'>) {
    return this.own.password(caller, body)
  }

  @Endpoint('credentials.offerTotp')
  offerTotp(@CurrentCaller() caller: Caller) {
    return this.own.offerTotp(caller)
  }

  @Endpoint('credentials.confirmTotp')
  confirmTotp(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'credentials.confirmTotp'>) {
    return this.own.confirmTotp(caller, body)
  }

  @Endpoint('credentials.recoveryCodes')
  recoveryCodes(@CurrentCaller() caller: Caller) {
    return this.own.recoveryCodes(caller)
  }

  @Endpoint('credentials.offerPasskey')
  offerPasskey(@CurrentCaller() caller: Caller) {
    return this.own.offerPasskey(caller)
  }

  @Endpoint('credentials.addPasskey')
  addPasskey(@CurrentCaller() caller: Caller, @Input() { body }: EndpointInput<'credentials.addPasskey'>) {
    return this.own.addPasskey(caller, body)
  }

  @Endpoint('credentials.removePasskey')
  removePasskey(@CurrentCaller() caller: Caller, @Input() { params }: EndpointInput<'credentials.removePasskey'>) {
    return this.own.removePasskey(caller, params.id)
  }

  @Endpoint('credentials.reset')
  reset(@CurrentCaller() caller: Caller, @Input() { params, body }: EndpointInput<'credentials.reset'>) {
    return this.tokens.reset(caller, params.id, body)
  }

  @Endpoint('auth.accountPage')
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const caller = await signedIn(this.callers, request)
    if (!caller) return sendTo(reply, '/auth/login?return_to=/auth/account')
    await this.reads.check('account.read', caller, request.url)
    const csrf_token = csrfTokenOf(cookieOf(request.headers, SESSION_COOKIE)!)
    const addable = relyingPartyOf(this.publicUrl) !== null
    return sendPage(reply, accountPage(await this.own.show(caller), { csrf_token, addable }), { scripted: addable })
  }
}
