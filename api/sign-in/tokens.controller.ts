import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import { CLI_CLIENT_ID, LoopbackRedirect } from '#contract/api/sign-in.js'
import { SCOPE_IDS } from '#contract/scopes.js'
import { PROOF_ALGORITHMS } from '#contract/vocabulary.js'
import { ProofRefused } from '../identity/proofs/proof.rules.js'
import { Proofs } from '../identity/proofs/proofs.service.js'
import { addressOf, type Whose } from '../platform/attempts/attempts.rules.js'
import { Attempts } from '../platform/attempts/attempts.service.js'
import { Endpoint } from '../platform/http/endpoint.decorator.js'
import { PublicUrl } from '../platform/http/public-url.js'
import { CommandGrants } from './command-grants.service.js'
import { fieldsOf, fitted, formOf } from './form.js'
import { answer } from './oauth-answer.js'
import { OAuthRefusal } from './oauth-refusal.js'
import { ASSERTION_ALGORITHMS } from './service-accounts/assertion.rules.js'
import { ACCESS_TOKEN_TYPE, ServiceTokens } from './service-accounts/service-tokens.service.js'

const DEVICE_GRANT = 'urn:ietf:params:oauth:grant-type:device_code'
const client_id = z.literal(CLI_CLIENT_ID)
const secret = z.string().min(1).max(500)
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
const RevokeRequest = z.looseObject({ client_id, token: secret })

/** What is asked for, and the thumbprint of the key that was proven. */
interface Asked {
  readonly fields: Readonly<Record<string, string>>
  readonly jkt: string | null
}

/** The authorization server: what it can do, and its tokens. Refusals are OAuth's own (RFC 6749, section 5.2). */
@Controller()
export class TokensController {
  constructor(
    private readonly grants: CommandGrants,
    private readonly serviceTokens: ServiceTokens,
    private readonly publicUrl: PublicUrl,
    private readonly attempts: Attempts,
    private readonly proofs: Proofs,
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
      dpop_signing_alg_values_supported: PROOF_ALGORITHMS,
      authorization_response_iss_parameter_supported: true,
    }
  }

  @Endpoint('oauth.token')
  token(@Body() body: unknown, @Req() request: FastifyRequest, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      const fields = await fieldsOf(body)
      const { grant_type } = fields
      if (grant_type === undefined)
        throw new OAuthRefusal('invalid_request', `grant_type is missing: it must be one of ${GRANTS.join(', ')}`)
      if (!GRANTS.includes(grant_type))
        throw new OAuthRefusal(
          'unsupported_grant_type',
          `No tokens are given for grant_type ${grant_type}: it must be one of ${GRANTS.join(', ')}`,
        )
      const attempt = await this.attempts.begin(asking(fields, addressOf(request.ip)))
      try {
        const jkt = await this.proofs.ofTokenRequest(request)
        if (jkt !== null) reply.header('dpop-nonce', this.proofs.nonce())
        const given = await this.given({ fields, jkt }, request)
        await attempt.succeeded()
        return given
      } catch (error) {
        if (isNoGuess(error)) await attempt.succeeded()
        throw error
      }
    })
  }

  private given({ fields, jkt }: Asked, request: FastifyRequest): Promise<object> {
    const { authorization } = request.headers
    if (fields['grant_type'] === 'client_credentials')
      return this.serviceTokens.byCredentials({ ...fitted(fields, CredentialsRequest), authorization, jkt }, request.id)
    if (fields['grant_type'] === EXCHANGE_GRANT)
      return this.exchange({ ...fitted(fields, ExchangeRequest), jkt }, request)
    const form = fitted(fields, TokenRequest)
    switch (form.grant_type) {
      case DEVICE_GRANT:
        return this.grants.byDevice(form.device_code, jkt)
      case 'authorization_code':
        return this.grants.byCode(form, jkt)
      case 'refresh_token':
        return this.grants.byRefresh(form.refresh_token, jkt)
    }
  }

  private exchange(form: z.infer<typeof ExchangeRequest> & Pick<Asked, 'jkt'>, { headers, id }: FastifyRequest) {
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

/** Whoever asks whether somebody let it in, or has yet to be told a nonce, has guessed nothing. */
const isNoGuess = (error: unknown): boolean =>
  (error instanceof OAuthRefusal && STILL_WAITING.has(error.error)) ||
  (error instanceof ProofRefused && error.error === 'use_dpop_nonce')

/** Whose attempts a request for a token is. A client is counted from each address apart: nobody keeps it out from elsewhere. */
const asking = ({ client_id }: Readonly<Record<string, string>>, address: string): Whose[] => [
  { kind: 'address', of: address },
  ...(client_id === undefined || client_id === CLI_CLIENT_ID
    ? []
    : [{ kind: 'client' as const, of: `${client_id}\0${address}` }]),
]
