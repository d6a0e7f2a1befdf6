import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EndpointInput } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../identity/caller.rules.js'
import type { Caller } from '../platform/http/caller.js'
import { addressOf } from '../platform/attempts/attempts.rules.js'
import { ATTEMPT_COOKIE, cookieOf, setCookie, withForeignForms } from '../platform/http/cookies.rules.js'
import { CurrentCaller, Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { confirmed, labelOf, sendPage, sendTo, signedIn } from './browser.js'
import { CommandGrants } from './command-grants.service.js'
import { ClientKeys } from './openid/client-keys.js'
import { codePage, confirmPage, loginPage, messagePage, TO_PROVIDERS } from './pages.js'
import { Sessions } from './sessions.service.js'
import { SignIn } from './sign-in.service.js'

const ATTEMPT_LASTS_S = 600
const Confirm = z.strictObject({
  user_code: z.string().max(20),
  csrf_token: z.string().max(100),
  verdict: z.enum(['approve', 'deny']),
})

/** What a browser is sent through. */
@Controller()
export class AuthController {
  constructor(
    private readonly signIn: SignIn,
    private readonly sessions: Sessions,
    private readonly callers: Callers,
    private readonly grants: CommandGrants,
    private readonly keys: ClientKeys,
  ) {}

  @Endpoint('auth.login')
  async login(
    @Input() { query }: EndpointInput<'auth.login'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const current = await signedIn(this.callers, request)
    const departure = await this.signIn.depart(query, current, addressOf(request.ip))
    const { return_to, step_up } = query
    if (!departure) return sendPage(reply, loginPage({ return_to, step_up }), { formsTo: TO_PROVIDERS })
    if (departure.browser === null) return sendTo(reply, departure.url)
    const cookie = setCookie(ATTEMPT_COOKIE, departure.browser, ATTEMPT_LASTS_S)
    reply.header('set-cookie', departure.byForm ? withForeignForms(cookie) : cookie)
    return sendTo(reply, departure.url)
  }

  @Endpoint('auth.callback')
  async callback(
    @CurrentCaller() caller: Caller,
    @Input() { params, query }: EndpointInput<'auth.callback'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const question = request.url.indexOf('?')
    const { begun, returnTo } = await this.signIn.arrive({
      ...{ providerId: params.id, query, search: question === -1 ? '' : request.url.slice(question) },
      ...{ browser: cookieOf(request.headers, ATTEMPT_COOKIE), label: labelOf(request), caller },
    })
    // Whoever held the cookie before the sign-in holds nothing after it.
    const cookies = [setCookie(SESSION_COOKIE, begun.secret), setCookie(ATTEMPT_COOKIE, '', 0)]
    reply.header('set-cookie', cookies)
    return sendTo(reply, returnTo)
  }

  @Endpoint('auth.session')
  async session(
    @CurrentCaller() caller: Caller,
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ) {
    const session = await this.sessions.current(caller)
    const presented = cookieOf(request.headers, SESSION_COOKIE)
    if (session.client !== 'browser' || presented === undefined)
      throw problem('auth.required', { detail: 'This is for browsers: a command asks at /v1/sessions' })
    const rotated = await this.sessions.rotate(caller, presented)
    if (rotated !== undefined) reply.header('set-cookie', setCookie(SESSION_COOKIE, rotated))
    reply.header('cache-control', 'no-store')
    return { session, csrf_token: csrfTokenOf(rotated ?? presented) }
  }

  @Endpoint('auth.logout')
  async logout(@CurrentCaller() caller: Caller, @Res({ passthrough: true }) reply: FastifyReply) {
    const ended = await this.sessions.leave(caller)
    reply.header('set-cookie', setCookie(SESSION_COOKIE, '', 0))
    return ended
  }

  @Endpoint('auth.keys')
  jwks() {
    return this.keys.jwks()
  }

  @Endpoint('auth.device')
  async device(
    @Input() { query }: EndpointInput<'auth.device'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const caller = await signedIn(this.callers, request)
    if (!caller) return sendTo(reply, `/auth/login?return_to=${encodeURIComponent(request.url)}`)
    if (query.user_code === undefined) return sendPage(reply, codePage())
    const grant = await this.grants.waiting(caller, query.user_code, addressOf(request.ip))
    if (!grant)
      return sendPage(reply, messagePage('No such code', 'It is wrong, was used, or has expired. Begin again.'))
    const csrf = csrfTokenOf(cookieOf(request.headers, SESSION_COOKIE)!)
    return sendPage(reply, confirmPage({ code: query.user_code.toUpperCase(), label: grant.label, csrf }))
  }

  @Endpoint('auth.admit')
  async confirm(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { caller, form } = await confirmed(this.callers, request, { body, schema: Confirm })
    const grant = await this.grants.waiting(caller, form.user_code, addressOf(request.ip))
    const approved = form.verdict === 'approve'
    if (!grant || !(await this.grants.settle(caller, grant, approved)))
      return sendPage(reply, messagePage('Settled already', 'The code was used or has expired. Begin again.'))
    const words = approved ? 'The command is signed in. You can close this page.' : 'The command was refused.'
    return sendPage(reply, messagePage(approved ? 'Done' : 'Refused', words))
  }
}
