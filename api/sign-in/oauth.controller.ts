import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AuthorizeQuery, CLI_CLIENT_ID, Thumbprint } from '#contract/api/sign-in.js'
import type { EndpointInput } from '#contract/endpoints.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../identity/caller.rules.js'
import { cookieOf } from '../platform/http/cookies.rules.js'
import { Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { confirmed, labelOf, sendPage, sendTo, signedIn } from './browser.js'
import { CommandGrants } from './command-grants.service.js'
import { formOf } from './form.js'
import { answer } from './oauth-answer.js'
import { authorizePage, TO_PROVIDERS } from './pages.js'

const client_id = z.literal(CLI_CLIENT_ID)
const DeviceRequest = z.looseObject({
  client_id,
  scope: z.string().max(500).optional(),
  dpop_jkt: Thumbprint.optional(),
  max_age: z.literal('0', { error: 'can only be 0: prove again who you are' }).optional(),
})
const Confirm = AuthorizeQuery.pick({
  ...{
    response_type: true,
    client_id: true,
    redirect_uri: true,
    code_challenge: true,
    code_challenge_method: true,
    state: true,
    dpop_jkt: true,
  },
}).extend({ csrf_token: z.string().max(100), verdict: z.enum(['approve', 'deny']) })

/** How a person lets the command in. Refusals are OAuth's own (RFC 6749, section 5.2). */
@Controller()
export class OAuthController {
  constructor(
    private readonly grants: CommandGrants,
    private readonly callers: Callers,
  ) {}

  @Endpoint('oauth.authorize')
  async authorize(
    @Input() { query }: EndpointInput<'oauth.authorize'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const caller = await signedIn(this.callers, request)
    const { tenant, login_hint, max_age, scope: _, dpop_jkt, ...rest } = query
    const asked = { ...rest, ...(dpop_jkt !== undefined && { dpop_jkt }) }
    if (caller && max_age !== 0) {
      const csrf_token = csrfTokenOf(cookieOf(request.headers, SESSION_COOKIE)!)
      return sendPage(reply, authorizePage({ ...asked, csrf_token }), { formsTo: TO_PROVIDERS })
    }
    // Back here once signed in, or signed in again: then without max_age, so that it happens once.
    const back = `/oauth/authorize?${new URLSearchParams(asked).toString()}`
    const login = new URLSearchParams({
      return_to: back,
      ...(tenant !== undefined && { tenant }),
      ...(login_hint !== undefined && { login_hint }),
      ...(max_age === 0 && { step_up: '1' }),
    })
    return sendTo(reply, `/auth/login?${login.toString()}`)
  }

  @Endpoint('oauth.admit')
  async confirm(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    const { caller, form } = await confirmed(this.callers, request, { body, schema: Confirm })
    const { csrf_token: _, verdict, dpop_jkt, ...query } = form
    const { redirect_uri, state } = query
    if (verdict === 'approve')
      return sendTo(reply, await this.grants.code(caller, query, { label: labelOf(request), jkt: dpop_jkt ?? null }))
    return sendTo(reply, `${redirect_uri}?${new URLSearchParams({ error: 'access_denied', state }).toString()}`)
  }

  @Endpoint('oauth.device')
  device(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      const { max_age, dpop_jkt = null } = await formOf(body, DeviceRequest)
      return this.grants.device({ label: labelOf(request), jkt: dpop_jkt }, max_age === '0')
    })
  }
}
