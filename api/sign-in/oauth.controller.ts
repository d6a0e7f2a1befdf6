import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AuthorizeQuery, CLI_CLIENT_ID, LoopbackRedirect } from '#contract/api/sign-in.js'
import type { EndpointInput } from '#contract/endpoints.js'
import { SCOPE_IDS } from '#contract/scopes.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../identity/caller.rules.js'
import { cookieOf } from '../platform/http/cookies.rules.js'
import { Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Backchannel } from './backchannel.service.js'
import { confirmed, labelOf, sendPage, sendTo, signedIn } from './browser.js'
import { CommandGrants } from './command-grants.service.js'
import { fieldsOf, fitted, formOf } from './form.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { authorizePage, TO_PROVIDERS } from './pages.js'
import { PublicUrl } from './public-url.js'
import { ASSERTION_ALGORITHMS } from './service-accounts/assertion.rules.js'
import { ServiceTokens } from './service-accounts/service-tokens.service.js'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
const client_id = z.literal(CLI_CLIENT_ID)
const secret = z.string().min(1).max(500)
const DeviceRequest = z.looseObject({
  client_id,
  scope: z.string().max(500).optional(),
  max_age: z.literal('0', { error: 'can only be 0: prove again who you are' }).optional(),
})
const TokenRequest = z.discriminatedUnion('grant_type', [
  z.looseObject({ grant_type: z.literal(DEVICE_GRANT), client_id, device_code: secret }),
  z.looseObject({
    grant_type: z.literal('authorization_code'),
    ...{ client_id, code: secret, code_verifier: z.string().regex(/^[A-Za-z0-9._~-]{43,128}$/) },
    redirect_uri: LoopbackRedirect,
  }),
  z.looseObject({ grant_type: z.literal('refresh_token'), client_id, refresh_token: secret }),
])
const CredentialsRequest = z.looseObject({
  grant_type: z.literal('client_credentials'),
  ...{ client_id: secret.optional(), client_secret: secret.optional(), scope: z.string().max(2000).optional() },
  ...{ client_assertion_type: secret.optional(), client_assertion: z.string().max(8192).optional() },
})
const GRANTS = [DEVICE_GRANT, 'authorization_code', 'refresh_token', 'client_credentials']
const Confirm = AuthorizeQuery.pick({
  ...{
    response_type: true,
    client_id: true,
    redirect_uri: true,
    code_challenge: true,
    code_challenge_method: true,
    state: true,
  },
}).extend({ csrf_token: z.string().max(100), verdict: z.enum(['approve', 'deny']) })
const RevokeRequest = z.looseObject({ client_id, token: secret })
const LogoutRequest = z.looseObject({ logout_token: z.string().min(1).max(8192) })

/** The authorization server for the command, and what providers tell. Refusals are OAuth's own (RFC 6749, section 5.2). */
@Controller()
export class OAuthController {
  constructor(
    private readonly grants: CommandGrants,
    private readonly serviceTokens: ServiceTokens,
    private readonly callers: Callers,
    private readonly publicUrl: PublicUrl,
    private readonly backchannel: Backchannel,
  ) {}

  @Endpoint('oauth.metadata')
  metadata() {
    const issuer = this.publicUrl.origin()
    return {
      issuer,
      authorization_endpoint: `${issuer}/oauth/authorize`,
      token_endpoint: `${issuer}/oauth/token`,
      device_authorization_endpoint: `${issuer}/oauth/device_authorization`,
      revocation_endpoint: `${issuer}/oauth/revoke`,
      response_types_supported: ['code'],
      grant_types_supported: GRANTS,
      code_challenge_methods_supported: ['S256'],
      token_endpoint_auth_methods_supported: ['none', 'client_secret_basic', 'client_secret_post', 'private_key_jwt'],
      token_endpoint_auth_signing_alg_values_supported: ASSERTION_ALGORITHMS,
      scopes_supported: SCOPE_IDS,
      authorization_response_iss_parameter_supported: true,
    }
  }

  @Endpoint('oauth.authorize')
  async authorize(
    @Input() { query }: EndpointInput<'oauth.authorize'>,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const caller = await signedIn(this.callers, request)
    const { tenant, login_hint, max_age, scope: _, ...asked } = query
    if (caller && max_age !== 0) {
      const csrf_token = csrfTokenOf(cookieOf(request.headers, SESSION_COOKIE)!)
      return sendPage(reply, authorizePage({ ...asked, csrf_token }), TO_PROVIDERS)
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
    const { csrf_token: _, verdict, ...query } = form
    const { redirect_uri, state } = query
    if (verdict === 'approve') return sendTo(reply, await this.grants.code(caller, query, labelOf(request)))
    return sendTo(reply, `${redirect_uri}?${new URLSearchParams({ error: 'access_denied', state }).toString()}`)
  }

  @Endpoint('oauth.device')
  device(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      const { max_age } = await formOf(body, DeviceRequest)
      return this.grants.device(labelOf(request), max_age === '0')
    })
  }

  @Endpoint('oauth.token')
  token(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      const fields = await fieldsOf(body)
      const { grant_type } = fields
      if (grant_type !== undefined && !GRANTS.includes(grant_type))
        throw new OAuthRefusal('unsupported_grant_type', 'No tokens are given for this')
      if (grant_type === 'client_credentials') {
        const { authorization } = request.headers
        return this.serviceTokens.byCredentials({ ...fitted(fields, CredentialsRequest), authorization }, request.id)
      }
      const form = fitted(fields, TokenRequest)
      switch (form.grant_type) {
        case DEVICE_GRANT:
          return this.grants.byDevice(form.device_code)
        case 'authorization_code':
          return this.grants.byCode(form)
        case 'refresh_token':
          return this.grants.byRefresh(form.refresh_token)
      }
    })
  }

  @Endpoint('oauth.revoke')
  revoke(@Body() body: unknown, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      await this.grants.revoke((await formOf(body, RevokeRequest)).token)
      return {}
    })
  }

  @Endpoint('auth.backchannel')
  logout(@Input() { params }: EndpointInput<'auth.backchannel'>, @Body() body: unknown, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      const { logout_token } = await formOf(body, LogoutRequest)
      return { ended: await this.backchannel.logout(params.id, logout_token) }
    })
  }
}

/** Sends what came of it, kept by nobody in between. */
const answer = async (reply: FastifyReply, work: () => Promise<object>): Promise<FastifyReply> => {
  reply.headers({ 'cache-control': 'no-store', pragma: 'no-cache' })
  try {
    return reply.status(200).send(await work())
  } catch (error) {
    if (!(error instanceof OAuthRefusal)) throw error
    // RFC 6749, section 5.2: whoever did not prove itself is told how.
    const unproven = error.error === 'invalid_client'
    if (unproven) reply.header('www-authenticate', 'Basic realm="gatehouse", charset="UTF-8"')
    return reply.status(unproven ? 401 : 400).send({ error: error.error, error_description: error.description })
  }
}
