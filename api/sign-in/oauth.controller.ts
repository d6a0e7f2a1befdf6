import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { AuthorizeQuery, CLI_CLIENT_ID, LoopbackRedirect } from '#contract/api/sign-in.js'
import type { EndpointInput } from '#contract/endpoints.js'
import { SCOPE_IDS } from '#contract/scopes.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import { Callers } from '../identity/caller-resolver.service.js'
import { csrfTokenOf } from '../identity/caller.rules.js'
import { addressOf, type Whose } from '../platform/attempts/attempts.rules.js'
import { Attempts } from '../platform/attempts/attempts.service.js'
import { cookieOf } from '../platform/http/cookies.rules.js'
import { Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { confirmed, labelOf, sendPage, sendTo, signedIn } from './browser.js'
import { CommandGrants } from './command-grants.service.js'
import { fieldsOf, fitted, formOf } from './form.js'
import { answer } from './oauth-answer.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { authorizePage, TO_PROVIDERS } from './pages.js'
import { PublicUrl } from './public-url.js'
import { ASSERTION_ALGORITHMS } from './service-accounts/assertion.rules.js'
import { ACCESS_TOKEN_TYPE, ServiceTokens } from './service-accounts/service-tokens.service.js'

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
const EXCHANGE_GRANT = 'urn:ietf:params:oauth:grant-type:token-exchange'
const absent = (hint: string) => z.undefined({ error: hint }).optional()
const ExchangeRequest = z.looseObject({
  grant_type: z.literal(EXCHANGE_GRANT),
  client_id: secret,
  subject_token: z.string().min(1).max(8192),
  subject_token_type: z.enum(['urn:ietf:params:oauth:token-type:jwt', 'urn:ietf:params:oauth:token-type:id_token']),
  requested_token_type: z.literal(ACCESS_TOKEN_TYPE).optional(),
  scope: z.string().max(2000).optional(),
  ...{ resource: z.string().max(500).optional(), audience: z.string().max(500).optional() },
  actor_token: absent('Nobody acts for another: leave it out'),
  ...{ client_secret: absent('The subject_token proves the account: leave it out') },
  ...{ client_assertion: absent('The subject_token proves the account: leave it out') },
})
const STILL_WAITING: ReadonlySet<string> = new Set(['authorization_pending', 'slow_down'])
const GRANTS = [DEVICE_GRANT, 'authorization_code', 'refresh_token', 'client_credentials', EXCHANGE_GRANT]
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

/** The authorization server for the command. Refusals are OAuth's own (RFC 6749, section 5.2). */
@Controller()
export class OAuthController {
  constructor(
    private readonly grants: CommandGrants,
    private readonly serviceTokens: ServiceTokens,
    private readonly callers: Callers,
    private readonly publicUrl: PublicUrl,
    private readonly attempts: Attempts,
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
      const attempt = await this.attempts.begin(asking(fields, addressOf(request.ip)))
      try {
        const given = await this.given(fields, request)
        await attempt.succeeded()
        return given
      } catch (error) {
        // Whoever asks whether somebody let it in has proven what it holds.
        if (error instanceof OAuthRefusal && STILL_WAITING.has(error.error)) await attempt.succeeded()
        throw error
      }
    })
  }

  private given(fields: Readonly<Record<string, string>>, request: FastifyRequest): Promise<object> {
    const { authorization } = request.headers
    if (fields['grant_type'] === 'client_credentials')
      return this.serviceTokens.byCredentials({ ...fitted(fields, CredentialsRequest), authorization }, request.id)
    if (fields['grant_type'] === EXCHANGE_GRANT) return this.exchange(fitted(fields, ExchangeRequest), request)
    const form = fitted(fields, TokenRequest)
    switch (form.grant_type) {
      case DEVICE_GRANT:
        return this.grants.byDevice(form.device_code)
      case 'authorization_code':
        return this.grants.byCode(form)
      case 'refresh_token':
        return this.grants.byRefresh(form.refresh_token)
    }
  }

  private exchange(form: z.infer<typeof ExchangeRequest>, { headers, id }: FastifyRequest) {
    if (headers.authorization !== undefined)
      throw new OAuthRefusal('invalid_request', 'The subject_token proves the account: send no Authorization')
    const origin = this.publicUrl.origin()
    const elsewhere = [form.resource, form.audience].some((target) => target !== undefined && target !== origin)
    if (elsewhere) throw new OAuthRefusal('invalid_target', `Tokens are for ${origin} alone`)
    return this.serviceTokens.byExchange(form, id)
  }

  @Endpoint('oauth.revoke')
  revoke(@Body() body: unknown, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      await this.grants.revoke((await formOf(body, RevokeRequest)).token)
      return {}
    })
  }
}

/** Whose attempts a request for a token is. A client is counted from each address apart: nobody keeps it out from elsewhere. */
const asking = ({ client_id }: Readonly<Record<string, string>>, address: string): Whose[] => [
  { kind: 'address', of: address },
  ...(client_id === undefined || client_id === CLI_CLIENT_ID
    ? []
    : [{ kind: 'client' as const, of: `${client_id}\0${address}` }]),
]
