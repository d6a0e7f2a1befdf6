import { Global, Module, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common'
import { HttpAdapterHost } from '@nestjs/core'
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { CONFIG } from '../config/config.js'
import { traceOfRequest } from '../http/fastify.js'
import { MetricsController } from './metrics.controller.js'
import { Metrics } from './metrics.js'
import { openSpans, Spans } from './spans.js'

const MS_PER_SECOND = 1_000
const SERVER_FAULT = 500

/** Metrics and spans for every module, and the time of every request. */
@Global()
@Module({
  controllers: [MetricsController],
  providers: [Metrics, { provide: Spans, inject: [CONFIG], useFactory: openSpans }],
  exports: [Metrics, Spans],
})
export class TelemetryModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    private readonly host: HttpAdapterHost,
    private readonly metrics: Metrics,
    private readonly spans: Spans,
  ) {}

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>()
    fastify.addHook('onResponse', (request, reply, done) => {
      this.metrics.answered({
        method: request.method,
        route: request.routeOptions.url ?? 'none',
        status: reply.statusCode,
        seconds: reply.elapsedTime / MS_PER_SECOND,
      })
      this.trace(request, reply)
      done()
    })
  }

  async onApplicationShutdown(): Promise<void> {
    await this.spans.close()
  }

  /** A request as OpenTelemetry's conventions name it; of the path only the route, since paths can name people. */
  private trace({ raw, method, routeOptions, id }: FastifyRequest, { statusCode, elapsedTime }: FastifyReply): void {
    const trace = traceOfRequest(raw)
    if (!this.spans.wants(trace)) return
    const { traceId, spanId, parentId } = trace
    const route = routeOptions.url
    const end = Date.now()
    this.spans.done({
      ...{ name: route === undefined ? method : `${method} ${route}`, kind: 'server', traceId, spanId, parentId },
      ...{ start: end - elapsedTime, end, failed: statusCode >= SERVER_FAULT },
      attributes: {
        ...{ 'http.request.method': method, 'http.response.status_code': statusCode },
        ...(route !== undefined && { 'http.route': route }),
        'gatehouse.correlation_id': id,
      },
    })
  }
}
