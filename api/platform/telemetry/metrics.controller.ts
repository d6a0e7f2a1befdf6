import { Controller, Res } from '@nestjs/common'
import type { FastifyReply } from 'fastify'
import { Endpoint } from '../http/endpoint.decorator.js'
import { Metrics } from './metrics.js'

/** For Prometheus. */
@Controller()
export class MetricsController {
  constructor(private readonly metrics: Metrics) {}

  @Endpoint('health.metrics')
  scrape(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    void reply.type(this.metrics.registry.contentType)
    return this.metrics.registry.metrics()
  }
}
