import { Controller, HttpStatus, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { Endpoint } from '../platform/http/endpoint.decorator.js'
import { readiness } from './readiness.rules.js'
import { HealthService } from './health.service.js'

/** For load balancers, orchestrators and people who look. */
@Controller()
export class HealthController {
  constructor(private readonly health: HealthService) {}

  @Endpoint('health.live')
  live() {
    return { status: 'ok' }
  }

  @Endpoint('health.ready')
  async ready(@Res({ passthrough: true }) reply: FastifyReply) {
    const ready = readiness(await this.health.report())
    if (!ready.ready) reply.status(HttpStatus.SERVICE_UNAVAILABLE)
    return ready
  }

  @Endpoint('health.report')
  report() {
    return this.health.report()
  }
}
