import { Body, Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { z } from 'zod'
import type { EndpointInput } from '#contract/endpoints.js'
import { Endpoint, Input } from '../platform/http/endpoint.decorator.js'
import { Backchannel } from './backchannel.service.js'
import { formOf } from './form.js'
import { answer } from './oauth-answer.js'

const LogoutRequest = z.looseObject({ logout_token: z.string().min(1).max(8192) })

/** What providers tell. */
@Controller()
export class BackchannelController {
  constructor(private readonly backchannel: Backchannel) {}

  @Endpoint('auth.backchannel')
  logout(@Input() { params }: EndpointInput<'auth.backchannel'>, @Body() body: unknown, @Res() reply: FastifyReply) {
    return answer(reply, async () => {
      const { logout_token } = await formOf(body, LogoutRequest)
      return { ended: await this.backchannel.logout(params.id, logout_token) }
    })
  }
}
