import { SpanKind, SpanStatusCode, TraceFlags, type Attributes, type SpanContext } from '@opentelemetry/api'
import { millisToHrTime } from '@opentelemetry/core'
import { OTLPTraceExporter } from '@opentelemetry/exporter-trace-otlp-proto'
import { defaultResource, resourceFromAttributes } from '@opentelemetry/resources'
import { BatchSpanProcessor, type ReadableSpan, type SpanProcessor } from '@opentelemetry/sdk-trace-base'
import type { Config } from '../config/config.js'
import type { Trace } from '../http/trace-context.rules.js'

const TRACES_PATH = '/v1/traces'
const SCOPE = { name: 'gatehouse' }
const KINDS = { server: SpanKind.SERVER, internal: SpanKind.INTERNAL, consumer: SpanKind.CONSUMER } as const

/** Something that was done as part of a trace, and is over. Times in milliseconds since the epoch. */
export interface Done {
  readonly name: string
  readonly kind: keyof typeof KINDS
  readonly traceId: string
  /** 16 hexadecimal digits. */
  readonly spanId: string
  /** What it was part of; null at the beginning of a trace. */
  readonly parentId: string | null
  readonly start: number
  readonly end: number
  readonly attributes: Attributes
  readonly failed: boolean
}

/**
 * Spans for a collector of OpenTelemetry (OTLP over HTTP). Ids are those that requests and records have already, so that
 * what is done is told of once it is over; without a collector nobody builds any of it.
 */
export class Spans {
  constructor(private readonly processor: SpanProcessor | null) {}

  /** Whether what is part of this trace is to be told: somebody listens, and the caller had it sampled. */
  wants(trace: Pick<Trace, 'flags'> | undefined): trace is Trace {
    return this.processor !== null && trace !== undefined && (Number.parseInt(trace.flags, 16) & TraceFlags.SAMPLED) > 0
  }

  /** Tells of something that is over. It is sent with others, and dropped where the collector cannot be reached. */
  done(what: Done): void {
    this.processor?.onEnd(spanOf(what))
  }

  /** Sends what is left. */
  async close(): Promise<void> {
    await this.processor?.shutdown()
  }
}

/** Spans to the collector that the settings name; to nobody where they name none. */
export const openSpans = (
  config: Pick<Config, 'OTEL_EXPORTER_OTLP_ENDPOINT' | 'OTEL_EXPORTER_OTLP_HEADERS'>,
): Spans => {
  const { OTEL_EXPORTER_OTLP_ENDPOINT: endpoint, OTEL_EXPORTER_OTLP_HEADERS: headers } = config
  if (endpoint === undefined) return new Spans(null)
  const url = endpoint.replace(/\/$/, '') + TRACES_PATH
  return new Spans(new BatchSpanProcessor(new OTLPTraceExporter({ url, headers })))
}

const resource = defaultResource().merge(resourceFromAttributes({ 'service.name': 'gatehouse' }))

const spanOf = ({ name, kind, traceId, spanId, parentId, start, end, attributes, failed }: Done): ReadableSpan => {
  const context = (id: string): SpanContext => ({ traceId, spanId: id, traceFlags: TraceFlags.SAMPLED })
  const own = context(spanId)
  return {
    ...{ name, attributes, resource, ended: true, links: [], events: [] },
    kind: KINDS[kind],
    spanContext: () => own,
    ...(parentId !== null && { parentSpanContext: context(parentId) }),
    startTime: millisToHrTime(start),
    endTime: millisToHrTime(end),
    duration: millisToHrTime(Math.max(end - start, 0)),
    status: { code: failed ? SpanStatusCode.ERROR : SpanStatusCode.UNSET },
    instrumentationScope: SCOPE,
    ...{ droppedAttributesCount: 0, droppedEventsCount: 0, droppedLinksCount: 0 },
  }
}
