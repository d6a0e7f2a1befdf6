import { Body, Controller, Req, Res } from '@nestjs/common'
import type { FastifyReply, FastifyRequest } from 'fastify'
import { z } from 'zod'
import type { EndpointInput } from '#contract/endpoints.js'
import { problem } from '#contract/problems.js'
import { SESSION_COOKIE } from '#contract/vocabulary.js'
import type { Caller } from '../../platform/http/caller.js'
import { ATTEMPT_COOKIE, cookieOf, setCookie } from '../../platform/http/cookies.rules.js'
import { CurrentCaller, Endpoint, Input } from '../../platform/http/endpoint.decorator.js'
import { labelOf, sendTo } from '../browser.js'
import { formOf } from '../form.js'
import { Providers } from '../providers.service.js'
import { SignIn } from '../sign-in.service.js'
import { ServiceProvider } from './service-provider.js'

const MAX_RESPONSE_BYTES = 512 * 1024
const Response = z.looseObject({
  SAMLResponse: z.string().min(1).max(MAX_RESPONSE_BYTES),
  RelayState: z.string().max(200).default(''),
})

/** What SAML providers read of us, and where they send browsers back to. */
@Controller()
export class SamlController {
  constructor(
    private readonly signIn: SignIn,
    private readonly providers: Providers,
    private readonly serviceProvider: ServiceProvider,
  ) {}

  @Endpoint('auth.samlMetadata')
  async metadata(@Input() { params }: EndpointInput<'auth.samlMetadata'>, @Res() reply: FastifyReply) {
    const provider = await this.providers.samlProvider(params.id)
    const xml = await this.serviceProvider.metadata(provider)
    return reply.status(200).header('content-type', 'application/samlmetadata+xml').send(xml)
  }

  @Endpoint('auth.samlArrival')
  async arrival(
    @CurrentCaller() caller: Caller,
    @Input() { params }: EndpointInput<'auth.samlArrival'>,
    @Body() body: unknown,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ) {
    const form = await formOf(body, Response, MAX_RESPONSE_BYTES).catch((error: Error) => {
      throw problem('request.invalid', { detail: error.message })
    })
    const { begun, returnTo } = await this.signIn.arriveBySaml({
      ...{ providerId: params.id, response: form.SAMLResponse, relayState: form.RelayState, caller },
      ...{ browser: cookieOf(request.headers, ATTEMPT_COOKIE), label: labelOf(request) },
    })
    reply.header('set-cookie', [setCookie(SESSION_COOKIE, begun.secret), setCookie(ATTEMPT_COOKIE, '', 0)])
    return sendTo(reply, returnTo)
  }
}
